"""Books to test with. An entry comes through the action: no factory could write the journal."""

from __future__ import annotations

from datetime import date

from accounts.keys import new_key
from cooperatives.actions.books import open_books
from cooperatives.actions.ledger import Side, post_entry
from cooperatives.chart import CASH, VOLUNTARY
from cooperatives.models import FinanceBody, JournalEntry, Member
from tests.factories.cooperatives import FinanceBodyFactory
from villages.access import Seat

OPENED = date(2026, 1, 1)


def books(by: Seat, *, opened_on: date = OPENED, **facts: object) -> FinanceBody:
    """A body of the seat's village, founded a year before, with open books."""
    body = FinanceBodyFactory(village=by.village, **facts)
    return open_books(by=by, body=body, opened_on=opened_on)


def deposit(
    by: Seat, member: Member, amount: int, *, day: date = date(2026, 11, 2), key=None
) -> JournalEntry:
    """The member brings voluntary savings in cash."""
    sides = [Side(CASH, amount), Side(VOLUNTARY, -amount, member)]
    posted = post_entry(
        by=by, body=member.body, key=key or new_key(), kind="voluntary_in", day=day, sides=sides
    )
    return posted.row
