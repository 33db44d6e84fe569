"""One figure in a table of two dimensions.

Every total is counted on its own, not added up, so that rows, columns and the whole can be held against each
other. Each cell, totals too, is a cell of `figure_table` and opens the very records it counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from periods.month import Month, Year
from reports.access import Reader, places_below
from reports.cells import Cell, FigureTable
from reports.figures import Asked, figure_tables
from reports.indicators import CATALOGUE, Indicator, Period
from reports.indicators.shape import CROSS
from reports.places import Place
from reports.small_cells import Hidden

PLACES, MONTHS, NOTHING = "place", "month", ""  # dimensions that are no split of the figure
MOST_DRAWN = 5  # parts of a stacked bar that can be told apart

PIVOTED: dict[str, Indicator] = {
    code: indicator
    for code, indicator in CATALOGUE.items()
    if not (indicator.over or indicator.is_median or indicator.private)
}


class PivotDisagrees(ArithmeticError):
    """Rows, columns and the whole do not add up to the same number."""


@dataclass(frozen=True)
class Step:
    """One row or column: what it narrows the figure to. Of a total nothing."""

    label: str | Promise
    place: Place | None = None
    month: Month | None = None
    split: str = ""
    value: str = ""


@dataclass(frozen=True)
class PivotLine:
    """One row: its cells in the order of the columns, and its total."""

    label: str | Promise
    cells: tuple[Cell, ...]
    total: Cell
    heads: tuple[str | Promise, ...]

    @property
    def named(self) -> list[tuple[str | Promise, Cell]]:
        """Each cell with the head of its column."""
        return list(zip(self.heads, self.cells, strict=True))


@dataclass(frozen=True)
class Pivot:
    """A figure by rows and columns, with the total of each and of all."""

    axes: Mapping[str, str | Promise]  # every dimension the figure has here
    rows: str
    columns: str
    heads: tuple[str | Promise, ...]
    lines: tuple[PivotLine, ...]
    totals: tuple[Cell, ...]
    whole: Cell
    table: FigureTable

    @property
    def rows_label(self) -> str | Promise:
        return self.axes.get(self.rows, "")

    @property
    def heading(self) -> str:
        """By what and by what."""
        return " × ".join(str(self.axes[axis]) for axis in (self.rows, self.columns) if axis)

    @property
    def named_totals(self) -> list[tuple[str | Promise, Cell]]:
        """The total of each column with its head."""
        return list(zip(self.heads, self.totals, strict=True))

    @property
    def is_drawn(self) -> bool:
        """Whether a bar says faster than the numbers how a row is made up."""
        return 1 < len(self.heads) <= MOST_DRAWN and all(
            cell.count is not None for line in self.lines for cell in line.cells
        )

    @property
    def has_hidden(self) -> bool:
        cells = [cell for line in self.lines for cell in (*line.cells, line.total)]
        return any(cell.hidden for cell in (*cells, *self.totals, self.whole))


def axes_of(indicator: Indicator, below: Sequence[Place], period: Period) -> dict[str, str | Promise]:
    """The dimensions a figure can stand in: the places below, the months of a year for what adds up over
    them, and its splits. Months are left out where small numbers are hidden: a year would give them away."""
    axes: dict[str, str | Promise] = {PLACES: _("Place")} if below else {}
    if isinstance(period, Year) and indicator.day_path and not indicator.small_cells:
        axes[MONTHS] = _("Month")
    return axes | {split.code: split.label for split in indicator.splits if split.code != MONTHS}


def pivot(
    indicator: Indicator,
    rows: str,
    columns: str,
    place: Place,
    period: Period,
    *,
    seat: Reader,
    today: date | None = None,
) -> Pivot:
    """The figure by two dimensions, as the reader may see it. A dimension the figure has not gives way to
    the first it has; no columns: the rows and their totals alone.

    Raises `PivotDisagrees` when the parts are not the whole, counted twice: somebody may have written between
    two questions. Queries: two or three, whatever the number of rows.
    """
    below = places_below(seat, place)
    axes = axes_of(indicator, below, period)
    if rows not in axes:
        rows = next((axis for axis in axes if axis != columns), next(iter(axes), NOTHING))
    columns = columns if columns in axes and columns != rows else NOTHING
    if indicator.small_cells and PLACES not in (rows, columns):
        columns = NOTHING  # two breakdowns at once could be worked out against each other
    plan = _Plan(indicator, axes, rows, columns, place, below if PLACES in (rows, columns) else [], period)
    try:
        return plan.counted(seat, today)
    except PivotDisagrees:
        return plan.counted(seat, today)


@dataclass(frozen=True)
class _Plan:
    indicator: Indicator
    axes: Mapping[str, str | Promise]
    rows: str
    columns: str
    place: Place
    below: Sequence[Place]
    period: Period

    def counted(self, seat: Reader, today: date | None) -> Pivot:
        months = list(self.period.months()) if MONTHS in (self.rows, self.columns) else []  # type: ignore[union-attr]
        names, places = list(self._figures()), [self.place, *self.below]
        asked = [Asked(names, places, self.period)]
        asked += [Asked(names, places, month, coverage=False) for month in months]
        whole, *by_month = figure_tables(asked, seat=seat, today=today)
        counted = _Counted(self, whole, dict(zip(months, by_month, strict=True)))
        return _checked(counted.pivot())

    def _figures(self) -> Iterator[str]:
        """The figure whole, by each of its splits here, and by both at once."""
        splits = [axis for axis in (self.rows, self.columns) if axis not in (PLACES, MONTHS, NOTHING)]
        yield self.indicator.code
        for split in splits:
            yield f"{self.indicator.code}:{split}"
        if len(splits) > 1:
            yield f"{self.indicator.code}:{CROSS.join(splits)}"


@dataclass(frozen=True)
class _Counted:
    plan: _Plan
    table: FigureTable
    by_month: Mapping[Month, FigureTable]

    def pivot(self) -> Pivot:
        plan, total = self.plan, Step(_("Total"))
        rows, columns = self._steps(plan.rows), self._steps(plan.columns)
        heads = tuple(column.label for column in columns)
        lines = []
        for row in rows:
            cells = tuple(self._cell(row, column) for column in columns)
            lines.append(PivotLine(row.label, cells, self._cell(row, total), heads))
        return Pivot(
            axes=plan.axes,
            rows=plan.rows,
            columns=plan.columns,
            heads=heads,
            lines=tuple(lines),
            totals=tuple(self._cell(total, column) for column in columns),
            whole=self._cell(total, total),
            table=self.table,
        )

    def _steps(self, axis: str) -> list[Step]:
        if axis == NOTHING:
            return []
        if axis == PLACES:
            return [Step(place.name, place=place) for place in self.plan.below]
        if axis == MONTHS:
            begun = [month for month, table in self.by_month.items() if table.span.has_begun]
            return [Step(month.label, month=month) for month in begun]
        cells = self.table.split_cells(f"{self.plan.indicator.code}:{axis}", self.plan.place)
        return [Step(cell.label, split=axis, value=cell.value) for cell in cells]

    def _cell(self, row: Step, column: Step) -> Cell:
        parts = [step for step in (row, column) if step.split]
        month = row.month or column.month
        table = self.by_month[month] if month else self.table
        name = self.plan.indicator.code
        if parts:
            name += ":" + CROSS.join(step.split for step in parts)
        where = row.place or column.place or self.plan.place
        return table.cell(name, where, CROSS.join(step.value for step in parts))


def _checked(made: Pivot) -> Pivot:
    """The pivot, when its rows, its columns and its totals add up. Sums with a hidden part are not known."""
    sums: list[tuple[Sequence[Cell], Cell]] = []
    if made.rows:
        sums.append(([line.total for line in made.lines], made.whole))
    if made.columns:
        sums += [(line.cells, line.total) for line in made.lines]
        by_column = zip(*(line.cells for line in made.lines), strict=True)
        sums += list(zip(by_column, made.totals, strict=False))
        sums.append((made.totals, made.whole))
    for parts, whole in sums:
        counts = [part.count for part in parts]
        known = [count for count in counts if count is not None]
        if whole.count is not None and len(known) == len(counts) and sum(known) != whole.count:
            found = f"{whole.figure.name} at {whole.place.code}: {sum(known)}, not {whole.count}"
            raise PivotDisagrees(found)
    return made


def pivot_rows(made: Pivot) -> tuple[list[str | Promise], list[list[Any]]]:
    """The pivot as header and rows of a file, the totals last."""
    header = [made.rows_label, *made.heads, _("Total")]
    body = [[line.label, *map(_value, line.cells), _value(line.total)] for line in made.lines]
    return header, [*body, [_("Total"), *map(_value, made.totals), _value(made.whole)]]


def _value(cell: Cell) -> int | str | None:
    return "<5" if cell.hidden == Hidden.SMALL else cell.count
