"""Reads about the service centre and the duty record of the officers."""

from __future__ import annotations

import calendar
from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from migrants.enums import Channel
from migrants.queries.visits import visits_logged
from periods.month import Month
from pillars.access import visible_service_centres
from pillars.duty_rules import proposed_kind
from pillars.enums import DutyKind
from pillars.models import DutyDay, DutyPlan, ServiceCentre, SessionOfficer
from villages.access import Seat
from villages.models import OfficerAssignment, Village


class DutyCount(NamedTuple):
    """So many days of a kind an officer said of a month."""

    village: str
    officer: UUID
    kind: str
    days: int


def days_by_kind(villages: Collection[str], month: Month) -> list[DutyCount]:
    """How many days of each kind each officer of these villages said of the month; kinds without a day are
    left out. What the log only proposes does not count. Queries: 1 for any number of villages."""
    rows = DutyDay.objects.filter(village__in=villages, day__range=(month.first_day, month.last_day))
    counted = rows.values_list("village_id", "officer_id", "kind").annotate(days=Count("pk"))
    return [DutyCount(*row) for row in counted.order_by("village_id", "officer_id", "kind")]


def proposals(
    village: str, officers: Collection[UUID], first: date, last: date
) -> dict[tuple[UUID, date], DutyKind]:
    """What the log proposes of each officer's days: those with visits logged by the officer or sessions the
    officer held. Queries: 2."""
    visits = visits_logged(first, last).filter(village=village, logged_by__in=officers)
    seen: dict[tuple[UUID, date], list[int]] = defaultdict(lambda: [0, 0, 0])
    at_home = Count("pk", filter=Q(channel=Channel.HOME_VISIT))
    for officer, day, count, home in visits.values_list("logged_by", "visited_on").annotate(
        count=Count("pk"), home=at_home
    ):
        seen[officer, day][:2] = [count, home]
    held = SessionOfficer.objects.filter(
        officer__in=officers,
        session__village=village,
        session__held_on__range=(first, last),
        session__withdrawn_at__isnull=True,
    )
    for officer, day in held.values_list("officer", "session__held_on"):
        seen[officer, day][2] += 1
    return {key: proposed_kind(*counts) for key, counts in seen.items()}


@dataclass(frozen=True)
class DutyCell:
    """One day of one officer. `kind`: what was said; `proposed`: what the log proposes while nothing was;
    `planned`: what the week plan says of a day to come. `serves` False: no day of theirs here."""

    day: date
    kind: DutyKind | None
    proposed: DutyKind | None
    planned: str
    serves: bool

    @property
    def label(self) -> str:
        """The one thing to show."""
        found = self.kind or self.proposed
        return str(found.label) if found else ""

    @property
    def letter(self) -> str:
        """The same in one letter; of a day to come what the week plan says, in brackets."""
        if self.kind:
            return self.kind.letter
        if self.proposed:
            return f"{self.proposed.letter}?"
        return f"({DutyKind(self.planned).letter})" if self.planned in ("desk", "field") else ""


@dataclass(frozen=True)
class DutyLine:
    """An officer's month."""

    officer: User
    cells: list[DutyCell]

    @property
    def counts(self) -> list[tuple[DutyKind, int]]:
        """Days said of each kind, kinds without a day too."""
        found = Counter(cell.kind for cell in self.cells)
        return [(kind, found[kind]) for kind in DutyKind]

    @property
    def open(self) -> int:
        """How many days the log proposes and nobody has confirmed."""
        return sum(cell.kind is None and cell.proposed is not None for cell in self.cells)


def duty_month(village: Village, month: Month, today: date) -> list[DutyLine]:
    """The month of each officer who serves in the village in it, by place of office. Queries: 5."""
    terms = OfficerAssignment.objects.filter(
        village=village, starts_on__lte=month.last_day, ends_on__gte=month.first_day
    ).select_related("user")
    serving: dict[UUID, list[OfficerAssignment]] = defaultdict(list)
    for term in terms.order_by("slot", "starts_on"):
        serving[term.user_id].append(term)
    days = [month.first_day + timedelta(days=n) for n in range(month.last_day.day)]
    said = {
        (row.officer_id, row.day): DutyKind(row.kind)
        for row in DutyDay.objects.filter(village=village, day__range=(days[0], days[-1]))
    }
    planned = {(row.officer_id, row.weekday): row.kind for row in DutyPlan.objects.filter(village=village)}
    proposed = proposals(village.code, list(serving), days[0], min(days[-1], today))

    def cell(officer: UUID, day: date) -> DutyCell:
        return DutyCell(
            day,
            said.get((officer, day)),
            proposed.get((officer, day)),
            planned.get((officer, day.weekday()), "") if day > today else "",
            any(term.starts_on <= day <= term.ends_on for term in serving[officer]),
        )

    return [
        DutyLine(terms_of[0].user, [cell(officer, day) for day in days])
        for officer, terms_of in serving.items()
    ]


def weeks_of(line: DutyLine) -> list[list[DutyCell | None]]:
    """The cells of a month as weeks from Monday to Sunday; None before the first and after the last day."""
    by_day = {cell.day: cell for cell in line.cells}
    first = line.cells[0].day
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    return [[by_day.get(day) for day in week] for week in weeks]


def service_centres(seat: Seat | None) -> QuerySet[ServiceCentre]:
    """The service centres of the seat's place that were described, with their villages."""
    return visible_service_centres(seat).select_related("village")


def own_centre(seat: Seat) -> ServiceCentre | None:
    """The service centre of the seat's village; None before anybody described it, and above the village."""
    if seat.village_id is None:
        return None
    return visible_service_centres(seat).filter(village=seat.village_id).first()


def plan_of(village: Village | str) -> dict[tuple[UUID, int], str]:
    """What the week plan says of each officer and weekday."""
    rows = DutyPlan.objects.filter(village=village)
    return {(row.officer_id, row.weekday): row.kind for row in rows}


def days_of(seat: Seat) -> QuerySet[DutyDay]:
    """Every day of the duty record of the seat's officer in the seat's place."""
    rows: QuerySet[DutyDay] = DutyDay.objects.visible_to(seat).filter(officer=seat.user)
    return rows


def duty_of(seat: Seat, day: date) -> DutyDay | None:
    """What the seat's officer said of a day."""
    return DutyDay.objects.filter(officer=seat.user, day=day).first()
