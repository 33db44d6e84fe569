"""Reads about sessions with children and classes for carers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from migrants.enums import Sex
from periods.month import Month
from pillars.child_access import visible_carer_sessions, visible_child_sessions
from pillars.models import Attendance, CarerSession, Child, ChildSession, LearningCentre
from pillars.queries.children import children_of
from villages.access import Seat


def sessions_listed(seat: Seat, centre: LearningCentre) -> QuerySet[ChildSession]:
    """Sessions of a centre, each with `came` and `listed`."""
    return (
        visible_child_sessions(seat)
        .filter(centre=centre)
        .annotate(came=Count("roll", filter=Q(roll__present=True)), listed=Count("roll"))
    )


def last_session(centre: LearningCentre) -> ChildSession | None:
    """The latest session of the centre with who led it and who was there; None when there is none."""
    rows = ChildSession.objects.standing().filter(centre=centre).order_by("-held_on", "-id")
    return rows.prefetch_related("leaders", "roll").first()


def roll_of(session: ChildSession) -> list[Attendance]:
    """The roll of a session by pseudonym."""
    return list(session.roll.select_related("child").order_by("child__pseudonym", "child_id"))


def carer_sessions_listed(seat: Seat) -> QuerySet[CarerSession]:
    """Classes for carers, each with `women` and `men` present."""
    return _with_heads(visible_carer_sessions(seat))


def carer_session_counted(session: CarerSession) -> CarerSession:
    """The same class, a withdrawn one too, with `women` and `men` present."""
    return _with_heads(CarerSession.objects.filter(pk=session.pk)).get()


def _with_heads(rows: QuerySet[CarerSession]) -> QuerySet[CarerSession]:
    counted: QuerySet[CarerSession] = rows.annotate(
        women=Count("present", filter=Q(present__sex=Sex.FEMALE)),
        men=Count("present", filter=Q(present__sex=Sex.MALE)),
    )
    return counted


@dataclass(frozen=True)
class MonthSheet:
    """One month of a centre: its sessions, and for each child whether it was there ("", "yes", "no")."""

    month: Month
    sessions: list[ChildSession]
    lines: list[tuple[Child, list[str], int]]

    @property
    def totals(self) -> list[int]:
        """How many came to each session."""
        return [
            sum(marks[column] == "yes" for _child, marks, _came in self.lines)
            for column in range(len(self.sessions))
        ]


def month_sheet(centre: LearningCentre, month: Month) -> MonthSheet:
    """Who came when in a month; children who stood on a roll or stand on the list now. Queries: 3."""
    within = (month.first_day, month.last_day)
    sessions = list(
        centre.sessions.filter(held_on__range=within, withdrawn_at__isnull=True).order_by("held_on", "id")
    )
    marks = {
        (row.child_id, row.session_id): "yes" if row.present else "no"
        for row in Attendance.objects.filter(session__in=sessions)
    }
    known = Q(pk__in=[child for child, _session in marks]) | Q(centre=centre, left_on__isnull=True)
    children = Child.objects.filter(known).order_by("pseudonym", "id")
    return MonthSheet(month, sessions, [_line(child, sessions, marks) for child in children])


def _line(
    child: Child, sessions: Iterable[ChildSession], marks: dict[tuple[UUID, UUID], str]
) -> tuple[Child, list[str], int]:
    own = [marks.get((child.pk, session.pk), "") for session in sessions]
    return child, own, own.count("yes")


def on_list(centre: LearningCentre, day: date) -> list[Child]:
    """The children who stood on the list of the centre on that day, by pseudonym."""
    return list(children_of(centre, on=day))
