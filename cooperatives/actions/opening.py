"""Begin the books with what the paper book says."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from cooperatives.actions.boards import hold_body
from cooperatives.actions.ledger import Side, post_entry
from cooperatives.chart import RESERVE
from cooperatives.enums import TransactionKind
from cooperatives.models import FinanceBody, JournalEntry
from cooperatives.opening import OpeningLine, check_opening
from cooperatives.rules import check_can_post
from migrants.deliveries import Delivery, deliver_once
from villages.access import Seat


@transaction.atomic
def enter_opening(
    *, by: Seat, body: FinanceBody, key: UUID, lines: Sequence[OpeningLine]
) -> Delivery[JournalEntry]:
    """The books begin with these balances, by one entry of the day they opened; the reserve takes what
    remains, so that both sides are equal. Same key: the first entry.

    The body is held. Raises `NotPermitted`; `NotPossible` in the words of `check_opening` and `post_entries`.
    Records `books.entry_posted`.
    """
    check_can_post(by, body)
    body = hold_body(body)

    def make() -> JournalEntry:
        check_opening(body, lines)
        assert body.books_opened_on is not None
        return post_entry(
            by=by,
            body=body,
            key=key,
            kind=TransactionKind.OPENING,
            day=body.books_opened_on,
            sides=sides_of_opening(lines),
        ).row

    return deliver_once(JournalEntry.objects.filter(body=body), key, make)


def sides_of_opening(lines: Sequence[OpeningLine]) -> list[Side]:
    """The two sides of opening balances; what the body has beyond all it owes and owns is reserve."""
    sides = [Side(line.account.code, line.debit, line.member) for line in lines]
    if rest := sum(line.debit for line in lines):
        sides.append(Side(RESERVE, -rest))
    return sides
