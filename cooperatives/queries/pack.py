"""Everything the annual meeting reads about a book year, from closed months alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, Sum

from cooperatives.chart import MANDATORY, MEMBERS_SHARE, PRINCIPAL, SURPLUS, VOLUNTARY
from cooperatives.enums import AccountKind
from cooperatives.loan_terms import Standing, standing
from cooperatives.models import (
    AnnualMeeting,
    BoardTerm,
    FinanceBody,
    Loan,
    LoanPayment,
    Member,
    SurplusShare,
    SurplusSharing,
)
from cooperatives.queries.ledger import AccountBalance, account_balances
from cooperatives.queries.years import YearResult, meeting_of, result_of, sharing_of

SAVED = (PRINCIPAL, MANDATORY, VOLUNTARY, MEMBERS_SHARE)


@dataclass(frozen=True)
class EquityChange:
    """One line of own capital over the year, in rupiah."""

    name: str
    before: int
    after: int

    @property
    def change(self) -> int:
        return self.after - self.before


@dataclass(frozen=True)
class Saver:
    """What a member had on the last day, by the codes of `SAVED`, in rupiah."""

    member: Member
    amounts: list[int]

    @property
    def total(self) -> int:
        return sum(self.amounts)


@dataclass(frozen=True)
class LentOn:
    """A loan as it stood on the last day of the year."""

    loan: Loan
    now: Standing


@dataclass(frozen=True)
class Pack:
    """The papers of one annual meeting. Whole rupiah; balances after `last_day`.

    `result_of_year`: income less costs not yet carried to the surplus, which stands among own capital.
    """

    body: FinanceBody
    year: int
    board: list[BoardTerm]
    balances: list[AccountBalance]
    result: YearResult
    equity: list[EquityChange]
    members: list[Member]
    savers: list[Saver]
    loans: list[LentOn]
    meeting: AnnualMeeting | None
    sharing: SurplusSharing | None
    shares: list[SurplusShare]

    @property
    def last_day(self) -> date:
        return date(self.year, 12, 31)

    def of_kind(self, *kinds: AccountKind) -> list[AccountBalance]:
        """The accounts of these kinds that hold something."""
        return [row for row in self.balances if row.account.kind in kinds and row.moved]

    @property
    def assets(self) -> list[AccountBalance]:
        return self.of_kind(AccountKind.ASSET)

    @property
    def debts(self) -> list[AccountBalance]:
        return self.of_kind(AccountKind.DEBT)

    @property
    def capital(self) -> list[AccountBalance]:
        return self.of_kind(AccountKind.EQUITY)

    @property
    def uncarried_rupiah(self) -> int:
        """Results that no closing has carried to the surplus yet: on the last day, those of the year."""
        return -sum(row.moved for row in self.of_kind(AccountKind.INCOME, AccountKind.COST))

    @property
    def assets_rupiah(self) -> int:
        return sum(row.balance for row in self.assets)

    @property
    def debts_rupiah(self) -> int:
        return sum(row.balance for row in self.debts)

    @property
    def capital_rupiah(self) -> int:
        """Own capital, the result of the year with it."""
        return sum(row.balance for row in self.capital) + self.uncarried_rupiah

    @property
    def saved_rupiah(self) -> int:
        return sum(saver.total for saver in self.savers)

    @property
    def lent_rupiah(self) -> int:
        return sum(lent.now.owed_principal for lent in self.loans)

    @property
    def joined(self) -> int:
        return sum(member.joined_on.year == self.year for member in self.members)

    @property
    def left(self) -> int:
        return sum(member.left_on is not None and member.left_on.year == self.year for member in self.members)

    @property
    def members_at_end(self) -> list[Member]:
        return [member for member in self.members if member.left_on is None or member.left_on > self.last_day]


def pack_of(body: FinanceBody, year: int) -> Pack:
    """The pack of a year whose months are all closed. A fixed number of queries."""
    last = date(year, 12, 31)
    sharing = sharing_of(body, year)
    return Pack(
        body=body,
        year=year,
        board=list(body.board.serving_on(last).order_by("office", "starts_on")),
        balances=account_balances(body, until=last),
        result=result_of(body, year),
        equity=_equity(body, year),
        members=list(body.members.filter(joined_on__lte=last).order_by("number")),
        savers=_savers(body, last),
        loans=_loans(body, last),
        meeting=meeting_of(body, year),
        sharing=sharing,
        shares=list(sharing.shares.select_related("member").order_by("member__number")) if sharing else [],
    )


def _equity(body: FinanceBody, year: int) -> list[EquityChange]:
    """Own capital account by account; the result not yet carried counts to the surplus not yet shared."""
    rows = []
    before = {row.account.code: row for row in account_balances(body, until=date(year - 1, 12, 31))}
    after = account_balances(body, until=date(year, 12, 31))
    for row in after:
        if row.account.kind != AccountKind.EQUITY:
            continue
        first, last = before[row.account.code].balance, row.balance
        if row.account.code == SURPLUS:
            first += _uncarried(list(before.values()))
            last += _uncarried(after)
        if first or last:
            rows.append(EquityChange(row.account.name, first, last))
    return rows


def _uncarried(balances: list[AccountBalance]) -> int:
    results = (AccountKind.INCOME, AccountKind.COST)
    return -sum(row.moved for row in balances if row.account.kind in results)


def _savers(body: FinanceBody, on: date) -> list[Saver]:
    """Members who had anything saved on the day, by number. 1 query."""
    sums = {
        f"on_{code}": Sum(
            "lines__amount", filter=Q(lines__account__code=code, lines__entry__day__lte=on), default=0
        )
        for code in SAVED
    }
    rows = body.members.filter(joined_on__lte=on).annotate(**sums).order_by("number")
    savers = [Saver(row, [-getattr(row, f"on_{code}") for code in SAVED]) for row in rows]
    return [saver for saver in savers if saver.total]


def _loans(body: FinanceBody, on: date) -> list[LentOn]:
    """Loans of which principal was owed on the day, by member. 3 queries."""
    gone = Q(entry__reversed_by__day__lte=on)
    loans = Loan.objects.filter(body=body, granted_on__lte=on).exclude(gone)
    loans = (
        loans.select_related("member")
        .prefetch_related("instalments")
        .order_by("member__number", "granted_on")
    )
    paid: dict[object, list[int]] = {}
    payments = LoanPayment.objects.filter(loan__body=body, entry__day__lte=on).exclude(gone)
    for key, principal, interest in payments.values_list("loan_id", "principal_rupiah", "interest_rupiah"):
        sums = paid.setdefault(key, [0, 0])
        sums[0] += principal
        sums[1] += interest
    rows = []
    for loan in loans:
        principal, interest = paid.get(loan.pk, (0, 0))
        now = standing(list(loan.instalments.all()), paid_principal=principal, paid_interest=interest, on=on)
        if now.owed_principal:
            rows.append(LentOn(loan, now))
    return rows
