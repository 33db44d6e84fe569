"""A cooperative with nearly two years of books: its treasurer writes, its chair helps to close each month."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from accounts.models import User
from cooperatives.actions.boards import appoint_board
from cooperatives.actions.books import open_books
from cooperatives.actions.collections import post_collection
from cooperatives.actions.loans import grant_loan, pay_loan
from cooperatives.actions.months import check_trial_balance, close_month
from cooperatives.actions.transactions import record_transaction
from cooperatives.actions.years import close_year, share_surplus, write_meeting
from cooperatives.chart import CASH
from cooperatives.collecting import Payment
from cooperatives.enums import BoardOffice, InterestMethod, SurplusPart, TransactionKind
from cooperatives.loan_terms import Terms
from cooperatives.models import FinanceBody, Loan, Member
from cooperatives.queries.ledger import money_in
from periods.month import Month
from reports.practice.accounts import RANDU
from reports.practice.chance import Chance
from villages.access import Seat, seat_of

K, P = TransactionKind, SurplusPart
SAVERS, TERM = 8, 12  # members who save; months of a loan
# What the meeting fixed, in hundredths of a percent.
PARTED = {P.RESERVE: 25_00, P.CAPITAL: 30_00, P.USE: 30_00, P.MANAGEMENT: 10_00, P.EDUCATION: 5_00}
PRINCIPAL, MANDATORY = 100_000, 20_000


def keep_books(now: datetime, *, by: Seat) -> None:
    """The cooperative of Randu has a board, and books since some months."""
    body = FinanceBody.objects.filter(village=RANDU).order_by("founded_on", "pk").first()
    if body is None:
        raise ValueError("Randu has no finance body.")
    _Year(now, body, by).keep()


class _Year:
    def __init__(self, now: datetime, body: FinanceBody, rina: Seat) -> None:
        self.now, self.today = now, timezone.localdate(now)
        self.chance = Chance("books", now, rina.zone)
        self.first = max(Month(self.today.year - 1, 1), Month.current(body.founded_on).next())
        self.treasurer = self._appoint(rina, body, BoardOffice.TREASURER, "bendahara.randu")
        self.chair = self._appoint(rina, body, BoardOffice.CHAIR, "ketua.randu")
        self.body = open_books(by=self.treasurer, body=body, opened_on=self.first.first_day)
        joined = body.members.filter(left_on__isnull=True, joined_on__lte=self.first.first_day)
        self.savers = list(joined.order_by("number")[:SAVERS])

    def _appoint(self, rina: Seat, body: FinanceBody, office: BoardOffice, username: str) -> Seat:
        user = User.objects.get(username=username)
        appoint_board(
            by=rina,
            body=body,
            key=self.key(),
            office=office,
            name=user.full_name,
            user=user,
            starts_on=self.first.first_day,
            ends_on=self.today + timedelta(days=3 * 365),
        )
        seat = seat_of(user)
        if seat is None:
            raise ValueError(f"{username} has no post today.")
        return seat

    def key(self) -> UUID:
        return self.chance.key(self.now)

    def keep(self) -> None:
        """Month by month what happened; all but the last two months are closed by two people."""
        month, loan = self.first, None
        for member in self.savers:
            self.write(K.PRINCIPAL_IN, PRINCIPAL, month.first_day + timedelta(days=4), member)
        self.write(K.GRANT, 5_000_000, month.first_day + timedelta(days=5))
        while month.last_day < self.today:
            self.collect(month)
            if loan is None and len(self.savers) > 1:
                loan = self.lend(self.savers[0], month)
                self.lend(self.savers[1], month)  # of which nothing is ever paid
            elif loan is not None and loan.payments.count() < TERM:
                self.pay(loan, month)
            if month.next().next() < Month.current(self.today):
                self.close(month)
            if month == Month(self.today.year, 3) and self.first.year < self.today.year:
                self.meet(self.today.year - 1)
            month = month.next()

    def collect(self, month: Month) -> None:
        """Mandatory savings of everybody, some voluntary ones, what the shop sold and bought."""
        payments = []
        for member in self.savers:
            paid = {K.MANDATORY_IN: MANDATORY}
            if self.chance.happens(0.3):
                paid[K.VOLUNTARY_IN] = self.chance.number(2, 10) * 10_000
            payments.append(Payment(member, paid))
        if payments:
            post_collection(
                by=self.treasurer,
                body=self.body,
                key=self.key(),
                day=month.first_day + timedelta(days=9),
                group="Arisan Randu",
                payments=payments,
                bag=sum(payment.total for payment in payments),
            )
        sold = self.chance.number(12, 40) * 50_000
        self.write(K.PURCHASE, sold * 7 // 10, month.first_day + timedelta(days=11))
        self.write(K.SALE, sold, month.first_day + timedelta(days=20))

    def lend(self, member: Member, month: Month) -> Loan:
        day = month.first_day + timedelta(days=14)
        first_due = month.next().first_day + timedelta(days=14)
        terms = Terms(1_200_000, TERM, 100, InterestMethod.FLAT, first_due)
        lent = grant_loan(
            by=self.treasurer,
            body=self.body,
            key=self.key(),
            member=member,
            terms=terms,
            day=day,
            purpose="Modal warung",
        )
        return lent.row

    def pay(self, loan: Loan, month: Month) -> None:
        day = month.first_day + timedelta(days=14)
        pay_loan(by=self.treasurer, loan=loan, key=self.key(), amount=112_000, day=day)

    def close(self, month: Month) -> None:
        check_trial_balance(by=self.treasurer, body=self.body, month=month)
        cash = money_in(self.body, CASH)
        close_month(by=self.chair, body=self.body, month=month, key=self.key(), counted_cash=cash)

    def meet(self, year: int) -> None:
        """The members met in time, heard the accounts and fixed how the surplus is shared."""
        closing = date(year + 1, 4, 2)
        close_year(by=self.treasurer, body=self.body, key=self.key(), year=year, day=closing)
        meeting = write_meeting(
            by=self.chair,
            body=self.body,
            key=self.key(),
            year=year,
            percentages=PARTED,
            held_on=closing + timedelta(days=10),
            place="Balai Desa Randu",
            entitled=len(self.savers),
            attended=len(self.savers),
            agenda="Laporan pengurus, pembagian SHU",
            decisions="1. Laporan diterima. 2. SHU dibagi.",
            approved=True,
        ).row
        day = closing + timedelta(days=11)
        share_surplus(by=self.treasurer, meeting=meeting, key=self.key(), day=day)

    def write(self, kind: TransactionKind, amount: int, day: date, member: Member | None = None) -> None:
        facts: dict[str, Any] = {"kind": kind, "amount": amount, "day": day, "member": member}
        record_transaction(by=self.treasurer, body=self.body, key=self.key(), **facts)
