"""What one member has, owes, and paid: her statement, in the order it happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import BigIntegerField, Case, F, Sum, Value, When, Window

from cooperatives.chart import LOANS, MANDATORY, MEMBERS_SHARE, PRINCIPAL, VOLUNTARY
from cooperatives.enums import AccountKind, TransactionKind
from cooperatives.loan_terms import Standing
from cooperatives.models import JournalLine, LedgerAccount, Loan, Member
from cooperatives.queries.ledger import balances_of
from cooperatives.queries.loans import running_loans_of, standing_of

SHOWN = (PRINCIPAL, MANDATORY, VOLUNTARY, MEMBERS_SHARE)


class Movement(NamedTuple):
    """One line of a statement. `change` and `balance`: rupiah as people read them, more is above zero."""

    entry: UUID
    day: date
    reference: str
    what: str
    account: str
    change: int
    balance: int


class Balance(NamedTuple):
    """What the member has on one account, in rupiah."""

    name: str
    rupiah: int


@dataclass(frozen=True)
class Statement:
    """A member's account on a day. `savings`: every kind, also empty ones; `loans`: running ones, each with
    how it stands."""

    member: Member
    on: date
    savings: list[Balance]
    loans: list[tuple[Loan, Standing]]
    movements: list[Movement]

    @property
    def saved_rupiah(self) -> int:
        return sum(balance.rupiah for balance in self.savings)

    @property
    def owed_rupiah(self) -> int:
        """Principal still owed on all loans."""
        return sum(standing.owed_principal for _loan, standing in self.loans)


def statement_of(member: Member, on: date, *, latest: int = 50) -> Statement:
    """The member's balances now, running loans as they stand on `on`, and the latest movements, the newest
    first. 5 queries, however many lines."""
    balances = balances_of(member)
    accounts = LedgerAccount.objects.filter(body=member.body_id, code__in=SHOWN).order_by("code")
    savings = [Balance(account.name, balances.get(account.code, 0)) for account in accounts]
    loans = [(loan, standing_of(loan, on)) for loan in running_loans_of(member)]
    return Statement(member, on, savings, loans, movements_of(member)[:latest])


def movements_of(member: Member) -> list[Movement]:
    """Every line on the member's own accounts, the newest first, with the balance after it. 1 query."""
    sign = Case(
        When(account__kind__in=[AccountKind.ASSET, AccountKind.COST], then=Value(1)),
        default=Value(-1),
        output_field=BigIntegerField(),
    )
    lines = JournalLine.objects.filter(member=member, account__of_members=True).annotate(
        change=F("amount") * sign,
        after=Window(
            Sum(F("amount") * sign),
            partition_by=[F("account")],
            order_by=[F("entry__year").asc(), F("entry__number").asc(), F("id").asc()],
        ),
    )
    lines = lines.select_related("entry", "account").order_by("-entry__year", "-entry__number", "-id")
    return [
        Movement(
            entry=line.entry_id,
            day=line.entry.day,
            reference=line.entry.reference,
            what=str(TransactionKind(line.entry.kind).label),
            account=line.account.name,
            change=line.change,
            balance=line.after,
        )
        for line in lines
    ]


def debts_of(member: Member) -> int:
    """What the member still owes the body, in rupiah of principal. 1 query."""
    return balances_of(member).get(LOANS, 0)
