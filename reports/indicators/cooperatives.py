"""Figures of the cooperatives' books: papers, meetings, savings, loans and surplus (domain.md 4.3)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from django.db.models import BigIntegerField, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Abs, Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission
from cooperatives.chart import LOANS, MANDATORY, PRINCIPAL, SAVINGS, VOLUNTARY
from cooperatives.models import (
    AnnualMeeting,
    FinanceBody,
    Instalment,
    JournalLine,
    Loan,
    MemberBalance,
    SurplusSharing,
)
from reports.indicators import units
from reports.indicators.pillar_roots import finance_bodies
from reports.indicators.programme import PLACES, VILLAGE_COLUMNS, places_of
from reports.indicators.reading import Field
from reports.indicators.shape import Column, Example, How, Indicator, Kind, Measure, Span, given
from reports.indicators.words import by_field

LATE_DAYS = 90
_NAMES = {
    PRINCIPAL: _("Principal savings"),
    MANDATORY: _("Mandatory savings"),
    VOLUNTARY: _("Voluntary savings"),
}


def legal_bodies(span: Span) -> QuerySet[FinanceBody]:
    """Bodies running on the day that were approved as legal body by then, or on an unknown day."""
    in_time = Q(legal_on__isnull=True) | Q(legal_on__lte=span.day)
    return finance_bodies(span).exclude(legal_number="").filter(in_time)


def numbered_bodies(span: Span) -> QuerySet[FinanceBody]:
    """Bodies running today with a national cooperative number."""
    return finance_bodies(span).exclude(cooperative_number="")


def meetings_held(span: Span) -> QuerySet[AnnualMeeting]:
    """Annual meetings held in the period that approved the accounts."""
    return AnnualMeeting.objects.filter(held_on__range=(span.first, span.last), approved=True)


def savings(span: Span) -> QuerySet[MemberBalance]:
    """What members had saved at the end of the day, by member and kind; empty balances left out."""
    return _balances(span).filter(account__code__in=SAVINGS)


def loans_owed(span: Span) -> QuerySet[MemberBalance]:
    """What members owed at the end of the day on loans; empty balances left out."""
    return _balances(span).filter(account__code=LOANS)


def _balances(span: Span) -> QuerySet[MemberBalance]:
    """Balances of bodies running on the day, each with `rupiah`: as the ledger keeps it, or the lines of its
    entries up to a past day, which people read without their sign."""
    if _is_today(span):
        rows = MemberBalance.objects.filter(balance__gt=0).annotate(rupiah=F("balance"))
    else:
        lines = JournalLine.objects.filter(
            account=OuterRef("account"), member=OuterRef("member"), entry__day__lte=span.day
        )
        total = lines.order_by().values("account").annotate(n=Abs(Sum("amount"))).values("n")
        rupiah = Coalesce(Subquery(total, output_field=BigIntegerField()), 0)
        rows = MemberBalance.objects.annotate(rupiah=rupiah).filter(rupiah__gt=0)
    return rows.filter(Q(member__body__ended_on__isnull=True) | Q(member__body__ended_on__gt=span.day))


def _is_today(span: Span) -> bool:
    return span.day >= timezone.localdate()


def late_loans(span: Span) -> QuerySet[Loan]:
    """Loans running on the day of which more had fallen due over 90 days before than was ever paid: payments
    cover the oldest instalment first, so this is the loan whose oldest unpaid instalment is that late."""
    on = None if _is_today(span) else span.day
    due = Instalment.objects.filter(loan=OuterRef("pk"), due_on__lt=span.day - timedelta(days=LATE_DAYS))
    total = due.order_by().values("loan").annotate(total=Sum(F("principal_rupiah") + F("interest_rupiah")))
    not_ended = Q(body__ended_on__isnull=True) | Q(body__ended_on__gt=span.day)
    loans = Loan.objects.running(on=on).with_paid(on=on).filter(not_ended)
    fallen = Coalesce(Subquery(total.values("total"), output_field=BigIntegerField()), 0)
    return loans.alias(fallen_due=fallen).filter(fallen_due__gt=F("paid_principal") + F("paid_interest"))


def surpluses_shared(span: Span) -> QuerySet[SurplusSharing]:
    """Surpluses shared out by an entry of the period that was not taken back."""
    return SurplusSharing.objects.standing().filter(entry__day__range=(span.first, span.last))


def _placed(path: str) -> tuple[Column, ...]:
    """Where the body is, and what it is called. `path`: from the record to the body, "member__body__"."""
    return (*places_of(path), Column("body", _("Name of the body"), Field(f"{path}name"), named=True))


_body_figure = partial(
    Indicator,
    source=FinanceBody,
    rows_need=Permission.SEE_RECORD_ROWS,
    names_need=Permission.SEE_PILLARS,
    related=PLACES,
    date_field="founded_on, ended_on",
    unit=units.BODIES,
    grain=_("One cooperative, village enterprise or other finance body."),
    columns=(
        Column("founded", _("Founded on"), Field("founded_on")),
        *VILLAGE_COLUMNS[:3],
        Column("body", _("Name of the body"), Field("name"), named=True),
    ),
    order=("-founded_on", "-pk"),
    detail="cooperatives:body-detail",
)
# Personal finance: the amounts behind a sum are for those who read the books, for nobody above the village.
_money_figure = partial(
    Indicator,
    unit=units.RUPIAH,
    rows_need=Permission.SEE_BOOKS,
    names_need=Permission.SEE_BOOKS,
    kind=Kind.STOCK,
)
_balance_figure = partial(
    _money_figure,
    source=MemberBalance,
    date_field="entry.day",
    place_path="member__body__",
    related=("member__body__village", "member__body__district", "account"),
    order=("-balance", "-pk"),
    columns=(*_placed("member__body__"), Column("rupiah", _("Rupiah"), Field("rupiah"))),
    measure=Measure(How.SUM, "rupiah"),
)

COOPERATIVES = (
    _body_figure(
        code="finance_bodies_legal",
        label=_("Finance bodies with legal status"),
        kind=Kind.STOCK,
        counts=_("Running bodies with an approval number, approved by the day."),
        leaves_out=_("Bodies not yet approved, and those that ended."),
        empty_means=_("No running body is approved."),
        rows=legal_bodies,
        example=Example(
            _("Of two cooperatives one has an approval number: 1."),
            "2026-11",
            (given("body", legal_number="AHU-1"), given("body")),
            1,
        ),
    ),
    _body_figure(
        code="finance_bodies_numbered",
        label=_("Finance bodies with a national cooperative number"),
        kind=Kind.NOW,
        counts=_("Running bodies with a national cooperative number (NIK koperasi)."),
        leaves_out=_("Bodies without one, and those that ended."),
        empty_means=_("No running body has a number."),
        rows=numbered_bodies,
        example=Example(
            _("Of two cooperatives one has a number: 1."),
            "2026-11",
            (given("body", cooperative_number="3325"), given("body")),
            1,
        ),
    ),
    Indicator(
        code="annual_meetings",
        label=_("Annual meetings held"),
        unit=units.MEETINGS,
        grain=_("One annual meeting (RAT) of one body."),
        source=AnnualMeeting,
        kind=Kind.FLOW,
        date_field="held_on",
        counts=_("Meetings held in the period that approved the accounts of a book year."),
        leaves_out=_("Meetings that did not approve them."),
        empty_means=_("No meeting approved accounts in the period."),
        rows=meetings_held,
        rows_need=Permission.SEE_RECORD_ROWS,
        names_need=Permission.SEE_PILLARS,
        place_path="body__",
        related=("body__village", "body__district"),
        order=("-held_on", "-pk"),
        columns=(
            Column("held", _("Held on"), Field("held_on")),
            *_placed("body__"),
            Column("year", _("Book year"), Field("year")),
        ),
        example=Example(
            _("Of two meetings in November 2026 one approved the accounts: 1."),
            "2026-11",
            (
                given("annual_meeting", held_on=date(2026, 11, 2)),
                given("annual_meeting", held_on=date(2026, 11, 3), approved=False),
            ),
            1,
        ),
    ),
    _balance_figure(
        code="member_savings",
        label=_("Savings of members"),
        grain=_("What one member has saved of one kind."),
        counts=_("Principal, mandatory and voluntary savings on the day, in rupiah, of bodies that run."),
        leaves_out=_("Bodies that keep no books here."),
        empty_means=_("Nobody has saved anything in these books."),
        rows=savings,
        splits=(by_field("kind", _("By kind"), "account__code", lambda code: _NAMES.get(code, code)),),
        example=Example(
            _("A member saved Rp50.000 and another Rp25.000: 75.000."),
            "2026-11",
            (given("saving", amount=50_000), given("saving", amount=25_000)),
            75_000,
        ),
    ),
    _balance_figure(
        code="loans_outstanding",
        label=_("Loans outstanding"),
        grain=_("What one member owes on loans."),
        counts=_("Principal that members owed on the day, in rupiah, of bodies that run."),
        leaves_out=_("Charges on loans, and loans written off."),
        empty_means=_("No member owes anything in these books."),
        rows=loans_owed,
        example=Example(
            _("Two loans of Rp60.000 and Rp40.000, nothing paid: 100.000."),
            "2026-11",
            (given("loan", amount=60_000), given("loan", amount=40_000)),
            100_000,
        ),
    ),
    _money_figure(
        code="loans_late",
        label=_("Loans more than 90 days late"),
        unit=units.LOANS,
        grain=_("One loan of one member."),
        source=Loan,
        date_field="due_on, paid_on",
        counts=_("Running loans whose oldest unpaid instalment fell due more than 90 days ago."),
        leaves_out=_("Loans paid off, written off or reversed."),
        empty_means=_("No loan is that late."),
        rows=late_loans,
        place_path="body__",
        related=("body__village", "body__district"),
        order=("-granted_on", "-pk"),
        columns=(
            Column("granted", _("Granted on"), Field("granted_on")),
            *_placed("body__"),
        ),
        rows_need=Permission.SEE_RECORD_ROWS,
        detail="cooperatives:loan-detail",
        example=Example(
            _("One loan due since March 2026 and one since October, nothing paid: 1."),
            "2026-11",
            (
                given("loan", amount=60_000, first_due_on=date(2026, 3, 1)),
                given("loan", amount=40_000, first_due_on=date(2026, 10, 1)),
            ),
            1,
        ),
    ),
    Indicator(
        code="surplus_shared",
        label=_("Surplus shared out"),
        unit=units.RUPIAH,
        grain=_("One year's surplus (SHU) of one body."),
        source=SurplusSharing,
        kind=Kind.FLOW,
        date_field="entry.day",
        counts=_("Surpluses shared out in the period, in rupiah, as the members' meeting fixed it."),
        leaves_out=_("Surpluses not yet shared, and losses."),
        empty_means=_("No surplus was shared out in the period."),
        rows=surpluses_shared,
        rows_need=Permission.SEE_RECORD_ROWS,
        names_need=Permission.SEE_PILLARS,
        place_path="body__",
        related=("body__village", "body__district", "entry"),
        order=("-year", "-pk"),
        columns=(
            Column("year", _("Book year"), Field("year")),
            *_placed("body__"),
            Column("rupiah", _("Rupiah"), Field("surplus_rupiah")),
        ),
        measure=Measure(How.SUM, "surplus_rupiah"),
        example=Example(
            _("A surplus of Rp260.000 was shared out in November 2026: 260.000."),
            "2026-11",
            (given("sharing", surplus_rupiah=260_000),),
            260_000,
        ),
    ),
)
