"""Figures of business groups over time: formed, and still alive after a year or two (domain.md 4.1)."""

from __future__ import annotations

from datetime import date
from functools import partial

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from pillars.enums import Sector
from pillars.models import BusinessGroup
from reports.indicators import units
from reports.indicators.business import months_after
from reports.indicators.pillar_roots import pillar_figure
from reports.indicators.programme import VILLAGE_COLUMNS
from reports.indicators.reading import Choice, Field
from reports.indicators.shape import Column, Example, Indicator, Kind, Over, Span, given
from reports.indicators.words import by_choice


def groups_formed(span: Span) -> QuerySet[BusinessGroup]:
    """Groups formed in the period, whatever became of them."""
    return BusinessGroup.objects.filter(formed_on__range=(span.first, span.last))


def groups_of_age(span: Span, *, months: int) -> QuerySet[BusinessGroup]:
    """Groups that came, or would have come, to so many months in the period."""
    rows = BusinessGroup.objects.annotate(_reached=months_after("formed_on", months))
    return rows.filter(_reached__range=(span.first, span.last))


def groups_alive(span: Span, *, months: int) -> QuerySet[BusinessGroup]:
    """Of them those that had not ended before that day."""
    return groups_of_age(span, months=months).filter(
        Q(ended_on__isnull=True) | Q(ended_on__gte=F("_reached"))
    )


group_figure = partial(
    pillar_figure,
    unit=units.GROUPS,
    grain=_("One business group."),
    source=BusinessGroup,
    kind=Kind.FLOW,
    date_field="formed_on",
    columns=(
        Column("formed", _("Formed on"), Field("formed_on")),
        *VILLAGE_COLUMNS[:3],
        Column("group", _("Name of the group"), Field("name"), named=True),
        Column("sector", _("Sector"), Choice("sector", Sector)),
    ),
    order=("-formed_on", "-pk"),
    detail="pillars:group-detail",
)


def _survival(months: int) -> Indicator:
    formed = {12: date(2025, 11, 5), 24: date(2024, 11, 5)}[months]
    return group_figure(
        code=f"groups_alive_{months}",
        label={12: _("Groups alive after 12 months"), 24: _("Groups alive after 24 months")}[months],
        counts=_("Groups whose day so many months after forming lies in the period, not ended before it."),
        leaves_out=_("Groups that have not come to that day yet."),
        empty_means=_("No group came to that day in the period: no share."),
        rows=partial(groups_alive, months=months),
        month_of="_reached",
        over=Over(_("that came to this age"), partial(groups_of_age, months=months)),
        example=Example(
            _("Two groups came to this age in November, one of them ended in August: 1 of 2."),
            "2026-11",
            (
                given("group", formed_on=formed),
                given("group", formed_on=formed, ended_on=date(2026, 8, 1)),
                given("group", formed_on=date(2026, 11, 1)),
            ),
            1,
            over=2,
        ),
    )


BUSINESS_GROUPS = (
    group_figure(
        code="groups_formed",
        label=_("Business groups formed"),
        counts=_("Groups formed on a day of the period, those that ended since too."),
        leaves_out=_("Businesses of single persons."),
        empty_means=_("No group was formed."),
        rows=groups_formed,
        splits=(by_choice("sector", _("By sector"), "sector", Sector),),
        example=Example(
            _("Groups of 5 November and of 28 October: November has 1."),
            "2026-11",
            (given("group", formed_on=date(2026, 11, 5)), given("group", formed_on=date(2026, 10, 28))),
            1,
        ),
    ),
    *(_survival(months) for months in (12, 24)),
)
