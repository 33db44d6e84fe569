"""What a village finance body still allows."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from accounts.rules import NotPermitted
from cooperatives.models import FinanceBody
from migrants.models import Person


def check_can_join(body: FinanceBody, *, joined_on: date, person: Person | None) -> None:
    """Raise NotPermitted when the body has ended, was not founded yet, or has this person already."""
    if body.ended_on is not None:
        raise NotPermitted(_("This body has ended. It takes no new members."))
    if joined_on < body.founded_on:
        raise NotPermitted(_("A member cannot join before the body was founded."))
    if person is not None and body.members.filter(person=person, left_on__isnull=True).exists():
        raise NotPermitted(_("This person is a member already."))
