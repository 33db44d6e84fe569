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

from django.db.models import Aggregate, BigIntegerField, Count, F, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.roles import Level
from accounts.rules import NotPermitted
from periods.month import Month
from reports.access import Reader, may_list_rows, may_open_rows, sees_place
from reports.cells import Cell, Counts, Figure, FigureTable, has_figure
from reports.counting import Group, Question, answers
from reports.coverage import coverage_of, coverage_question
from reports.frozen_cells import frozen_of, frozen_question
from reports.hiding import guard_questions, hidden_of, is_guarded
from reports.indicators import Indicator, Kind, Period, Span
from reports.indicators.shape import How, Measure, Rows, Split
from reports.kept_counts import NUMBER, parted
from reports.places import FINENESS, Place, at_places, codes_around, column_of

_Key = tuple[Any, ...]  # what a question is about
_KEPT = "kept"  # ends the key of the months of it that are kept


@dataclass(frozen=True)
class Asked:
    """A table to be made. `places` may mix levels; `coverage` False leaves out the villages that reported,
    and whether a report has frozen the number. `day`: as it stood at the end of a past day, by the dates of
    the records; None: as it stands."""

    figures: Iterable[str]
    places: Sequence[Place]
    period: Period
    coverage: bool = True
    day: date | None = None


def figure_table(
    figures: Iterable[str],
    places: Sequence[Place],
    period: Period,
    *,
    seat: Reader,
    today: date | None = None,
    day: date | None = None,
    coverage: bool = True,
) -> FigureTable:
    """Count figures at places over a period, as the reader may see them.

    `figures`: names like "visits" or "departures:procedural". `places` may mix levels; all must lie within
    the reader's own place. Counts 1 to 4 of figures with small cells are hidden from whoever may not open
    their records, and shown at no village (`hiding`). `today` None is the calendar day of the reader's zone.
    `day`: as it stood at the end of a past day, by the dates of the records. `coverage` False leaves out the
    villages that reported, and whether a report has frozen the number. A figure broken down is counted whole
    beside its parts. Raises `NoSuchFigure`, `NotPermitted`, `PartsDiffer`.
    Queries: one for every forty sets of records counted, coverage and hidden cells included.
    """
    (table,) = figure_tables([Asked(figures, places, period, coverage, day)], seat=seat, today=today)
    return table


def figure_tables(
    asked: Sequence[Asked], *, seat: Reader, today: date | None = None
) -> tuple[FigureTable, ...]:
    """Several tables, of other places or periods, counted together: what each says, `figure_table` tells.
    Queries: one for every forty sets of records of them all, one for the names of districts."""
    tallies = [_Tally.begun(one, span_of(one.period, today=today, day=one.day), seat) for one in asked]
    found = answers(
        {(turn, key): one for turn, tally in enumerate(tallies) for key, one in tally.questions.items()}
    )
    return tuple(
        tally.table({key: groups for (of, key), groups in found.items() if of == turn})
        for turn, tally in enumerate(tallies)
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
    figures: Sequence[str], place: Place, months: Sequence[Month], *, seat: Reader, today: date | None = None
) -> tuple[FigureSeries, ...]:
    """Count flows at one place month by month, in the order they are asked for. One query for all. Raises
    `ValueError` for a standing figure, `NotPermitted` for one whose small numbers this reader may not see."""
    wanted = [Figure.named(name) for name in figures]
    if not sees_place(seat, place.code):
        raise NotPermitted(_("This place is not yours."))
    if any(one.indicator.small_cells and not may_open_rows(seat, one.indicator) for one in wanted):
        raise NotPermitted(_("Small numbers are hidden so that nobody can be recognised."))
    day = today or timezone.localdate()
    whole = Span(min(months).first_day, min(max(months).last_day, day), day)
    questions: dict[_Key, Question] = {}
    for figure in wanted:
        questions |= _months_questions(figure, place, whole)
    found = answers(questions)
    return tuple(_series(figure, place, months, _found(found, (figure.name,)), day) for figure in wanted)


