"""Who may stand in the list of a training."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _

from accounts.rules import NotPermitted
from migrants.models import Person
from pillars.models import GroupMember, Training


def check_can_take_part(training: Training, *, person: Person | None, name: str) -> None:
    """Raise NotPermitted when this person, or somebody of this name, stands in the list already.

    A person who is registered may share a name with another one who is; a name alone may not be there twice.
    """
    if person is not None:
        if training.participants.filter(person=person).exists():
            raise NotPermitted(_("This person stands in the list already."))
    elif training.participants.filter(name__iexact=name).exists():
        raise NotPermitted(_("This name stands in the list already. Add something that tells them apart."))


def members_not_named(training: Training, members: Collection[GroupMember]) -> list[GroupMember]:
    """The members who do not stand in the list, each person and each name once. One query."""
    there = training.participants.values_list("person_id", "name")
    seen: set[object] = {person or name.casefold() for person, name in there}
    new = []
    for member in members:
        key = member.person_id or member.name.casefold()
        if key not in seen:
            seen.add(key)
            new.append(member)
    return new
