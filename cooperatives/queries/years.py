"""Reads of a book year: what was earned and paid, what each member brought, how the surplus was shared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, Sum

from cooperatives.chart import MANDATORY, PRINCIPAL, SURPLUS
from cooperatives.enums import AccountKind, SurplusPart, TransactionKind
from cooperatives.models import (
    AnnualMeeting,
    FinanceBody,
    JournalEntry,
    JournalLine,
    LedgerAccount,
    Member,
    SurplusShare,
    SurplusSharing,
)
from cooperatives.queries.ledger import AccountBalance
from cooperatives.surplus import Parted, Share, Stake, distribute
from periods.percent import percent_text

RESULTS = (AccountKind.INCOME, AccountKind.COST)
# Closing a year empties the accounts of results: it is not a result itself, and neither is taking it back.
_CLOSING = Q(lines__entry__kind=TransactionKind.YEAR_CLOSE) | Q(
    lines__entry__reverses__kind=TransactionKind.YEAR_CLOSE
)


@dataclass(frozen=True)
class YearResult:
    """What a body earned and paid in a year, account by account, in rupiah; accounts that did not move are
    left out."""

    year: int
    income: list[AccountBalance]
    costs: list[AccountBalance]

    @property
    def income_rupiah(self) -> int:
        return sum(row.balance for row in self.income)

    @property
    def costs_rupiah(self) -> int:
        return sum(row.balance for row in self.costs)

    @property
    def surplus_rupiah(self) -> int:
        """The year's surplus (SHU); below zero for a loss."""
        return self.income_rupiah - self.costs_rupiah


def result_of(body: FinanceBody, year: int) -> YearResult:
    """Income less costs of the entries of that year, the closing itself left out. 1 query."""
    counted = Q(lines__entry__year=year) & ~_CLOSING
    accounts = LedgerAccount.objects.filter(body=body, kind__in=RESULTS).order_by("code")
    rows = [
        AccountBalance(account, account.moved)
        for account in accounts.annotate(moved=Sum("lines__amount", filter=counted))
        if account.moved
    ]
    return YearResult(
        year,
        [row for row in rows if row.account.kind == AccountKind.INCOME],
        [row for row in rows if row.account.kind == AccountKind.COST],
    )


def closing_of(body: FinanceBody, year: int) -> JournalEntry | None:
    """The entry that closed the year; None while it is open. 1 query."""
    entries = JournalEntry.objects.filter(body=body, kind=TransactionKind.YEAR_CLOSE, text=str(year))
    return entries.filter(reversed_by__isnull=True).first()


def surplus_closed(closing: JournalEntry) -> int:
    """What the closing carried to the surplus not yet shared, in rupiah. 1 query."""
    line = closing.lines.filter(account__code=SURPLUS).first()
    return -line.amount if line else 0


def meeting_of(body: FinanceBody, year: int) -> AnnualMeeting | None:
    """The annual meeting about the year, or None. 1 query."""
    return AnnualMeeting.objects.filter(body=body, year=year).first()


def sharing_of(body: FinanceBody, year: int) -> SurplusSharing | None:
    """How the year's surplus was shared out; None while it was not. 1 query."""
    return SurplusSharing.objects.standing().filter(body=body, year=year).select_related("meeting").first()


def stakes_of(body: FinanceBody, year: int) -> list[Stake[int]]:
    """What each member of the last day of the year brought, by member number: principal and mandatory savings
    on that day, and the income lines of the year that name her. 1 query."""
    last = date(year, 12, 31)
    capital = Q(lines__account__code__in=(PRINCIPAL, MANDATORY), lines__entry__day__lte=last)
    use = Q(lines__account__kind=AccountKind.INCOME, lines__entry__year=year)
    members = body.members.filter(Q(left_on__isnull=True) | Q(left_on__gt=last), joined_on__lte=last)
    rows = members.annotate(
        capital=Sum("lines__amount", filter=capital, default=0),
        use=Sum("lines__amount", filter=use, default=0),
    )
    return [
        Stake(member.number, max(-member.capital, 0), max(-member.use, 0))
        for member in rows.order_by("number")
    ]


def years_of(body: FinanceBody) -> list[int]:
    """The book years that have entries, the latest first. 1 query."""
    years = JournalEntry.objects.filter(body=body).order_by("-year").values_list("year", flat=True)
    return list(years.distinct())


@dataclass(frozen=True)
class ShareExplained:
    """Why a member's share is what it is: each of her two parts with all that it was reckoned from."""

    share: SurplusShare
    sharing: SurplusSharing
    by_capital: Share[int] | None
    by_use: Share[int] | None

    @property
    def recomputed_rupiah(self) -> int:
        """The sum of both parts, reckoned anew."""
        return sum(part.rupiah for part in (self.by_capital, self.by_use) if part)

    @property
    def agrees(self) -> bool:
        return self.recomputed_rupiah == self.share.rupiah


def parted_anew(sharing: SurplusSharing) -> Parted[int]:
    """The sharing reckoned again from what was kept of it. 1 query."""
    rows = sharing.shares.values_list("member__number", "capital_rupiah", "use_rupiah")
    percentages = {SurplusPart(name): hundredths for name, hundredths in sharing.percentages.items()}
    return distribute(sharing.surplus_rupiah, percentages, [Stake(*row) for row in rows])


def share_explained(share: SurplusShare) -> ShareExplained:
    """The member's share, recomputed. 1 query; `share` with its sharing and member."""
    parted, number = parted_anew(share.sharing), share.member.number
    return ShareExplained(share, share.sharing, parted.by_capital.get(number), parted.by_use.get(number))


def shares_of(member: Member) -> list[SurplusShare]:
    """The member's shares of all years that stand, the latest first. 1 query."""
    shares = SurplusShare.objects.filter(member=member, sharing__entry__reversed_by__isnull=True)
    return list(shares.select_related("sharing").order_by("-sharing__year"))


def lines_of_results(body: FinanceBody, until: date) -> dict[str, int]:
    """What every account of results holds after the day, closings counted: signed rupiah by code. 1 query."""
    lines = JournalLine.objects.filter(account__body=body, account__kind__in=RESULTS)
    closings = Q(entry__kind=TransactionKind.YEAR_CLOSE) | Q(entry__reverses__kind=TransactionKind.YEAR_CLOSE)
    lines = lines.filter(Q(entry__day__lte=until) | closings)
    rows = lines.order_by().values_list("account__code").annotate(moved=Sum("amount"))
    return {code: moved for code, moved in rows if moved}


def parts_in_words(parts: Mapping[Any, int]) -> list[tuple[str, int]]:
    """Each purpose of a sharing in the reader's language, with its rupiah, in the order of `SurplusPart`."""
    return [(str(purpose.label), parts[purpose]) for purpose in SurplusPart if parts.get(purpose)]


def parts_of(sharing: SurplusSharing) -> list[tuple[str, int]]:
    """The parts of a sharing that was made."""
    return parts_in_words(sharing.parts)


def percentages_of(meeting: AnnualMeeting) -> list[tuple[str, str]]:
    """What the meeting fixed, as people write it, in the order of `SurplusPart`."""
    given = meeting.percentages
    return [(str(purpose.label), percent_text(given[purpose])) for purpose in SurplusPart if purpose in given]