def _months_questions(figure: Figure, place: Place, whole: Span) -> dict[_Key, Question]:
    """The figure by its kept months, and by the days of a month that is not whole or not kept: cutting a
    million dates to months costs more than adding up."""
    indicator, split = figure.indicator, figure.split
    if indicator.kind != Kind.FLOW or indicator.over or indicator.is_median:
        raise ValueError(f"{figure.name} is not counted over a period.")
    kept, days = parted(indicator.rows, split.code if split else "", place.level, whole)
    questions: dict[_Key, Question] = {}
    if kept is not None:
        rows = at_places(kept, [place], "")
        questions[figure.name, _KEPT] = Question(rows, "month", F("value") if split else None, NUMBER)
    if days:
        rows = at_places(indicator.rows(days), [place], indicator.place_path)
        part = split.expression(days) if split else None
        questions[figure.name,] = Question(rows, indicator.date_field, part, _aggregate(indicator.measure))
    return questions


def _series(
    figure: Figure, place: Place, months: Sequence[Month], days: Iterable[Group], today: date
) -> FigureSeries:
    counts: dict[Month, Counts] = {month: {} for month in months}
    for day_of, value, count in days:
        month = Month(day_of.year, day_of.month)
        if month in counts:
            counts[month][place.code, value] = counts[month].get((place.code, value), 0) + (count or 0)
    tables = {
        month: FigureTable(
            (figure,), (place,), month, Span.of(month, today=today), {figure.name: counts[month]}, {}, {}, {}
        )
        for month in months
    }
    return FigureSeries(figure, tuple(months), tables)


def span_of(period: Period, *, today: date | None = None, day: date | None = None) -> Span:
    """The days of the period up to today, or up to a past day, as they stood on it."""
    now = today or timezone.localdate()
    return Span.of(period, today=min(day or now, now), past=day is not None and day < now)


