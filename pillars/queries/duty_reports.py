"""Reads about duty reports, and the stipends that follow from countersigned ones alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Permission
from migrants.enums import Channel, TaskStatus
from migrants.models import Task
from migrants.queries.visits import visits_logged
from periods.month import Month
from pillars.access import visible_duty_reports
from pillars.enums import DutyKind, DutyReportStatus
from pillars.models import DutyReport, SessionOfficer
from pillars.queries.duty import days_by_kind
from villages.access import Seat
from villages.models import OfficerAssignment, PlacedQuerySet, Village

MONTHS_TO_MAKE = 3


def duty_counts(officer: User, village: Village, month: Month) -> dict[str, Any]:
    """What the log says an officer did in the village in the month. Queries: 4.

    services: visits the officer logged, by their day, not withdrawn; home_visits: those made at a home;
    sessions: public sessions the officer held; tasks: tasks the officer finished, in the village's calendar;
    days: duty days the officer confirmed, by kind, kinds without a day too.
    """
    visits = visits_logged(month.first_day, month.last_day).filter(village=village, logged_by=officer)
    at_home = Count("pk", filter=Q(channel=Channel.HOME_VISIT))
    counted = visits.order_by().aggregate(services=Count("pk"), home_visits=at_home)
    held = SessionOfficer.objects.filter(
        officer=officer,
        session__village=village,
        session__held_on__range=(month.first_day, month.last_day),
        session__withdrawn_at__isnull=True,
    )
    zone = ZoneInfo(village.zone)
    first = datetime.combine(month.first_day, time.min, tzinfo=zone)
    after = datetime.combine(month.last_day + timedelta(days=1), time.min, tzinfo=zone)
    finished = Task.objects.filter(
        village=village, ended_by=officer, status=TaskStatus.DONE, ended_at__gte=first, ended_at__lt=after
    )
    said = {row.kind: row.days for row in days_by_kind([village.code], month) if row.officer == officer.pk}
    return {
        **counted,
        "sessions": held.count(),
        "tasks": finished.count(),
        "days": {kind.value: said.get(kind.value, 0) for kind in DutyKind},
    }


def assignment_in(officer: User, village: Village, month: Month) -> OfficerAssignment | None:
    """The officer's assignment to the village in the month, the later of two; None when there was none."""
    rows = OfficerAssignment.objects.filter(
        user=officer, village=village, starts_on__lte=month.last_day, ends_on__gte=month.first_day
    )
    return rows.order_by("-starts_on").first()


def months_of_term(starts_on: date, ends_on: date) -> int:
    """How many months a term has, a begun one counted whole: 1 January 2024 to 31 December 2026 gives 36."""
    after = ends_on + timedelta(days=1)
    months = (after.year - starts_on.year) * 12 + after.month - starts_on.month
    return months + (after.day > starts_on.day)


@dataclass(frozen=True)
class ReportLine:
    """A duty report as a list shows it."""

    id: UUID
    name: str
    hint: str
    standing: tuple[str, str]
    crossed: bool = False


def reports_in_list(seat: Seat, *, waiting: bool = False) -> QuerySet[DutyReport]:
    """The duty reports of the place, with officer and village; `waiting`: only those to be countersigned."""
    rows = visible_duty_reports(seat).select_related("officer", "village")
    return rows.filter(status=DutyReportStatus.MADE) if waiting else rows


def line_of(row: DutyReport, *, show_village: bool) -> ReportLine:
    """One report as a line."""
    hint = f"{row.village} · {row.period.label}" if show_village else row.period.label
    kind = "done" if row.is_frozen else "now"
    return ReportLine(row.pk, row.officer.full_name, hint, (kind, str(DutyReportStatus(row.status).label)))


def months_to_make(seat: Seat, today: date) -> list[Month]:
    """The months that are over, the newest first, of which the officer may make a report; none for others."""
    if seat.village is None or not seat.may(Permission.LOG_RECORDS):
        return []
    frozen = set(
        DutyReport.objects.filter(officer=seat.user, status=DutyReportStatus.COUNTERSIGNED).values_list(
            "month", flat=True
        )
    )
    months, month = [], Month.current(today)
    for _turn in range(MONTHS_TO_MAKE):
        month = month.previous()
        if month.first_day not in frozen:
            months.append(month)
    return months


def facts_of(row: DutyReport) -> list[tuple[str, int]]:
    """The numbers of a report with their words, in their order."""
    counts = row.counts
    return [
        (_("Services logged"), counts["services"]),
        (_("Home visits"), counts["home_visits"]),
        (_("Public sessions"), counts["sessions"]),
        (_("Tasks finished"), counts["tasks"]),
        *[(str(DutyKind(kind).label), days) for kind, days in counts["days"].items()],
    ]


# --- stipends ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class StipendLine:
    """One stipend of a month. `paid`: which month of the term it is that is paid, of `term` months."""

    report: DutyReport
    paid: int

    @property
    def term(self) -> int:
        assignment = self.report.assignment
        return months_of_term(assignment.starts_on, assignment.ends_on)


def stipends(month: Month) -> PlacedQuerySet:
    """The countersigned reports of the month, nationwide, each with `paid`: how many months of the same
    assignment are countersigned up to it. Narrow with `.visible_to(seat)`."""
    earlier = DutyReport.objects.filter(
        assignment=OuterRef("assignment"), status=DutyReportStatus.COUNTERSIGNED, month__lte=OuterRef("month")
    )
    counted = earlier.order_by().values("assignment").annotate(n=Count("pk")).values("n")
    rows: PlacedQuerySet = DutyReport.objects.filter(
        month=month.first_day, status=DutyReportStatus.COUNTERSIGNED
    )
    listed: PlacedQuerySet = rows.annotate(paid=Subquery(counted, output_field=IntegerField()))
    return listed.select_related("officer", "assignment", "village", "district")


def stipend_rows(seat: Seat, month: Month) -> QuerySet[Any]:
    """The stipend list of the seat's place; none for who does not manage officers."""
    if not seat.may(Permission.MANAGE_OFFICERS):
        return DutyReport.objects.none()
    return stipends(month).visible_to(seat)


def stipend_lines(rows: Iterable[Any]) -> list[StipendLine]:
    """Rows of `stipends` as lines."""
    return [StipendLine(row, row.paid) for row in rows]


def stipend_total(rows: QuerySet[Any]) -> int:
    """The sum of a stipend list in rupiah."""
    return int(rows.order_by().aggregate(total=Sum("stipend_rupiah", default=0))["total"])


def stipend_of(report: DutyReport) -> StipendLine | None:
    """The line of the stipend list that the report stands in, for its officer; None before it is
    countersigned."""
    row = stipends(report.period).filter(pk=report.pk).first()
    return StipendLine(row, row.paid) if row else None
