"""Reads of the calendar: what was planned, and what was held, of all pillars."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.urls import reverse

from periods.month import Month
from pillars.access import visible_activities, visible_mentoring, visible_sessions, visible_trainings
from pillars.child_access import visible_carer_sessions, visible_child_sessions
from pillars.enums import Pillar
from pillars.happenings import Happening, happenings
from pillars.models import PlannedActivity
from villages.access import Seat
from villages.models import Village


def session_happenings(seat: Seat, village: str, first: date, last: date) -> Iterator[Happening]:
    """Public sessions held in these days."""
    for row in visible_sessions(seat).filter(village=village, held_on__range=(first, last)):
        url = reverse("pillars:outreach-detail", args=[row.pk])
        yield Happening(row.held_on, Pillar.SERVICE_CENTRE, row.get_topic_display(), row.place, url)


def training_happenings(seat: Seat, village: str, first: date, last: date) -> Iterator[Happening]:
    """Trainings that began in these days."""
    for row in visible_trainings(seat).filter(village=village, first_on__range=(first, last)):
        url = reverse("pillars:training-detail", args=[row.pk])
        yield Happening(row.first_on, Pillar.PRODUCTIVE_BUSINESS, row.title, row.place, url)


def mentoring_happenings(seat: Seat, village: str, first: date, last: date) -> Iterator[Happening]:
    """Mentoring visits in these days; whom they were for stands on their page."""
    for row in visible_mentoring(seat).filter(village=village, visited_on__range=(first, last)):
        url = reverse("pillars:mentoring-detail", args=[row.pk])
        yield Happening(row.visited_on, Pillar.PRODUCTIVE_BUSINESS, row.topic, "", url)


def child_session_happenings(seat: Seat, village: str, first: date, last: date) -> Iterator[Happening]:
    """Sessions with children in these days, for who may know of them."""
    rows = visible_child_sessions(seat).filter(village=village, held_on__range=(first, last))
    for row in rows.select_related("centre"):
        url = reverse("pillars:child-session-detail", args=[row.pk])
        yield Happening(
            row.held_on, Pillar.COMMUNITY_PARENTING, row.get_theme_display(), row.centre.name, url
        )


def carer_session_happenings(seat: Seat, village: str, first: date, last: date) -> Iterator[Happening]:
    """Classes for carers in these days, for who may know of them."""
    for row in visible_carer_sessions(seat).filter(village=village, held_on__range=(first, last)):
        url = reverse("pillars:carer-session-detail", args=[row.pk])
        yield Happening(row.held_on, Pillar.COMMUNITY_PARENTING, row.get_topic_display(), row.place, url)


@dataclass
class Day:
    """One day of the calendar. `within` False: a day of the month before or after, to fill the week."""

    day: date
    within: bool
    planned: list[PlannedActivity] = field(default_factory=list)
    held: list[Happening] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many things stand on the day."""
        return len(self.planned) + len(self.held)


@dataclass(frozen=True)
class MonthOfActivities:
    """A month as weeks from Monday to Sunday."""

    weeks: list[list[Day]]

    @property
    def days(self) -> list[Day]:
        """The days of the month on which there is something."""
        return [day for week in self.weeks for day in week if day.within and day.count]

    @property
    def planned(self) -> list[PlannedActivity]:
        """Every line of the plan of the month that was not dropped."""
        return [row for day in self.days for row in day.planned if not row.dropped_why]


def month_of_activities(seat: Seat, village: Village, month: Month) -> MonthOfActivities:
    """What a village planned for the month and what its pillars held in it.

    A planned line that was held is shown on the day it was held; it is left out when its pillar's own record
    of that day stands there. Queries: 1 and one for each teller.
    """
    first, last = month.first_day, month.last_day
    held: dict[date, list[Happening]] = defaultdict(list)
    for each in happenings(seat, village.code, first, last):
        held[each.day].append(each)
    planned: dict[date, list[PlannedActivity]] = defaultdict(list)
    rows = visible_activities(seat).filter(village=village, planned_on__range=(first, last))
    for row in rows.order_by("planned_on", "starts_at", "pk"):
        told = {each.pillar for each in held[row.held_on]} if row.held_on else set()
        if row.pillar not in told:
            planned[row.held_on if row.held_on and month.contains(row.held_on) else row.planned_on].append(
                row
            )
    weeks = calendar.Calendar().monthdatescalendar(month.year, month.month)
    return MonthOfActivities(
        [[Day(day, month.contains(day), planned[day], held[day]) for day in week] for week in weeks]
    )


def activity_like(seat: Seat, key: UUID | None) -> PlannedActivity | None:
    """An activity of the own village to begin from, or to write down as held; None for any other key."""
    if key is None:
        return None
    row: PlannedActivity | None = visible_activities(seat).filter(village=seat.village_id, pk=key).first()
    return row
