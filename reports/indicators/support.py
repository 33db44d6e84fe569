"""Figures of what else is done for groups and businesses: mentoring, marketing partners, contributions."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from functools import partial

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission
from pillars.enums import PartnerKind, Sector
from pillars.models import Business, Contribution, MarketingPartner, MentoringVisit
from reports.indicators import units
from reports.indicators.business import businesses
from reports.indicators.programme import PLACES, VILLAGE_COLUMNS
from reports.indicators.reading import Choice, Either, Field
from reports.indicators.shape import Column, Example, How, Indicator, Kind, Measure, Over, Span, given
from reports.indicators.words import by_choice

WHOM_TOO = (*PLACES, "group", "business")


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def mentoring(span: Span) -> QuerySet[MentoringVisit]:
    """Mentoring visits on a day of the period."""
    return MentoringVisit.objects.filter(visited_on__range=(span.first, span.last))


def businesses_with_market(span: Span) -> QuerySet[Business]:
    """Those of them for which somebody sells on the day, for themselves or for their group."""
    selling = MarketingPartner.objects.filter(
        Q(until__isnull=True) | Q(until__gt=span.day), since__lte=span.day
    )
    own, of_group = selling.filter(business=OuterRef("pk")), selling.filter(group=OuterRef("group"))
    return businesses(span).filter(Exists(own) | Exists(of_group))


def contributions(span: Span) -> QuerySet[Contribution]:
    """Contributions given on a day of the period."""
    return Contribution.objects.filter(given_on__range=(span.first, span.last))


def contributions_of_value(span: Span) -> QuerySet[Contribution]:
    """Those of them whose value in rupiah is known."""
    return contributions(span).filter(value__isnull=False)


def whom_of(path: str = "") -> Column:
    """For which group or business it is, to whoever reads names. `path`: to what is for them."""
    whom = Either(f"{path}group_id", Field(f"{path}group__name"), Field(f"{path}business__name"))
    return Column("whom", _("Group or business"), whom, named=True)


support_figure = partial(
    Indicator,
    kind=Kind.FLOW,
    rows_need=Permission.SEE_RECORD_ROWS,
    names_need=Permission.SEE_PILLARS,
    related=PLACES,
)

contribution_figure = partial(
    support_figure,
    source=Contribution,
    grain=_("One contribution of a partner."),
    date_field="given_on",
    order=("-given_on", "-pk"),
    detail="pillars:contribution-detail",
    columns=(
        Column("date", _("Date"), Field("given_on")),
        *VILLAGE_COLUMNS[:3],
        Column("kind", _("Kind of partner"), Choice("partner_kind", PartnerKind)),
        Column("partner", _("Name of the partner"), Field("partner"), named=True),
        Column("what", _("What was given?"), Field("what")),
        Column("value", _("Value in rupiah"), Field("value")),
        Column("in_kind", _("In kind"), Field("in_kind")),
    ),
    splits=(by_choice("partner", _("By kind of partner"), "partner_kind", PartnerKind),),
)

SUPPORT = (
    support_figure(
        code="mentoring_visits",
        label=_("Mentoring visits"),
        unit=units.VISITS,
        grain=_("One mentoring visit to a group or business."),
        source=MentoringVisit,
        date_field="visited_on",
        counts=_("Mentoring visits on a day of the period."),
        leaves_out=_("Services at the desk: they are visits of the service centre."),
        empty_means=_("Nobody was mentored."),
        rows=mentoring,
        related=WHOM_TOO,
        columns=(
            Column("date", _("Date"), Field("visited_on")),
            *VILLAGE_COLUMNS[:3],
            whom_of(),
            Column("topic", _("Topic"), Field("topic"), named=True),
            Column("mentor", _("Mentor"), Field("mentor"), named=True),
        ),
        order=("-visited_on", "-pk"),
        detail="pillars:mentoring-detail",
        example=Example(
            _("Mentoring on 3 November and on 30 October: November has 1."),
            "2026-11",
            (given("mentoring"), given("mentoring", visited_on=date(2026, 10, 30))),
            1,
        ),
    ),
    support_figure(
        code="businesses_with_market",
        label=_("Businesses with a marketing partner"),
        unit=units.BUSINESSES,
        grain=_("One business of a group or a household."),
        kind=Kind.STOCK,
        source=Business,
        date_field="started_on, closed_on, since, until",
        counts=_("Businesses not closed on the day for which a partner sells, for them or for their group."),
        leaves_out=_("Partners who sell no more on the day."),
        empty_means=_("No partner sells for a business."),
        rows=businesses_with_market,
        over=Over(units.BUSINESSES_NOT_CLOSED, businesses),
        columns=(
            Column("date", _("Started on"), Field("started_on")),
            *VILLAGE_COLUMNS[:3],
            Column("business", _("Name of the business"), Field("name"), named=True),
            Column("sector", _("Sector"), Choice("sector", Sector)),
        ),
        order=("-started_on", "-pk"),
        splits=(by_choice("sector", _("By sector"), "sector", Sector),),
        detail="pillars:business-detail",
        example=Example(
            _("A partner sells for one business, another stopped on 1 June; a third has none: 1 of 3."),
            "2026-11",
            (
                given("market"),
                given("market", until=date(2026, 6, 1)),
                given("business"),
            ),
            1,
            3,
        ),
    ),
    contribution_figure(
        code="contributions",
        label=_("Contributions of partners"),
        unit=units.CONTRIBUTIONS,
        counts=_("Contributions given on a day of the period, in money or in kind."),
        leaves_out=_("Equipment aid with handover minutes: it has figures of its own."),
        empty_means=_("No partner gave anything."),
        rows=contributions,
        example=Example(
            _("A company gave money in November, a bank training in October: November has 1."),
            "2026-11",
            (
                given("contribution"),
                given("contribution", given_on=date(2026, 10, 4), partner_kind="bank"),
            ),
            1,
        ),
    ),
    contribution_figure(
        code="contribution_value",
        label=_("Value of contributions"),
        unit=units.RUPIAH,
        counts=_("The value in rupiah of contributions given on a day of the period."),
        leaves_out=_("Contributions in kind whose value is not known: no unknown is a zero."),
        empty_means=_("No contribution with a known value was given."),
        rows=contributions_of_value,
        measure=Measure(How.SUM, "value"),
        example=Example(
            _("Rp5.000.000 of a company, and two trainers of unknown value: 5.000.000."),
            "2026-11",
            (given("contribution"), given("contribution", value=None, in_kind="Dua pelatih")),
            5_000_000,
        ),
    ),
)
