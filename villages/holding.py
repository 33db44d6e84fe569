"""Who writes a post or a designation holds its person and its village first, in this order.

Two people may write at the same moment. An exclusion constraint alone can make both wait for each other (a
deadlock, which is an error page for one of them), and it does not see the other table of posts. Whoever
comes second waits here, then reads what the first has written, and the checks say who was faster.
"""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model

from accounts.models import User
from villages.models import Village

Row = TypeVar("Row", bound=Model)


def hold_person(user: User) -> None:
    """The posts of this person are the transaction's to write until it ends."""
    User.objects.select_for_update(no_key=True).only("pk").get(pk=user.pk)


def hold_village(village: Village) -> None:
    """The officers and the designation of this village are the transaction's to write until it ends."""
    Village.objects.select_for_update(no_key=True).only("pk").get(pk=village.pk)


def held(row: Row) -> Row:
    """The row as it stands now, the transaction's to write until it ends. A door stands before this."""
    now: Row = type(row)._base_manager.select_for_update(no_key=True).get(pk=row.pk)
    return now


def is_taken(model: type[Model], key: UUID) -> bool:
    """Whether somebody's row has that key, seen or not: says nothing else about it."""
    taken: Any = model._base_manager.filter(pk=key)
    return bool(taken.exists())
