"""One figure compared between the places one level down, fairly to small ones: against their officers, their
migrant households and their own year before. In the order of their names; nobody is ranked."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Func, IntegerField, Sum, Value
from django.db.models.functions import Greatest, Least

from periods.month import Month, Year
from reports.access import Reader
from reports.cells import Cell
from reports.figures import Asked, figure_tables, span_of
from reports.indicators import Kind, Period, Span
from reports.places import Place, column_of
from villages.models import OfficerAssignment

HOUSEHOLDS = "migrant_households"
PER_HOUSEHOLDS = 100


@dataclass(frozen=True)
class ComparedPlace:
    """A figure at one place with what it is held against.

    `officer_months`: months of service of the officers in the days counted; `households`: the registered
    migrant households on the last of them; `before`: the same figure over the same days of the year before.
    """

    cell: Cell
    before: Cell
    officer_months: float
    households: int

    @property
    def rated(self) -> bool:
        """Whether the figure is a number that villages make, and grows with their size."""
        indicator = self.cell.indicator
        return indicator.told_by_villages and not indicator.is_median and indicator.over is None

    @property
    def per_officer_month(self) -> float | None:
        """Of a flow, for each month an officer served; None without officers or where it means nothing."""
        if not self.rated or self.cell.indicator.kind != Kind.FLOW or not self.officer_months:
            return None
        return None if self.cell.count is None else self.cell.count / self.officer_months

    @property
    def per_households(self) -> float | None:
        """For each hundred registered migrant households; None without households or where it means
        nothing."""
        if not self.rated or not self.households or self.cell.indicator.code == HOUSEHOLDS:
            return None
        return None if self.cell.count is None else PER_HOUSEHOLDS * self.cell.count / self.households

    @property
    def change(self) -> int | None:
        """How much more than a year before, or less; None where either is not known."""
        if self.cell.count is None or self.before.count is None:
            return None
        return self.cell.count - self.before.count


@dataclass(frozen=True)
class Comparison:
    """One figure at the places below a place, with the whole at the end."""

    whole: ComparedPlace
    parts: list[ComparedPlace]


def comparison(
    figure: str,
    place: Place,
    below: Sequence[Place],
    period: Period,
    *,
    seat: Reader,
    day: date | None = None,
) -> Comparison | None:
    """The figure at each place below, A-Z; None when there is none. Two queries."""
    if not below:
        return None
    places, span = [place, *below], span_of(period, day=day)
    until = _year_before(span.today) if span.is_current else None
    now, homes, before = figure_tables(
        [
            Asked([figure], places, period, day=day),
            Asked([HOUSEHOLDS], places, period, coverage=False, day=day),
            Asked([figure], places, _before(period), coverage=False, day=until),
        ],
        seat=seat,
    )
    months = officer_months(place, below, span)
    whole, *parts = (
        ComparedPlace(
            now.cell(figure, where),
            before.cell(figure, where),
            months[where.code],
            homes.cell(HOUSEHOLDS, where).count or 0,
        )
        for where in places
    )
    return Comparison(whole, parts)


def officer_months(place: Place, below: Sequence[Place], span: Span) -> Mapping[str, float]:
    """Months of service of officers in the days of the span, at the place and at each place below it. A month
    served from its first day to its last is 1. One query; 0 each when the period has not begun."""
    column, below_it = column_of(place.level), place.level_below and column_of(place.level_below)
    months = dict.fromkeys([place.code, *(part.code for part in below)], 0.0)
    if not span.has_begun or not below_it:
        return months
    served = Func(
        Least(F("ends_on"), Value(span.last)),
        Greatest(F("starts_on"), Value(span.first)),
        template="(%(expressions)s)",
        arg_joiner=" - ",
        output_field=IntegerField(),
    )
    rows = OfficerAssignment.objects.filter(starts_on__lte=span.last, ends_on__gte=span.first)
    rows = rows.filter(**{column: place.code}) if column else rows
    a_day = _months_of(span) / ((span.last - span.first).days + 1)
    for code, days in rows.order_by().values_list(below_it).annotate(n=Sum(served + 1)):
        months[place.code] += days * a_day
        if code in months:
            months[code] += days * a_day
    return months


def _months_of(span: Span) -> float:
    """How many months the days of the span are, a part of a month counted as the part it is."""
    month, months = Month.current(span.first), 0.0
    while month.first_day <= span.last:
        days = (min(month.last_day, span.last) - max(month.first_day, span.first)).days + 1
        months += days / monthrange(month.year, month.month)[1]
        month = month.next()
    return months


def _before(period: Period) -> Period:
    """The same month, or year, of the year before."""
    return Month(period.year - 1, period.month) if isinstance(period, Month) else Year(period.year - 1)


def _year_before(day: date) -> date:
    """The same day of the year before; of 29 February the 28th."""
    return date(day.year - 1, day.month, min(day.day, monthrange(day.year - 1, day.month)[1]))
