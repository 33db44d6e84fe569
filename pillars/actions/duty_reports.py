"""An officer makes the duty report of a month with one tap; the district countersigns it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.roles import Level, Permission
from accounts.rules import NotPermitted
from audit.actions import record
from migrants.case_states import IllegalStep
from periods.clock import today_in
from periods.month import Month
from pillars import events
from pillars.duty_report_states import Way, check_can_report, moved
from pillars.models import DutyReport
from pillars.queries.duty_reports import assignment_in, duty_counts
from pillars.rules import check_can_log
from villages.access import Seat
from villages.holding import hold_person


@transaction.atomic
def make_duty_report(*, by: Seat, month: Month) -> DutyReport:
    """The seat's officer has a duty report of the month with what the log says now; made again, it is
    counted anew.

    Raises NotPermitted for somebody who did not serve here in the month; `IllegalStep` while the month runs,
    before any duty day is confirmed, and once the report is countersigned. Records `duty_report.made`.
    """
    check_can_log(by)
    assert by.village is not None
    hold_person(by.user)
    assignment = assignment_in(by.user, by.village, month)
    if assignment is None:
        raise NotPermitted(_("You did not serve in this village in that month."))
    row = DutyReport.objects.filter(officer=by.user, month=month.first_day).first()
    status = moved(row.status if row else "", Way.MAKE)
    counts = duty_counts(by.user, by.village, month)
    check_can_report(month, today=today_in(by.zone), days_said=sum(counts["days"].values()))
    if row is not None and row.counts == counts:
        return row
    row = row or DutyReport(officer=by.user, month=month.first_day, version=0)
    row.village, row.assignment, row.counts, row.status = by.village, assignment, counts, status
    row.version, row.made_at = row.version + 1, timezone.now()
    row.save()
    _record(events.DUTY_REPORT_MADE, by, row)
    return row


@transaction.atomic
def countersign_duty_report(*, by: Seat, report: DutyReport, version: int) -> DutyReport:
    """The report is countersigned, carries the stipend of its assignment and never changes again.

    `version`: the one that was read. A second press of the same person changes nothing. Raises NotPermitted
    unless the seat is the coordinator of the district; `IllegalStep` when the officer made it again
    meanwhile. Records `duty_report.countersigned` with the stipend.
    """
    check_can_countersign(by, report)
    row: DutyReport = (
        DutyReport.objects.select_for_update(of=("self",)).select_related("assignment").get(pk=report.pk)
    )
    if row.is_frozen and row.countersigned_by_id == by.pk:
        return row
    row.status = moved(row.status, Way.COUNTERSIGN)
    if row.version != version:
        raise IllegalStep(_("The officer made this report again meanwhile. Read it, then sign."))
    row.countersigned_at, row.countersigned_by = timezone.now(), by.user
    row.stipend_rupiah = row.assignment.stipend_rupiah
    row.save()
    _record(events.DUTY_REPORT_COUNTERSIGNED, by, row, stipend_rupiah=row.stipend_rupiah)
    return row


def check_can_countersign(by: Seat, report: DutyReport) -> None:
    """Raise NotPermitted unless the seat coordinates the district of the report."""
    if by.level != Level.DISTRICT or not by.may(Permission.MANAGE_OFFICERS):
        raise NotPermitted(_("Only the district coordinator countersigns duty reports."))
    if by.district_id != report.district_id:
        raise NotPermitted(_("This officer serves in another district."))


def _record(event: str, by: Seat, row: DutyReport, **after: int) -> None:
    record(
        event,
        by=by,
        subject=row,
        subject_label=f"{row.month:%m-%Y}",
        village=row.village_id,
        changes={name: (None, value) for name, value in after.items()},
    )
