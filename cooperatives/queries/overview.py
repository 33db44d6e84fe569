"""The first page of a body's books: what is there today."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from cooperatives.chart import BANK, CASH, LOANS, SAVINGS
from cooperatives.models import ClosedMonth, FinanceBody, MemberBalance
from cooperatives.queries.ledger import money_in
from periods import Month


@dataclass(frozen=True, slots=True)
class BooksToday:
    """Sums in whole rupiah. `savers`, `borrowers`: members with more than nothing. `counted`: the latest
    closed month, with the day its cash was counted; None when no month was closed yet."""

    cash: int
    bank: int
    savings: int
    savers: int
    loans: int
    borrowers: int
    counted: ClosedMonth | None

    @property
    def closed(self) -> Month | None:
        """The latest month that is closed."""
        return Month(self.counted.month.year, self.counted.month.month) if self.counted else None


def books_today(body: FinanceBody) -> BooksToday:
    """What the books of the body say now. Four queries."""
    of_body = MemberBalance.objects.filter(account__body=body, balance__gt=0)
    saved, lent = Q(account__code__in=SAVINGS), Q(account__code=LOANS)
    sums = of_body.aggregate(
        savings=Sum("balance", filter=saved, default=0),
        savers=Count("member", filter=saved, distinct=True),
        loans=Sum("balance", filter=lent, default=0),
        borrowers=Count("member", filter=lent, distinct=True),
    )
    counted = ClosedMonth.objects.filter(body=body).order_by("-month").first()
    return BooksToday(
        cash=money_in(body, CASH),
        bank=money_in(body, BANK),
        counted=counted,
        **{name: int(value) for name, value in sums.items()},
    )
