"""One figure compared between places, and a whole table of figures as rows for a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from periods.month import Month
from reports.access import Reader
from reports.cells import Cell, Figure, FigureTable
from reports.figures import figure_table
from reports.indicators import Period
from reports.places import Place
from reports.small_cells import Hidden


@dataclass(frozen=True)
class Compared:
    """One figure at the places below a place, with the whole at the end. `most` scales the bars."""

    whole: Cell
    parts: list[Cell]

    @property
    def most(self) -> int:
        return max((part.count or 0 for part in self.parts), default=0)


@dataclass(frozen=True)
class Breakdown:
    """One figure at one place, by the values of a dimension, with the whole at the end."""

    whole: Cell
    parts: list[Cell]

    @property
    def most(self) -> int:
        return max((part.count or 0 for part in self.parts), default=0)

    @property
    def shares(self) -> list[tuple[Cell, float | None]]:
        """Each part with its percentage of the whole; None where that is hidden, zero or not a count."""
        whole = self.whole.count
        return [
            (part, 100 * part.count / whole if whole and part.count is not None else None)
            for part in self.parts
        ]


def broken_down(
    figure: Figure, place: Place, period: Period, *, seat: Reader, day: date | None = None
) -> Breakdown:
    """The figure at the place, part by part. Raises `PartsDiffer`. One query for the parts, one for the
    whole."""
    whole = figure.indicator.code
    table = figure_table([figure.name, whole], [place], period, seat=seat, day=day)
    return Breakdown(table.cell(whole), table.split_cells(figure.name))


def months_up_to(month: Month, number: int) -> list[Month]:
    """So many months ending with this one, oldest first."""
    months = [month]
    while len(months) < number:
        months.insert(0, months[0].previous())
    return months


def figure_rows(table: FigureTable) -> tuple[list[str | Promise], Iterator[list[Any]]]:
    """The table as header and rows: one row a figure and place, with denominator, coverage and state."""
    header: list[str | Promise] = [
        _("Code"),
        _("Area"),
        _("Indicator"),
        _("Figure"),
        _("Unit"),
        _("Value"),
        _("Of"),
        _("Villages that reported"),
        _("Villages expected"),
        _("Villages with a late return"),
        _("Enough to compare"),
        _("State"),
    ]
    return header, (_row(cell) for _place, cells in table for cell in cells)


def _row(cell: Cell) -> list[Any]:
    small = cell.hidden == Hidden.SMALL
    return [
        cell.place.code,
        cell.place.name,
        cell.indicator.code,
        cell.indicator.label,
        str(cell.indicator.unit),
        "<5" if small else cell.count,
        cell.over,
        cell.coverage.reported,
        cell.coverage.expected,
        cell.coverage.late,
        _("No") if cell.is_thin else _("Yes"),
        _("hidden") if cell.hidden else cell.state.label,
    ]
