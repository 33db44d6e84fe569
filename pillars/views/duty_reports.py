"""Duty reports of officers: the list, one report, making it with one tap, and the district's signature."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.paging import keyset_page
from accounts.roles import Level, Permission
from migrants.case_states import IllegalStep
from migrants.views.entering import refused_page
from periods.month import Month, PeriodRefused
from pillars.access import access_duty_report
from pillars.actions.duty_reports import countersign_duty_report, make_duty_report
from pillars.queries.duty_reports import facts_of, line_of, months_to_make, reports_in_list, stipend_of
from villages.doors import page


@page("GET", may=Permission.SEE_RETURNS)
def report_list(request, seat):
    waiting = request.GET.get("waiting") == "1"
    rows = reports_in_list(seat, waiting=waiting)
    shown = keyset_page(rows, order=("-month", "-id"), cursor=request.GET.get("after", ""))
    context = {
        "shown": shown,
        "lines": [line_of(row, show_village=seat.village is None) for row in shown.rows],
        "to_make": months_to_make(seat, timezone.localdate()),
        "waiting": waiting,
        "is_district": seat.level == Level.DISTRICT,
    }
    return render(request, "pillars/duty_report_list.html", context)


@page("POST", may=Permission.SEE_RETURNS)
def report_make(request, seat):
    try:
        month = Month.from_text(request.POST.get("month", ""))
    except PeriodRefused:
        raise Http404 from None
    try:
        report = make_duty_report(by=seat, month=month)
    except IllegalStep as refused:
        return refused_page(request, refused, reverse("pillars:duty-report-list"))
    return redirect("pillars:duty-report-detail", report.pk)


@page("GET", may=Permission.SEE_RETURNS)
def report_detail(request, seat, key):
    report = access_duty_report(seat, key)
    signs = seat.level == Level.DISTRICT and not report.is_frozen
    context = {
        "report": report,
        "facts": facts_of(report),
        "stipend": stipend_of(report) if report.is_frozen else None,
        "may_sign": signs,
        "may_make": report.officer == seat.user and not report.is_frozen,
    }
    return render(request, "pillars/duty_report_detail.html", context)


@page("POST", may=Permission.SEE_RETURNS)
def report_countersign(request, seat, key):
    report = access_duty_report(seat, key)
    version = request.POST.get("version", "")
    version = int(version) if version.isascii() and version.isdigit() and len(version) < 9 else 0
    page_of_report = reverse("pillars:duty-report-detail", args=[report.pk])
    try:
        countersign_duty_report(by=seat, report=report, version=version)
    except IllegalStep as refused:
        return refused_page(request, refused, page_of_report)
    return redirect(page_of_report)
