"""Reads about opening balances: whether they may still come, and which stand."""

from __future__ import annotations

from uuid import UUID

from cooperatives.enums import TransactionKind
from cooperatives.models import FinanceBody, JournalEntry, JournalLine, LedgerAccount


def is_untouched(body: FinanceBody) -> bool:
    """Whether nothing but opening balances stands in the books; what was taken back does not count. One
    query."""
    standing = JournalEntry.objects.filter(body=body, reverses=None, reversed_by=None)
    return not standing.exclude(kind=TransactionKind.OPENING).exists()


def opened_already(body: FinanceBody) -> set[tuple[int, UUID | None]]:
    """Account and member (None: the account as a whole) of every opening balance that stands. One query."""
    lines = JournalLine.objects.filter(
        entry__body=body, entry__kind=TransactionKind.OPENING, entry__reversed_by=None
    )
    return set(lines.values_list("account_id", "member_id"))


def accounts_of(body: FinanceBody) -> list[LedgerAccount]:
    """All accounts of the body by code. One query."""
    return list(LedgerAccount.objects.filter(body=body).order_by("code"))
