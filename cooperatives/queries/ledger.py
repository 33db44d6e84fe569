"""Reads of the books: balances of accounts, money at hand, balances of a member."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet, Sum

from cooperatives.enums import AccountKind
from cooperatives.models import FinanceBody, JournalLine, LedgerAccount, Member, MemberBalance


@dataclass(frozen=True, slots=True)
class AccountBalance:
    """An account and the sum of its lines in whole rupiah. `balance`: as people read it, by the account's
    kind; below zero when it stands on the wrong side."""

    account: LedgerAccount
    moved: int

    @property
    def balance(self) -> int:
        return self.moved * self.account.sign

    @property
    def debit(self) -> int:
        return max(self.moved, 0)

    @property
    def credit(self) -> int:
        return max(-self.moved, 0)


def account_balances(body: FinanceBody, *, until: date | None = None) -> list[AccountBalance]:
    """Every account of the body in the order of the codes, with its balance after `until` (None: after the
    last entry). The amounts sum to zero. One query."""
    counted = Q() if until is None else Q(lines__entry__day__lte=until)
    accounts = LedgerAccount.objects.filter(body=body).order_by("code")
    return [
        AccountBalance(account, account.moved or 0)
        for account in accounts.annotate(moved=Sum("lines__amount", filter=counted))
    ]


def money_in(body: FinanceBody, code: str) -> int:
    """What lies in the box (`chart.CASH`) or the bank now, in rupiah: the sum of all lines, no row is
    kept."""
    lines = JournalLine.objects.filter(account__body=body, account__code=code)
    return int(lines.aggregate(sum=Sum("amount"))["sum"] or 0)


def balance_of(member: Member, code: str) -> int:
    """What the member has or owes on one account now, in rupiah; 0 when nothing ever moved."""
    rows = MemberBalance.objects.filter(member=member, account__code=code)
    return rows.values_list("balance", flat=True).first() or 0


def balances_of(member: Member) -> dict[str, int]:
    """The member's balances by the code of the account, in rupiah; accounts that never moved are left out."""
    rows = MemberBalance.objects.filter(member=member).order_by("account__code")
    return dict(rows.values_list("account__code", "balance"))


def account_with_code(body: FinanceBody, code: str) -> LedgerAccount | None:
    """The body's account of this code; None when the chart has none."""
    return LedgerAccount.objects.filter(body=body, code=code).first()


def accounts_with_codes(body: FinanceBody, codes: Collection[str]) -> dict[str, LedgerAccount]:
    """The body's accounts of these codes, by code; codes the chart does not have are left out."""
    return {row.code: row for row in LedgerAccount.objects.filter(body=body, code__in=codes)}


def accounts_of_kind(body: FinanceBody, kind: AccountKind) -> QuerySet[LedgerAccount]:
    """The accounts of one kind that a writer may choose: those not kept member by member, by code."""
    return LedgerAccount.objects.filter(body=body, kind=kind, of_members=False).order_by("code")
