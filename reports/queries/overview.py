"""One figure compared between places, and a whole table of figures as rows for a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from periods.month import Month
from reports.access import Reader
from reports.cells import Cell, FigureTable
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


def months_up_to(month: Month, number: int) -> list[Month]:
    """So many months ending with this one, oldest first."""
    months = [month]
    while len(months) < number:
        months.insert(0, months[0].previous())
    return months


def compared(
    figure: str, place: Place, below: Sequence[Place], period: Period, *, seat: Reader
) -> Compared | None:
    """The figure at each place below; None when there is none."""
    if not below:
        return None
    table = figure_table([figure], [place, *below], period, seat=seat)
    whole, *parts = table.column(figure)
    return Compared(whole, parts)


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
        _("Villages that logged"),
        _("Villages expected"),
        _("State"),
    ]
    return header, (_row(cell) for _place, cells in table for cell in cells)


def _row(cell: Cell) -> list[Any]:
    small = cell.hidden == Hidden.SMALL
    state = _("hidden") if cell.hidden else _("provisional") if cell.provisional else _("settled")
    return [
        cell.place.code,
        cell.place.name,
        cell.indicator.code,
        cell.indicator.label,
        cell.indicator.unit,
        "<5" if small else cell.count,
        cell.over,
        cell.coverage.reported,
        cell.coverage.expected,
        state,
    ]
