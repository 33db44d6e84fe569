"""Reads of the accounts: the trial balance by kind, and one account line by line with its running total."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet, Sum

from accounts.paging import KeysetPage, keyset_page
from cooperatives.enums import AccountKind
from cooperatives.models import FinanceBody, JournalLine, LedgerAccount
from cooperatives.queries.ledger import AccountBalance, account_balances


@dataclass(frozen=True, slots=True)
class KindBalance:
    """The accounts of one kind that ever moved, and their sum as people read it, in rupiah."""

    kind: AccountKind
    rows: list[AccountBalance]

    @property
    def total(self) -> int:
        return sum(row.balance for row in self.rows)


@dataclass(frozen=True, slots=True)
class TrialBalance:
    """All accounts at the end of `until` (None: now). Rupiah. `has` equals `owes_and_owns`, always."""

    until: date | None
    kinds: list[KindBalance]

    def _total(self, *kinds: AccountKind) -> int:
        return sum(one.total for one in self.kinds if one.kind in kinds)

    @property
    def has(self) -> int:
        return self._total(AccountKind.ASSET)

    @property
    def surplus(self) -> int:
        """Income less costs that no year closing has moved yet; below zero: a loss."""
        return self._total(AccountKind.INCOME) - self._total(AccountKind.COST)

    @property
    def loss(self) -> int:
        """The surplus turned round, for a sentence about a loss."""
        return -self.surplus

    @property
    def owes_and_owns(self) -> int:
        """Debts, own capital and the surplus together."""
        return self._total(AccountKind.DEBT, AccountKind.EQUITY) + self.surplus

    @property
    def debit(self) -> int:
        return sum(row.debit for one in self.kinds for row in one.rows)

    @property
    def credit(self) -> int:
        return sum(row.credit for one in self.kinds for row in one.rows)


def trial_balance(body: FinanceBody, *, until: date | None = None) -> TrialBalance:
    """The balances of the body by kind; accounts without a balance are left out. One query."""
    rows = [row for row in account_balances(body, until=until) if row.moved]
    kinds = [KindBalance(kind, [row for row in rows if row.account.kind == kind]) for kind in AccountKind]
    return TrialBalance(until, kinds)


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A line of an account and what the account said after it, as people read it, in rupiah."""

    line: JournalLine
    running: int

    @property
    def grows(self) -> bool:
        """Whether the account grew by it."""
        return self.line.amount * self.line.account.sign > 0


_ORDER = ("-entry__day", "-entry__number", "-id")


def account_page(account: LedgerAccount, cursor: str) -> KeysetPage[LedgerRow]:
    """The lines of an account, the latest day first, each with the running total. Two queries a page."""
    lines = JournalLine.objects.filter(account=account).select_related("entry", "member", "account")
    page = keyset_page(lines, order=_ORDER, cursor=cursor, size=50)
    running = _sum_until(lines, page.rows[0]) if page.rows else 0
    rows = []
    for line in page.rows:
        rows.append(LedgerRow(line, running * account.sign))
        running -= line.amount
    return KeysetPage(rows, page.after, page.is_first, page.before)


def _sum_until(lines: QuerySet[JournalLine], last: JournalLine) -> int:
    """The sum of the lines up to this one, in the order of the page."""
    entry = last.entry
    earlier = Q(entry__day__lt=entry.day) | Q(entry__day=entry.day, entry__number__lt=entry.number)
    same = Q(entry__day=entry.day, entry__number=entry.number, id__lte=last.pk)
    return int(lines.filter(earlier | same).aggregate(sum=Sum("amount"))["sum"] or 0)
