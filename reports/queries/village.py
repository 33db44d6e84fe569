"""What the village's own page shows of the month: counts against the month before, and the pillars."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from periods.month import Month
from reports.access import own_place
from reports.cells import Cell, FigureTable
from reports.figures import Asked, figure_tables
from reports.places import Place
from reports.queries.cooperatives import cooperative_tiles, cooperatives_asked
from villages.access import Seat

FLOWS = ("visits", "registrations", "departures")
MONTH = (*FLOWS, "registrations:sex", "departures:procedural", "open_cases")
PILLARS = (
    "outreach_sessions",
    "business_groups",
    "businesses",
    "aid_in_use",
    "learning_centres",
    "child_sessions",
)


@dataclass(frozen=True)
class VillageMonth:
    """The village's figures of this month, those of the month before beside them."""

    place: Place
    table: FigureTable
    before: FigureTable
    cooperatives: list[Cell]

    def known(self, figure: str) -> list[Cell]:
        """The parts of a broken-down figure that are not zero."""
        return [cell for cell in self.table.split_cells(figure) if cell.count]

    @property
    def sexes(self) -> list[Cell]:
        return self.known("registrations:sex")

    @property
    def paths(self) -> list[Cell]:
        return self.known("departures:procedural")

    @property
    def pillars(self) -> list[Cell]:
        return [self.table.cell(figure) for figure in PILLARS if figure in self._names]

    @property
    def _names(self) -> set[str]:
        return {figure.name for figure in self.table.figures}


def village_month(seat: Seat, today: date, *, pillars: bool = False) -> VillageMonth:
    """The figures of the seat's village this month and last, those of the pillars when asked. One query."""
    place = own_place(seat)
    month = Month.current(today)
    asked = [
        Asked((*MONTH, *PILLARS) if pillars else MONTH, [place], month, coverage=False),
        Asked(FLOWS, [place], month.previous(), coverage=False),
        *(cooperatives_asked(place, today) if pillars else ()),
    ]
    table, before, *books = figure_tables(asked, seat=seat, today=today)
    return VillageMonth(place, table, before, cooperative_tiles(*books) if pillars else [])
