"""The only maker of figures.

    table = figure_table(["visits", "departures:procedural"], places, Month(2026, 11), seat=seat)
    table.cell("visits", place).count
    table.cell("departures:procedural", place, "non_procedural").count

Dashboards, lists, exports and the yearly report all ask here, so one question has one answer. Each cell knows
what it counted, and `rows_behind` gives exactly those records: count = rows, always.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Aggregate, BigIntegerField, Count, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.roles import Level
from accounts.rules import NotPermitted
from periods.month import Month
from reports.access import Reader, may_list_rows, may_open_rows, sees_place
from reports.cells import Cell, Counts, Coverage, Figure, FigureTable, has_figure
from reports.indicators import Indicator, Kind, Period, Span
from reports.indicators.programme import active_villages
from reports.indicators.shape import How, Measure, Rows, Split
from reports.places import FINENESS, Place, column_of, cut, level_of
from reports.queries.villages import logged_between
from reports.small_cells import Hidden, closed_places, hidden_cells


def figure_table(
    figures: Iterable[str],
    places: Sequence[Place],
    period: Period,
    *,
    seat: Reader,
    today: date | None = None,
    coverage: bool = True,
) -> FigureTable:
    """Count figures at places over a period, as the reader may see them.

    `figures`: names like "visits" or "departures:procedural". `places` may mix levels; all must lie within
    the reader's own place. Counts 1 to 4 of restricted cases are hidden from whoever may not open them, and
    shown at no village. `today` None is the calendar day of the reader's zone. `coverage` False leaves out
    the villages that reported. Raises `NoSuchFigure`, `NotPermitted`.
    Queries: one for each set of records counted, one for coverage, one more for hidden cells.
    """
    wanted = tuple(Figure.named(name) for name in dict.fromkeys(figures))
    if not all(sees_place(seat, place.code) for place in places):
        raise NotPermitted(_("This place is not yours."))
    span = Span.of(period, today=today or timezone.localdate())
    tally = _Tally(places, span)
    counts, over = {}, {}
    small = _small_cells(wanted, places, span, seat)
    for figure in wanted:
        indicator = figure.indicator
        known = places and has_figure(indicator, span)
        if figure.name in small and figure.split is None:
            counts[figure.name] = {(code, ""): n for code, n in small[figure.name].counts.items()}
        else:
            measured = (indicator.rows, indicator, figure.split, indicator.measure)
            counts[figure.name] = tally.of(*measured) if known else {}
        if indicator.over:
            each = tally.of(indicator.over.rows, indicator, None, indicator.over.measure) if known else {}
            over[figure.name] = {key: n * indicator.over.times for key, n in each.items()}
    return FigureTable(
        figures=wanted,
        places=tuple(places),
        period=period,
        span=span,
        _counts=counts,
        _over=over,
        _hidden={name: cells.hidden for name, cells in small.items()},
        _coverage=_coverage(places, span) if coverage and places else {},
    )


@dataclass(frozen=True)
class FigureSeries:
    """One figure at one place, month by month."""

    figure: Figure
    months: tuple[Month, ...]
    tables: Mapping[Month, FigureTable] = field(repr=False)

    def cells(self, value: str = "") -> list[Cell]:
        """One cell a month, oldest first."""
        return [self.tables[month].cell(self.figure.name, None, value) for month in self.months]

    @property
    def last_month(self) -> Month:
        return self.months[-1]

    @property
    def cell_before(self) -> Cell:
        """The whole of the last month but one."""
        return self.cells()[-2]

    @property
    def last_cells(self) -> list[Cell]:
        """The parts of the last month."""
        return list(self)[-1][1]

    def __iter__(self) -> Iterator[tuple[Month, list[Cell]]]:
        """Each month with its cells: one for each value of the split, or the whole."""
        for month in self.months:
            table = self.tables[month]
            name = self.figure.name
            yield month, table.split_cells(name) if self.figure.split else [table.cell(name)]


def figure_series(
    figure: str, place: Place, months: Sequence[Month], *, seat: Reader, today: date | None = None
) -> FigureSeries:
    """Count a flow at one place month by month. One query. Raises `ValueError` for a standing figure."""
    wanted = Figure.named(figure)
    if wanted.indicator.kind != Kind.FLOW or wanted.indicator.over or wanted.indicator.is_median:
        raise ValueError(f"{figure} is not counted over a period.")
    if not sees_place(seat, place.code):
        raise NotPermitted(_("This place is not yours."))
    day = today or timezone.localdate()
    whole = Span(min(months).first_day, min(max(months).last_day, day), day)
    rows = _at_places(wanted.indicator.rows(whole), [place], wanted.indicator.place_path)
    groups = [
        wanted.indicator.date_field
    ]  # by day: cutting a million dates to months costs more than adding up
    if wanted.split:
        rows = rows.annotate(_split=wanted.split.expression(whole))
        groups.append("_split")
    found: dict[Month, Counts] = {month: {} for month in months}
    number = _aggregate(wanted.indicator.measure)
    for day_of, *split, count in rows.order_by().values_list(*groups).annotate(_n=number):
        month, value = Month(day_of.year, day_of.month), split[0] if split else ""
        if month in found:
            found[month][place.code, value] = found[month].get((place.code, value), 0) + count
    tables = {
        month: FigureTable(
            (wanted,), (place,), month, Span.of(month, today=day), {wanted.name: found[month]}, {}, {}, {}
        )
        for month in months
    }
    return FigureSeries(wanted, tuple(months), tables)


def rows_behind(
    figure: str, place: Place, period: Period, *, seat: Reader, value: str = "", today: date | None = None
) -> QuerySet[Any]:
    """The records a cell counts, unordered: the tile, its list and its export are this one set.

    `figure` with a split needs the `value` of the split. Raises `NoSuchFigure`; `NotPermitted` when the place
    is not the reader's or the reader sees counts only.
    """
    wanted = Figure.named(figure)
    if not sees_place(seat, place.code):
        raise NotPermitted(_("This place is not yours."))
    if not may_list_rows(seat, wanted.indicator):
        raise NotPermitted(_("You see the number, not the records behind it."))
    span = Span.of(period, today=today or timezone.localdate())
    rows = wanted.indicator.rows(span)
    if not has_figure(wanted.indicator, span):
        return rows.none()
    rows = _at_places(rows, [place], wanted.indicator.place_path)
    if wanted.split:
        rows = rows.alias(_split=wanted.split.expression(span)).filter(_split=value)
    return rows


@dataclass(frozen=True)
class _Tally:
    """Counts each set of records once, however many figures ask for it."""

    places: Sequence[Place]
    span: Span
    counted: dict[tuple[Rows, str, Measure | None], Counts] = field(default_factory=dict)

    def of(
        self, rows: Rows, indicator: Indicator, split: Split | None, measure: Measure | None = None
    ) -> Counts:
        key = (rows, split.code if split else "", measure)
        if key not in self.counted:
            self.counted[key] = _count(self, rows(self.span), indicator, split, measure)
        return self.counted[key]


def _count(
    tally: _Tally, rows: QuerySet[Any], indicator: Indicator, split: Split | None, measure: Measure | None
) -> Counts:
    """Count the rows once, grouped at the finest level asked for, and add up for the wider places."""
    places, path = tally.places, indicator.place_path
    rows = _at_places(rows, places, path)
    if split:
        rows = rows.annotate(_split=split.expression(tally.span))
    if measure and measure.how == How.MEDIAN:
        return _medians(rows, places, path, split, measure)
    asked = {place.code for place in places}
    counts: Counts = {}
    finest = max((place.level for place in places), key=FINENESS.index)
    for code, value, count in _grouped(rows, finest, path, split, _aggregate(measure)):
        for around in _codes_around(code):
            if around in asked:
                counts[around, value] = counts.get((around, value), 0) + count
    return counts


def _medians(
    rows: QuerySet[Any], places: Sequence[Place], path: str, split: Split | None, measure: Measure
) -> Counts:
    """A median is not the sum of its parts: one query for each level asked for. Nothing known: no entry."""
    asked = {place.code for place in places}
    rows = rows.filter(**{f"{measure.field}__isnull": False})
    return {
        (code, value): median
        for level in {place.level for place in places}
        for code, value, median in _grouped(rows, level, path, split, _aggregate(measure))
        if code in asked and median is not None
    }


def _grouped(
    rows: QuerySet[Any], level: Level, path: str, split: Split | None, number: Aggregate
) -> Iterator[tuple[str, str, Any]]:
    """Place code, value of the split, and the number of each group."""
    column = column_of(level)
    groups = [*([f"{path}{column}"] if column else []), *(["_split"] if split else [])]
    if not groups:
        yield "", "", rows.order_by().aggregate(_n=number)["_n"]
        return
    for *group, found in rows.order_by().values_list(*groups).annotate(_n=number):
        yield (group[0] if column else ""), (group[-1] if split else ""), found


class _Median(Aggregate):
    """The lower of two in the middle; records without the number are left out."""

    template = "percentile_disc(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = BigIntegerField()


def _aggregate(measure: Measure | None) -> Aggregate:
    if measure is None:
        return Count("*")
    if measure.how == How.MEDIAN:
        return _Median(measure.field)
    return Sum(measure.field, default=0, output_field=BigIntegerField())


def _at_places(rows: QuerySet[Any], places: Sequence[Place], path: str) -> QuerySet[Any]:
    """The rows that lie in any of the places."""
    levels: dict[Level, list[str]] = {}
    for place in places:
        levels.setdefault(place.level, []).append(place.code)
    if Level.NATION in levels:
        return rows
    within = Q()
    for level, codes in levels.items():
        inside_wider = [code for code in codes if not _covered(code, level, levels)]
        if len(inside_wider) == 1:
            within |= Q(**{f"{path}{column_of(level)}": inside_wider[0]})
        elif inside_wider:
            within |= Q(**{f"{path}{column_of(level)}__in": inside_wider})
    return rows.filter(within)


def _covered(code: str, level: Level, levels: Mapping[Level, Sequence[str]]) -> bool:
    wider = FINENESS[: FINENESS.index(level)]
    return any(cut(code, other) in levels.get(other, ()) for other in wider)


def _codes_around(code: str) -> list[str]:
    return [cut(code, level) for level in FINENESS[: FINENESS.index(level_of(code)) + 1]]


def _coverage(places: Sequence[Place], span: Span) -> dict[str, Coverage]:
    """Villages that wrote anything down on the days of the span, of the active ones."""
    if not span.has_begun:
        return {}
    expected = _at_places(active_villages(span), places, "")
    asked = {place.code for place in places}
    counts = {code: [0, 0] for code in asked}
    villages = expected.annotate(_logged=logged_between(span.first, span.last)).order_by()
    for code, logged in villages.values_list("village_id", "_logged"):
        for around in _codes_around(code):
            if around in asked:
                counts[around][0] += logged
                counts[around][1] += 1
    return {code: Coverage(*both) for code, both in counts.items()}


@dataclass(frozen=True)
class _SmallCells:
    """A figure with small cells on the whole country: what is counted, and what of it is hidden."""

    counts: Mapping[str, int]
    hidden: Mapping[str, Hidden]


def _small_cells(
    wanted: Iterable[Figure], places: Sequence[Place], span: Span, seat: Reader
) -> dict[str, _SmallCells]:
    """The figures, whole or broken down, whose small counts this reader may not see, worked out on the
    country. One query each, one more for a denominator and one for each split."""
    found: dict[str, _SmallCells] = {}
    for figure in wanted:
        indicator = figure.indicator
        if not indicator.small_cells or may_open_rows(seat, indicator) or not has_figure(indicator, span):
            continue
        counts = _by_area(indicator.rows(span))
        hidden = hidden_cells(counts, _parents(counts))
        if indicator.over:  # 0 of 3 tells of three
            whole = _by_area(indicator.over.rows(span))
            hidden = hidden_cells(whole, _parents(whole)) | hidden
        if figure.split:
            hidden = _parts_hidden(figure.split, indicator, span, hidden)
        hidden |= {place.code: Hidden.WITHHELD for place in places if place.level == Level.VILLAGE}
        found[figure.name] = _SmallCells(counts, hidden)
    return found


def _parts_hidden(
    split: Split, indicator: Indicator, span: Span, hidden: Mapping[str, Hidden]
) -> dict[str, Hidden]:
    """Places that show no part of a broken-down figure."""
    parts: dict[str, dict[str, int]] = {}
    rows = indicator.rows(span).annotate(_split=split.expression(span)).order_by()
    for district, value, count in rows.values_list("district_id", "_split").annotate(_n=Count("*")):
        for around in _codes_around(district):
            of = parts.setdefault(around, {})
            of[value] = of.get(value, 0) + count
    closed = closed_places(parts, _parents(parts), hidden)
    return dict.fromkeys(closed, Hidden.WITHHELD)


def _by_area(rows: QuerySet[Any]) -> dict[str, int]:
    """How many records lie in each district, province, and the country."""
    counts: dict[str, int] = {}
    for district, count in rows.order_by().values_list("district_id").annotate(_n=Count("*")):
        for around in _codes_around(district):
            counts[around] = counts.get(around, 0) + count
    return counts


def _parents(codes: Iterable[str]) -> dict[str, str]:
    return {code: cut(code, Level.PROVINCE) if len(code) > 2 else "" for code in codes if code}
