"""What the district page shows: queues with what is oldest in them, figures, and the villages one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.roles import Permission
from periods.month import Month
from reports.access import own_place, places_below
from reports.cells import Cell, FigureTable
from reports.figures import Asked, FigureSeries, figure_series, figure_tables, rows_behind
from reports.places import Place
from reports.queries.cooperatives import cooperative_tiles, cooperatives_asked
from reports.queries.overview import months_up_to
from reports.queries.queues import QUEUES, QueueLine, queue_line, waits
from reports.queries.villages import last_logged
from villages.access import Seat

MONTHS = 6
MOST_NAMED = 3
FIGURES = (
    "visits",
    "registrations",
    "departures",
    "departures_non_procedural",
    "open_cases",
    "restricted_cases",
    "officers_in_post",
    "outreach_sessions",
    "businesses",
    "children_served",
    "child_sessions",
    "aid_in_use",
    "idle_cases",
    "referrals_waiting",
    "officer_gaps",
    "assignments_ending",
    "villages_silent",
)
SERIES = ("visits", "registrations", "departures:procedural")


@dataclass(frozen=True)
class VillageLine:
    """One village: its figures of the month and when it last wrote anything down."""

    place: Place
    officers: Cell
    visits: Cell
    registrations: Cell
    open_cases: Cell
    last: date | None
    silent: bool


@dataclass(frozen=True)
class DistrictPage:
    """Everything on the district's page."""

    place: Place
    table: FigureTable
    queues: list[QueueLine]
    visits: FigureSeries
    registrations: FigureSeries
    departures: FigureSeries
    cooperatives: list[Cell]
    villages: list[VillageLine]

    @property
    def waiting(self) -> int:
        """How many things wait in all queues."""
        return sum(line.count for line in self.queues)


def district_page(seat: Seat, today: date) -> DistrictPage:
    """The page of the seat's district as of today. The number of queries does not grow with the villages."""
    place = own_place(seat)
    villages = places_below(seat, place)
    month = Month.current(today)
    asked = [Asked(FIGURES, [place, *villages], month), *cooperatives_asked(place, today)]
    table, *books = figure_tables(asked, seat=seat, today=today)
    latest = last_logged([village.code for village in villages], today)
    series = figure_series(SERIES, place, months_up_to(month, MONTHS), seat=seat, today=today)
    visits, registrations, departures = series
    return DistrictPage(
        place=place,
        table=table,
        queues=sorted(_queues(seat, table, latest, today), key=lambda line: (-line.days, str(line.label))),
        visits=visits,
        registrations=registrations,
        departures=departures,
        cooperatives=cooperative_tiles(*books),
        villages=[_village(village, table, latest) for village in villages],
    )


def _village(village: Place, table: FigureTable, latest: dict[str, date | None]) -> VillageLine:
    return VillageLine(
        place=village,
        officers=table.cell("officers_in_post", village),
        visits=table.cell("visits", village),
        registrations=table.cell("registrations", village),
        open_cases=table.cell("open_cases", village),
        last=latest.get(village.code),
        silent=bool(table.cell("villages_silent", village).count),
    )


def _queues(
    seat: Seat, table: FigureTable, latest: dict[str, date | None], today: date
) -> Iterator[QueueLine]:
    if seat.may(Permission.ANSWER_REFERRALS):
        yield queue_line(QUEUES["referrals"], seat, today)
        yield queue_line(QUEUES["unanswered-referrals"], seat, today)
        yield queue_line(QUEUES["late-cases"], seat, today)
        yield queue_line(QUEUES["idle-cases"], seat, today)
    else:
        referrals, idle = table.cell("referrals_waiting"), table.cell("idle_cases")
        yield _counted(referrals, _oldest(referrals, "sent_on", seat), today)
        yield _counted(idle, _oldest(idle, "last_action_on", seat), today)
    if seat.may(Permission.SEE_RETURNS):
        yield queue_line(QUEUES["returns"], seat, today)
        yield queue_line(QUEUES["duty-reports"], seat, today)
    yield _gaps(table)
    yield _ending(table, seat, today)
    yield _silent(table, latest, today)


def _counted(cell: Cell, oldest: date | None, today: date) -> QueueLine:
    """A queue of records somebody sees without names: the figure itself."""
    count = cell.count or 0
    days = (today - oldest).days if oldest else 0
    return QueueLine(
        count, cell.indicator.label, str(cell.indicator.counts), cell.href, *waits(count, days), days
    )


def _oldest(cell: Cell, field: str, seat: Seat) -> date | None:
    rows = rows_behind(cell.figure.name, cell.place, cell.period, seat=seat)
    day: date | None = rows.order_by(field).values_list(field, flat=True).first()
    return day


def _gaps(table: FigureTable) -> QueueLine:
    cell = table.cell("officer_gaps")
    count = cell.count or 0
    tag = ("warn", _("Needs an officer")) if count else waits(0, 0)
    return QueueLine(count, cell.indicator.label, _names(table, "officer_gaps"), cell.href, *tag, 0)


def _ending(table: FigureTable, seat: Seat, today: date) -> QueueLine:
    cell = table.cell("assignments_ending")
    first = _oldest(cell, "ends_on", seat)
    if first is None:
        return QueueLine(0, cell.indicator.label, "", cell.href, *waits(0, 0), 0)
    left = (first - today).days
    words = ngettext("%(days)s day left", "%(days)s days left", left) % {"days": left}
    hint = _names(table, "assignments_ending")
    return QueueLine(cell.count or 0, cell.indicator.label, hint, cell.href, "warn", words, 0)


def _silent(table: FigureTable, latest: dict[str, date | None], today: date) -> QueueLine:
    cell = table.cell("villages_silent")
    _district, *villages = table.column("villages_silent")
    silent = [part.place.code for part in villages if part.count]
    days = max(((today - last).days for code in silent if (last := latest.get(code))), default=0)
    tag = ("late", waits(1, days)[1] if days else _("Never wrote")) if silent else waits(0, 0)
    return QueueLine(
        cell.count or 0, cell.indicator.label, _names(table, "villages_silent"), cell.href, *tag, days
    )


def _names(table: FigureTable, figure: str) -> str:
    """The villages a figure counts, three of them by name."""
    _district, *villages = table.column(figure)
    named = [cell.place.name for cell in villages if cell.count]
    more = len(named) - MOST_NAMED
    words = ", ".join(named[:MOST_NAMED])
    if more <= 0:
        return words
    return ngettext("%(names)s and %(more)s other", "%(names)s and %(more)s others", more) % {
        "names": words,
        "more": more,
    }
