"""What a list of members would change in a body: compared with its register and its opening balances."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Sum
from django.utils.translation import gettext as _

from cooperatives.enums import TransactionKind
from cooperatives.member_lists import ACCOUNTS, Fault, ListReader, ListRow
from cooperatives.models import FinanceBody, JournalLine, LedgerAccount, Member
from cooperatives.queries.ledger import accounts_with_codes
from migrants.registers.kinds import Column
from periods.rupiah import rupiah_text

COLUMN_OF = {code: column for column, code in ACCOUNTS.items()}


@dataclass
class ListPlan:
    """`fresh`: members to be entered. `openings`: balances to begin with, row, account, and whole rupiah.
    `faults`: cells that keep the whole list out. `totals`: of the list by account, in rupiah."""

    fresh: list[ListRow] = field(default_factory=list)
    openings: list[tuple[ListRow, LedgerAccount, int]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    totals: dict[str, int] = field(default_factory=dict)
    known: Mapping[int, Member] = field(default_factory=dict)

    @property
    def opened_rupiah(self) -> int:
        """What the new opening balances sum to."""
        return sum(amount for _row, _account, amount in self.openings)

    @property
    def changes_nothing(self) -> bool:
        """Whether everything in the list stands already."""
        return not (self.fresh or self.openings or self.faults)


def plan_of(body: FinanceBody, reader: ListReader) -> ListPlan:
    """What bringing in the rows of a list that was read would change. 3 queries."""
    known = {member.number: member for member in body.members.all()}
    accounts = accounts_with_codes(body, COLUMN_OF)
    plan = ListPlan(faults=list(reader.faults), known=known)
    stands = _opened(body)
    for row in reader.rows:
        member = known.get(row.number)
        found = _faults(body, reader, row, member)
        for code, amount in row.amounts.items():
            plan.totals[code] = plan.totals.get(code, 0) + amount
            there = stands.get((accounts[code].pk, member.pk), 0) if member else 0
            if there == 0:
                plan.openings.append((row, accounts[code], amount))
            elif there != amount:
                words = _("The books began with %(there)s here. Correct the list, or reverse that entry.")
                cure = words % {"there": rupiah_text(there)}
                found.append(reader.fault(row, COLUMN_OF[code], cure, rupiah_text(amount)))
        plan.faults += found
        if member is None:
            plan.fresh.append(row)
    plan.faults.sort(key=lambda fault: fault.row)
    return plan


def _opened(body: FinanceBody) -> dict[tuple[int, UUID | None], int]:
    """The opening balances that stand, account and member: whole rupiah as people read them."""
    lines = JournalLine.objects.filter(
        entry__body=body, entry__kind=TransactionKind.OPENING, entry__reversed_by=None, member__isnull=False
    )
    sums = lines.values_list("account_id", "member_id").annotate(moved=Sum("amount")).order_by()
    return {(account, member): abs(int(moved)) for account, member, moved in sums}


def _faults(body: FinanceBody, reader: ListReader, row: ListRow, member: Member | None) -> list[Fault]:
    """What does not fit the register of the body."""
    if member is None:
        return _faults_of_new(body, reader, row)
    if _plain(member.name) != _plain(row.name):
        words = _("In the register this number is %(name)s. Correct the number or the name.")
        cure = words % {"name": member.name}
        return [reader.fault(row, Column.FULL_NAME, cure, row.name)]
    if member.left_on is not None and row.amounts:
        words = _("%(name)s was no member when the books opened. Leave the amount empty.")
        return [reader.fault(row, Column.MEMBER_NUMBER, words % {"name": member.name}, row.number)]
    return []


def _faults_of_new(body: FinanceBody, reader: ListReader, row: ListRow) -> list[Fault]:
    day = f"{row.joined_on:%d-%m-%Y}"
    if row.joined_on > reader.today:
        return [reader.fault(row, Column.JOINED_ON, _("The date cannot be after today."), day)]
    if row.joined_on < body.founded_on:
        cure = _("A member cannot join before the body was founded.")
        return [reader.fault(row, Column.JOINED_ON, cure, day)]
    if row.amounts and body.books_opened_on is not None and row.joined_on > body.books_opened_on:
        words = _("%(name)s was no member when the books opened. Leave the amount empty.")
        return [reader.fault(row, Column.JOINED_ON, words % {"name": row.name}, day)]
    return []


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
