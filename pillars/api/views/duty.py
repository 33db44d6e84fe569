"""An officer's own duty for programs: days, and the report of a month; it is countersigned on a page."""

from functools import partial

from django.utils import timezone
from rest_framework.response import Response

from accounts.entry import EntryForm
from accounts.roles import Permission
from migrants.api.writes import changed
from pillars.access import access_duty_report
from pillars.actions.duty import confirm_duty, say_duty
from pillars.actions.duty_reports import make_duty_report
from pillars.api.serializers.duty import DutyDayLine, DutyReportLine, MonthConfirmed
from pillars.enums import DutyKind
from pillars.forms.duty import DutyDayForm
from pillars.queries.duty import days_of
from pillars.queries.duty_reports import reports_in_list
from pillars.views.duty import day_named
from villages.api.answers import told
from villages.api.entering import call, filled, listed, month_in
from villages.api.ways import TEXT, changes, one, rows
from villages.enums import Group

SEE, LOG = Permission.SEE_RETURNS, Permission.LOG_RECORDS
A_MONTH = {"month": "2026-10"}


@call(Group.RETURNS, GET=rows("duty-days", DutyDayLine, LOG))
def day_list(request, seat):
    """The days of your own duty record, the latest first."""
    return listed(request, "duty-days", DutyDayLine, days_of(seat), ("-day", "-id"))


@call(
    Group.RETURNS,
    POST=changes(DutyDayForm, answer=DutyDayLine, may=LOG, example={"kind": DutyKind.DESK.value}),
)
def day_said(request, seat, day):
    """What you did on a day, as 2026-11-20; said again, it is corrected."""
    named = day_named(day)

    def write():
        form = filled(request, DutyDayForm, day=named, today=timezone.localdate())
        return say_duty(by=seat, day=named, kind=form.cleaned_data["kind"])

    return changed(request, None, partial(told, request, DutyDayLine), write)


@call(
    Group.RETURNS,
    POST=changes(EntryForm, answer=MonthConfirmed, may=LOG, entries={"month": TEXT}, example=A_MONTH),
)
def month_confirmed(request, seat):
    """Every day of the month that your visits and sessions propose stands in your duty record; days you have
    said something about stay."""
    month = month_in(request)

    def write():
        filled(request, EntryForm, besides=["month"])
        return confirm_duty(by=seat, month=month)

    return changed(request, None, lambda days: {"month": month.slug, "days": days}, write)


@call(
    Group.RETURNS,
    GET=rows("duty-reports", DutyReportLine, SEE),
    POST=changes(EntryForm, answer=DutyReportLine, may=LOG, entries={"month": TEXT}, example=A_MONTH),
)
def report_list(request, seat):
    """Duty reports of the place, the newest month first; or your own of a `month`, counted from the log."""
    if request.method != "POST":
        return listed(request, "duty-reports", DutyReportLine, reports_in_list(seat), ("-month", "-id"))
    month = month_in(request)

    def write():
        filled(request, EntryForm, besides=["month"])
        return make_duty_report(by=seat, month=month)

    return changed(request, None, partial(told, request, DutyReportLine), write)


@call(Group.RETURNS, GET=one(DutyReportLine, SEE))
def report_detail(request, seat, key):
    """One duty report."""
    return Response(told(request, DutyReportLine, access_duty_report(seat, key)))
