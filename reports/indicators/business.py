"""Figures of businesses: units, papers, turnover, survival, what the minister asked (domain.md 4.1)."""

from __future__ import annotations

from datetime import date
from functools import partial

from django.db.models import DateField, Exists, F, Func, OuterRef, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission
from migrants.enums import MigrationStatus
from migrants.models import Household, Migration
from pillars.enums import BusinessStatus, PermitKind, Sector
from pillars.models import Business, BusinessPermit, GroupMember, Turnover
from reports.indicators import units
from reports.indicators.pillar_roots import alive, pillar_figure
from reports.indicators.programme import PLACES, VILLAGE_COLUMNS, places_of
from reports.indicators.reading import Choice, Field
from reports.indicators.shape import (
    Column,
    Example,
    How,
    Indicator,
    Kind,
    Measure,
    Over,
    Span,
    given,
)
from reports.indicators.words import by_choice, by_told


def businesses(span: Span) -> QuerySet[Business]:
    """Businesses started by the day and not closed on it; paused ones too."""
    return Business.objects.filter(alive("started_on", "closed_on", span))


def export_ready(span: Span) -> QuerySet[Business]:
    """Of them those that could sell abroad on the day."""
    return businesses(span).filter(export_ready_on__lte=span.day)


def with_number(span: Span) -> QuerySet[Business]:
    """Of them those that have a NIB on the day."""
    papers = BusinessPermit.objects.filter(business=OuterRef("pk"), kind=PermitKind.NIB)
    return businesses(span).filter(Exists(papers.filter(issued_on__lte=span.day)))


def permits_valid(span: Span) -> QuerySet[BusinessPermit]:
    """Papers issued by the day that have not expired on it, of businesses not closed."""
    not_expired = Q(expires_on__isnull=True) | Q(expires_on__gte=span.day)
    rows = BusinessPermit.objects.filter(not_expired, issued_on__lte=span.day)
    return rows.filter(business__in=businesses(span))


def months_told(span: Span) -> QuerySet[Turnover]:
    """Months of businesses whose first day lies in the period and whose turnover is known."""
    return Turnover.objects.filter(first_day__range=(span.first, span.last), turnover__isnull=False)


def months_after(day: str, months: int) -> Combinable:
    """The day so many months after that of a field; of the 31st the last day of a shorter month."""
    return Func(
        F(day),
        template=f"(%(expressions)s + interval '{int(months)} months')::date",
        output_field=DateField(),
    )


def reached(span: Span, *, months: int) -> QuerySet[Business]:
    """Businesses that came, or would have come, to so many months in the period."""
    return Business.objects.annotate(_reached=months_after("started_on", months)).filter(
        _reached__range=(span.first, span.last)
    )


def survived(span: Span, *, months: int) -> QuerySet[Business]:
    """Of them those that were not closed before that day."""
    return reached(span, months=months).filter(Q(closed_on__isnull=True) | Q(closed_on__gte=F("_reached")))


def migrant_households(span: Span) -> QuerySet[Household]:
    """Households with a member who prepares, works abroad or has returned, known by the day."""
    journeys = Migration.objects.filter(registered_on__lte=span.day, person__household__isnull=False)
    known = journeys.exclude(status=MigrationStatus.CANCELLED)
    return Household.objects.filter(pk__in=known.values("person__household"))


def migrant_households_in_business(span: Span) -> QuerySet[Household]:
    """Of them those with a running business, their own or through a group of which a member is part."""
    running = businesses(span)
    own = running.filter(owner__household__isnull=False).values("owner__household")
    members = GroupMember.objects.filter(
        alive("joined_on", "left_on", span),
        person__household__isnull=False,
        group__in=running.filter(group__isnull=False).values("group"),
    )
    in_groups = members.values("person__household")
    return migrant_households(span).filter(Q(pk__in=own) | Q(pk__in=in_groups))


