"""What the pages of the province and the ministry show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from periods.month import Month, Year
from reports.access import own_place, places_below, visible_editions
from reports.cells import Cell, FigureTable
from reports.figures import FigureSeries, figure_series, figure_table
from reports.models import ReportEdition
from reports.places import Place
from reports.queries.overview import Compared, months_up_to
from reports.queries.queues import QUEUES, QueueLine, queue_line
from reports.queries.rollout import Rollout, rollout
from villages.access import Seat

MONTHS = 6
EDITIONS = 5
FIGURES = (
    "officers_in_post",
    "visits",
    "registrations",
    "departures",
    "departures_non_procedural",
    "open_cases",
    "restricted_cases",
    "outreach_sessions",
    "business_groups",
    "businesses",
    "businesses_export_ready",
    "aid_in_use",
    "learning_centres",
    "children_served",
    "child_sessions",
    "villages_silent",
)


@dataclass(frozen=True)
class AbovePage:
    """Everything on the page of a province or the ministry. `stuck`: None for who may not see the queue."""

    place: Place
    stuck: QueueLine | None
    rollout: Rollout
    spread: Compared
    table: FigureTable
    visits: FigureSeries
    departures: FigureSeries
    editions: QuerySet[ReportEdition]

    @property
    def by_code(self) -> dict[str, int]:
        """Villages designated by code of the place below, for the tile map."""
        return {cell.place.code: cell.count or 0 for cell in self.spread.parts}

    @property
    def sorted_parts(self) -> list[Cell]:
        """The places below, most villages first."""
        return sorted(self.spread.parts, key=lambda cell: (-(cell.count or 0), cell.place.name))


def above_page(seat: Seat, today: date) -> AbovePage:
    """The page of the seat's province or of the nation as of today: this year so far."""
    place, stuck = own_place(seat), QUEUES["stuck-cases"]
    below = places_below(seat, place)
    year = Year.current(today)
    months = months_up_to(Month.current(today), MONTHS)
    spread = figure_table(["villages_designated"], [place, *below], year, seat=seat, coverage=False)
    whole, *parts = spread.column("villages_designated")
    return AbovePage(
        place=place,
        stuck=queue_line(stuck, seat, today) if seat.may(stuck.needs) else None,
        rollout=rollout(place, year, seat=seat),
        spread=Compared(whole, parts),
        table=figure_table(FIGURES, [place], year, seat=seat, today=today),
        visits=figure_series("visits", place, months, seat=seat),
        departures=figure_series("departures:procedural", place, months, seat=seat),
        editions=visible_editions(seat).with_successor().prefetch_related("files")[:EDITIONS],
    )
