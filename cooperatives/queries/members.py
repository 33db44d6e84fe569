"""Reads about the members of a body, for the books."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from cooperatives.collecting import MOST_ROWS
from cooperatives.enums import TransactionKind
from cooperatives.models import FinanceBody, Member
from cooperatives.transactions import ON_LEAVING, SAVINGS_OUT


def members_for(body: FinanceBody, kind: TransactionKind) -> QuerySet[Member]:
    """The members a transaction of this kind may be about, by number: who pays in is a member now; who gets
    principal or mandatory savings back has left; who takes voluntary savings out may be either."""
    members = body.members.order_by("number")
    if kind in ON_LEAVING:
        return members.filter(left_on__isnull=False)
    return members if kind in SAVINGS_OUT else members.filter(left_on__isnull=True)


def members_collected_from(
    body: FinanceBody, *, first: int = 1, joined_by: date | None = None, most: int = MOST_ROWS
) -> tuple[list[Member], int | None]:
    """Members now with a number from `first` on, as many as one sheet holds (`most`), and the first number of
    the next sheet (None: this is the last). `joined_by`: only who had joined on that day. One query."""
    members = body.members.filter(left_on__isnull=True, number__gte=first)
    if joined_by is not None:
        members = members.filter(joined_on__lte=joined_by)
    found = list(members.order_by("number")[: most + 1])
    following = found[most].number if len(found) > most else None
    return found[:most], following