_OF_WHOM = by_told(
    "of",
    _("By who runs it"),
    {"group": _("A group"), "household": _("A household")},
    [
        When(group__isnull=False, then=Value("group")),
        When(owner__isnull=False, then=Value("household")),
    ],
)
_SECTOR = by_choice("sector", _("By sector"), "sector", Sector)
_COLUMNS = (
    Column("started", _("Started on"), Field("started_on")),
    *VILLAGE_COLUMNS[:3],
    Column("business", _("Name of the business"), Field("name"), named=True),
    Column("sector", _("Sector"), Choice("sector", Sector)),
    Column("product", _("Product or service"), Field("product"), named=True),
    Column("status", _("Status"), Choice("status", BusinessStatus)),
)
business_figure = partial(
    pillar_figure,
    unit=units.BUSINESSES,
    grain=_("One business."),
    source=Business,
    columns=_COLUMNS,
    order=("-started_on", "-pk"),
    detail="pillars:business-detail",
)
_OF_BUSINESS = partial(
    pillar_figure,
    place_path="business__",
    related=tuple(f"business__{place}" for place in PLACES),
    detail="pillars:business-detail",
    detail_key="business_id",
)
_BUSINESS_COLUMNS = (
    *places_of("business__"),
    Column("business", _("Name of the business"), Field("business__name"), named=True),
    Column("sector", _("Sector"), Choice("business__sector", Sector)),
)


def _survival(months: int) -> Indicator:
    started = {6: date(2026, 5, 5), 12: date(2025, 11, 5), 24: date(2024, 11, 5)}[months]
    early = {6: date(2026, 8, 1), 12: date(2026, 8, 1), 24: date(2026, 8, 1)}[months]
    return business_figure(
        code=f"businesses_alive_{months}",
        label={
            6: _("Businesses alive after 6 months"),
            12: _("Businesses alive after 12 months"),
            24: _("Businesses alive after 24 months"),
        }[months],
        kind=Kind.FLOW,
        date_field="started_on",
        counts=_(
            "Businesses whose day so many months after the start lies in the period and that were not closed"
            " before it; paused ones count as alive."
        ),
        leaves_out=_("Businesses that have not come to that day yet."),
        empty_means=_("No business came to that day in the period: no share."),
        rows=partial(survived, months=months),
        month_of="_reached",
        over=Over(_("that came to this age"), partial(reached, months=months)),
        example=Example(
            _("Two businesses came to this age in November, one of them closed in August: 1 of 2."),
            "2026-11",
            (
                given("business", started_on=started),
                given("business", started_on=started, status="closed", closed_on=early),
                given("business", started_on=date(2026, 11, 1)),
            ),
            1,
            over=2,
        ),
    )


