"""What the pages of the province and the ministry show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from periods.month import Month, Year
from reports.access import own_place, places_below, visible_editions
from reports.cells import Cell, FigureTable
from reports.figures import Asked, FigureSeries, figure_series, figure_tables
from reports.models import ReportEdition
from reports.places import Place
from reports.queries.cooperatives import cooperative_tiles, cooperatives_asked
from reports.queries.overview import Compared, months_up_to
from reports.queries.queues import QUEUES, QueueLine, queue_line
from reports.queries.reach import Reached, reach
from reports.queries.rollout import Rollout, rollout, rollout_asked
from villages.access import Seat

MONTHS = 12
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
    "villages_with_services",
    "villages_with_business",
    "villages_with_parenting",
    "villages_with_books",
)
SHARE = "departures_non_procedural"


@dataclass(frozen=True)
class Trend:
    """The non-procedural share of departures: this year, last year, and month by month."""

    now: Cell
    before: Cell
    series: FigureSeries

    @property
    def change(self) -> float | None:
        """Points more than last year, negative when fewer; None when either is not known."""
        if self.now.share is None or self.before.share is None:
            return None
        return self.now.share - self.before.share

    @property
    def points(self) -> list[tuple[str, float | None]]:
        """Each month with its share; None for one without departures."""
        return [(month.label, _share(cells)) for month, cells in self.series]

    @property
    def is_drawn(self) -> bool:
        """A line needs five points in time."""
        return sum(share is not None for _month, share in self.points) >= 5


def _share(cells: Sequence[Cell]) -> float | None:
    counts = {cell.value: cell.count or 0 for cell in cells}
    whole = sum(counts.values())
    return 100 * counts.get("non_procedural", 0) / whole if whole else None


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
    share: Trend
    reach: list[Reached]
    cooperatives: list[Cell]
    editions: QuerySet[ReportEdition]

    @property
    def pillars(self) -> list[Cell]:
        """In how many villages each pillar is at work, in the order of the pillars."""
        return [self.table.cell(figure) for figure in FIGURES if figure.startswith("villages_with_")]

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
    spread, cohorts, table, before, *books = figure_tables(
        [
            Asked(["villages_designated"], [place, *below], year, coverage=False),
            rollout_asked(place, year),
            Asked(FIGURES, [place], year),
            Asked([SHARE], [place], year.previous(), coverage=False),
            *cooperatives_asked(place, today),
        ],
        seat=seat,
        today=today,
    )
    whole, *parts = spread.column("villages_designated")
    visits, departures = figure_series(["visits", "departures:procedural"], place, months, seat=seat)
    return AbovePage(
        place=place,
        stuck=queue_line(stuck, seat, today) if seat.may(stuck.needs) else None,
        rollout=(rolled := rollout(place, cohorts)),
        spread=Compared(whole, parts),
        table=table,
        visits=visits,
        departures=departures,
        share=Trend(table.cell(SHARE), before.cell(SHARE), departures),
        reach=reach(place, year, rolled.targets, seat=seat),
        cooperatives=cooperative_tiles(*books),
        editions=visible_editions(seat).with_successor().prefetch_related("files")[:EDITIONS],
    )