def rows_behind(
    figure: str,
    place: Place,
    period: Period,
    *,
    seat: Reader,
    value: str = "",
    today: date | None = None,
    day: date | None = None,
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
    span = span_of(period, today=today, day=day)
    rows = wanted.indicator.rows(span)
    if not has_figure(wanted.indicator, span):
        return rows.none()
    rows = at_places(rows, [place], wanted.indicator.place_path)
    if wanted.split:
        rows = rows.alias(_split=wanted.split.expression(span)).filter(_split=value)
    return rows


@dataclass(frozen=True)
class _Tally:
    """What has to be counted for one table: each set of records once, however many figures ask for it."""

    wanted: tuple[Figure, ...]
    asked: Asked
    span: Span
    guarded: Mapping[str, Figure]  # whose small counts this reader may not see
    questions: dict[_Key, Question] = field(default_factory=dict)

    @classmethod
    def begun(cls, asked: Asked, span: Span, seat: Reader) -> _Tally:
        """The tally with its questions. Raises `NoSuchFigure`, `NotPermitted`."""
        wanted = tuple(Figure.named(name) for name in dict.fromkeys(asked.figures))
        if not all(sees_place(seat, place.code) for place in asked.places):
            raise NotPermitted(_("This place is not yours."))
        tally = cls(wanted, asked, span, {one.name: one for one in wanted if is_guarded(one, span, seat)})
        if asked.places:
            for figure in wanted:
                if has_figure(figure.indicator, span):
                    tally._ask(figure)
            if asked.coverage and span.has_begun:
                tally.questions["coverage",] = coverage_question(asked.places, span)
                if span.is_over and wanted:
                    tally.questions["frozen",] = frozen_question(wanted, asked.places, asked.period)
        return tally

    def _ask(self, figure: Figure) -> None:
        indicator = figure.indicator
        self._count(indicator.rows, indicator, figure.split, indicator.measure)
        if figure.split and not indicator.is_median:
            self._count(indicator.rows, indicator, None, indicator.measure)
        if indicator.over:
            self._count(indicator.over.rows, indicator, None, indicator.over.measure)
        if figure.name in self.guarded:
            self.questions.update(guard_questions(figure, self.asked.period, self.span))

    def _count(self, rows: Rows, indicator: Indicator, split: Split | None, measure: Measure | None) -> None:
        for level in self._levels(measure):
            key = _counted(rows, split, measure, level)
            if key not in self.questions:
                kept, days = parted(rows, split.code if split else "", level, self.span)
                if kept is not None:
                    found = at_places(kept, self.asked.places, "")
                    part = F("value") if split else None
                    self.questions[*key, _KEPT] = Question(found, column_of(level) or "", part, NUMBER)
                if days:
                    self.questions[key] = self._question(rows(days), indicator, split, measure, level)

    def _question(
        self,
        rows: QuerySet[Any],
        indicator: Indicator,
        split: Split | None,
        measure: Measure | None,
        level: Level,
    ) -> Question:
        found = at_places(rows, self.asked.places, indicator.place_path)
        if measure and measure.how == How.MEDIAN:
            found = found.filter(**{f"{measure.field}__isnull": False})
        column = column_of(level)
        return Question(
            found,
            f"{indicator.place_path}{column}" if column else "",
            split.expression(self.span) if split else None,
            _aggregate(measure),
        )

    def _levels(self, measure: Measure | None) -> list[Level]:
        """The levels to count at: the finest, whose counts add up for the wider places. A median is not the
        sum of its parts, so each level has its own."""
        levels = sorted({place.level for place in self.asked.places}, key=FINENESS.index)
        return levels if measure and measure.how == How.MEDIAN else levels[-1:]

    def table(self, found: Mapping[_Key, Sequence[Group]]) -> FigureTable:
        """The table, from the answers to the questions."""
        counts, over, wholes, names = {}, {}, {}, {}
        for figure in self.wanted:
            indicator = figure.indicator
            counts[figure.name] = self._counts(found, indicator.rows, figure.split, indicator.measure)
            if indicator.over:
                each = self._counts(found, indicator.over.rows, None, indicator.over.measure)
                over[figure.name] = {key: n * indicator.over.times for key, n in each.items()}
            if figure.split and not indicator.is_median:
                wholes[figure.name] = self._counts(found, indicator.rows, None, indicator.measure)
            if figure.split and figure.split.names_of and counts[figure.name]:
                names[figure.name] = figure.split.names_of({value for _place, value in counts[figure.name]})
        places = tuple(self.asked.places)
        return FigureTable(
            figures=self.wanted,
            places=places,
            period=self.asked.period,
            span=self.span,
            _counts=counts,
            _over=over,
            _hidden={
                name: hidden_of(one, self.asked.period, self.span, places, found)
                for name, one in self.guarded.items()
            },
            _coverage=coverage_of(places, found[("coverage",)]) if ("coverage",) in found else {},
            _wholes=wholes,
            _names=names,
            _frozen=frozen_of(found.get(("frozen",), ())),
        )

    def _counts(
        self, found: Mapping[_Key, Sequence[Group]], rows: Rows, split: Split | None, measure: Measure | None
    ) -> Counts:
        """The counts of the places asked for. Nothing known of a median: no entry."""
        asked = {place.code for place in self.asked.places}
        is_median = measure is not None and measure.how == How.MEDIAN
        counts: Counts = {}
        for level in self._levels(measure):
            for code, value, count in _found(found, _counted(rows, split, measure, level)):
                for around in [code] if is_median else codes_around(code):
                    if around in asked and count is not None:
                        counts[around, value] = counts.get((around, value), 0) + count
        return counts


def _counted(rows: Rows, split: Split | None, measure: Measure | None, level: Level) -> _Key:
    return (rows, split.code if split else "", measure, level)


def _found(found: Mapping[_Key, Sequence[Group]], key: _Key) -> list[Group]:
    """What was counted and what is kept."""
    return [*found.get(key, ()), *found.get((*key, _KEPT), ())]


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