BUSINESS = (
    business_figure(
        code="businesses",
        label=_("Businesses"),
        kind=Kind.STOCK,
        date_field="started_on, closed_on",
        counts=_("Businesses of groups and of households started by the day and not closed by then."),
        leaves_out=_("Closed businesses. Paused ones count."),
        empty_means=_("No business is recorded."),
        rows=businesses,
        splits=(_SECTOR, _OF_WHOM),
        example=Example(
            _("Two businesses run, one is paused, one closed in June: 3."),
            "2026-11",
            (
                given("business"),
                given("business"),
                given("business", status="paused"),
                given("business", status="closed", closed_on=date(2026, 6, 1)),
            ),
            3,
        ),
    ),
    business_figure(
        code="businesses_export_ready",
        label=_("Businesses ready for export"),
        kind=Kind.STOCK,
        date_field="export_ready_on, closed_on",
        counts=_("Businesses not closed on the day of which the officers wrote that they could sell abroad."),
        leaves_out=_("Businesses that became ready after the day."),
        empty_means=_("No business is ready for export."),
        rows=export_ready,
        over=Over(units.BUSINESSES, businesses),
        splits=(_SECTOR,),
        example=Example(
            _("Of two businesses one is ready since March: 1 of 2."),
            "2026-11",
            (given("business", export_ready_on=date(2026, 3, 1)), given("business")),
            1,
            over=2,
        ),
    ),
    business_figure(
        code="businesses_with_nib",
        label=_("Businesses with a NIB"),
        kind=Kind.STOCK,
        date_field="issued_on",
        counts=_("Businesses not closed on the day whose NIB was issued by then."),
        leaves_out=_("Other papers."),
        empty_means=_("No business has a NIB."),
        rows=with_number,
        over=Over(units.BUSINESSES, businesses),
        example=Example(
            _("Of two businesses one has a NIB and the other only a PIRT: 1 of 2."),
            "2026-11",
            (
                given("permit", kind="nib", number="9120001122334"),
                given("permit", kind="pirt", number="1234567890123-29"),
            ),
            1,
            over=2,
        ),
    ),
    _OF_BUSINESS(
        code="business_permits",
        label=_("Valid papers of businesses"),
        unit=units.PAPERS,
        grain=_("One paper of one business."),
        source=BusinessPermit,
        kind=Kind.STOCK,
        date_field="issued_on, expires_on",
        counts=_("Papers issued by the day that have not expired on it, of businesses not closed."),
        leaves_out=_("Expired papers."),
        empty_means=_("No business has a paper."),
        rows=permits_valid,
        columns=(
            Column("issued", _("Issued on"), Field("issued_on")),
            *_BUSINESS_COLUMNS,
            Column("kind", _("Kind"), Choice("kind", PermitKind)),
            Column("expires", _("Expires on"), Field("expires_on")),
        ),
        order=("-issued_on", "-pk"),
        splits=(by_choice("kind", _("By kind"), "kind", PermitKind),),
        example=Example(
            _("One paper does not expire, one expired in June: 1."),
            "2026-11",
            (given("permit"), given("permit", expires_on=date(2026, 6, 1))),
            1,
        ),
    ),
    _OF_BUSINESS(
        code="turnover_median",
        label=_("Median turnover of a month"),
        unit=units.RUPIAH,
        grain=_("One month of one business."),
        source=Turnover,
        kind=Kind.FLOW,
        date_field="first_day",
        counts=_("The middle one of all months in the period whose turnover is known, of two the lower."),
        leaves_out=_("Months whose turnover is not known: they are never zero."),
        empty_means=_("No turnover is known: no figure."),
        rows=months_told,
        measure=Measure(How.MEDIAN, "turnover"),
        columns=(
            Column("month", _("Month"), Field("first_day")),
            *_BUSINESS_COLUMNS,
            Column("turnover", _("Turnover"), Field("turnover"), named=True),
        ),
        order=("-first_day", "-pk"),
        example=Example(
            _("Rp1.000.000, Rp2.000.000, Rp9.000.000 and one month not known: Rp2.000.000."),
            "2026-11",
            tuple(
                given("turnover", first_day=date(2026, 11, 1), turnover=amount)
                for amount in (1_000_000, 2_000_000, 9_000_000, None)
            ),
            2_000_000,
        ),
    ),
    *(_survival(months) for months in (6, 12, 24)),
    pillar_figure(
        code="migrant_households",
        label=_("Migrant households"),
        unit=units.HOUSEHOLDS,
        grain=_("One household (KK)."),
        source=Household,
        kind=Kind.STOCK,
        date_field="registered_on",
        counts=_("Households with a member of whom a journey was registered by the day and not cancelled."),
        leaves_out=_("People without a household in the register."),
        empty_means=_("No migrant household is registered."),
        rows=migrant_households,
        names_need=Permission.SEE_PEOPLE,
        columns=(
            *VILLAGE_COLUMNS[:3],
            Column("hamlet", _("Hamlet"), Field("hamlet"), named=True),
        ),
        order=("pk",),
        detail="migrants:household-detail",
        example=Example(
            _("Of two households one has a member abroad: 1."),
            "2026-11",
            (given("migrant_household"), given("household")),
            1,
        ),
    ),
    pillar_figure(
        code="migrant_households_in_business",
        label=_("Migrant households with a business"),
        unit=units.HOUSEHOLDS,
        grain=_("One household (KK)."),
        source=Household,
        kind=Kind.STOCK,
        date_field="registered_on, started_on",
        counts=_(
            "Migrant households with a business not closed on the day, their own or of a group of theirs."
        ),
        leaves_out=_("Businesses of households without a migrant."),
        empty_means=_("No migrant household has a business."),
        rows=migrant_households_in_business,
        over=Over(units.MIGRANT_HOUSEHOLDS, migrant_households),
        names_need=Permission.SEE_PEOPLE,
        columns=(
            *VILLAGE_COLUMNS[:3],
            Column("hamlet", _("Hamlet"), Field("hamlet"), named=True),
        ),
        order=("pk",),
        detail="migrants:household-detail",
        example=Example(
            _("Of two migrant households one runs a business: 1 of 2."),
            "2026-11",
            (given("migrant_household", runs="Keripik"), given("migrant_household")),
            1,
            over=2,
        ),
    ),
)
