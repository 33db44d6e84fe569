"""The service centre, the week plan of its officers, and their duty record by month."""

from datetime import date

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dates import WEEKDAYS_ABBR

from accounts.entry import bind, form_page
from accounts.paging import keyset_page
from accounts.roles import Permission
from pillars.access import access_service_centre
from pillars.actions.duty import confirm_duty, describe_centre, plan_week, say_duty
from pillars.enums import PlannedDuty
from pillars.forms.duty import DutyDayForm, DutyPlanForm, ServiceCentreForm
from pillars.queries.duty import duty_month, duty_of, own_centre, plan_of, service_centres, weeks_of
from pillars.queries.outreach import officers_of
from pillars.views.months import month_asked, month_context
from villages.doors import page

WEEK = [WEEKDAYS_ABBR[n] for n in range(7)]


@page("GET", may=Permission.SEE_PILLARS)
def service_list(request, seat):
    """The centres of the place; a village has one, and goes straight to it."""
    if (own := own_centre(seat)) is not None:
        return redirect("pillars:service-detail", own.pk)
    rows = keyset_page(
        service_centres(seat), order=("village__name", "pk"), cursor=request.GET.get("after", "")
    )
    may_log = seat.may(Permission.LOG_RECORDS)
    return render(request, "pillars/service_list.html", {"page_of_rows": rows, "may_log": may_log})


@page("GET", may=Permission.SEE_PILLARS)
def service_detail(request, seat, key):
    context = service_context(seat, access_service_centre(seat, key))
    return render(request, "pillars/service_detail.html", context)


@page("GET", may=Permission.SEE_PILLARS)
def service_sheet(request, seat, key):
    """For the door of the village hall: where, when, and who serves."""
    context = service_context(seat, access_service_centre(seat, key))
    return render(request, "pillars/paper_service.html", context)


@page("GET", "POST", may=Permission.LOG_RECORDS)
def service_edit(request, seat):
    centre = own_centre(seat)
    form = bind(request, ServiceCentreForm, initial=ServiceCentreForm.initial_of(centre))
    if request.method == "POST" and form.is_valid():
        centre = describe_centre(by=seat, key=form.entry_key, **form.facts)
        return redirect("pillars:service-detail", centre.pk)
    return form_page(request, "pillars/service_edit.html", form, centre=centre)


@page("GET", "POST", may=Permission.LOG_RECORDS)
def duty_plan(request, seat):
    officers = list(officers_of(seat.village))
    form = bind(request, DutyPlanForm, officers=officers, plan=plan_of(seat.village))
    if request.method == "POST" and form.is_valid():
        plan_week(by=seat, plan=form.plan)
        return redirect("pillars:duty")
    return form_page(request, "pillars/duty_plan.html", form)


@page("GET", may=Permission.SEE_PILLARS)
def duty(request, seat):
    return render(request, "pillars/duty.html", duty_context(request, seat))


@page("GET", may=Permission.SEE_PILLARS)
def duty_sheet(request, seat):
    """The month on paper, a line a day, to be signed."""
    return render(request, "pillars/paper_duty.html", duty_context(request, seat))


@page("POST", may=Permission.LOG_RECORDS)
def duty_confirm(request, seat):
    month = month_asked(request)
    confirm_duty(by=seat, month=month)
    return redirect(f"{redirect('pillars:duty').url}?month={month.slug}")


@page("GET", "POST", may=Permission.LOG_RECORDS)
def duty_day(request, seat, day):
    day = day_named(day)
    said = duty_of(seat, day)
    initial = {"kind": said.kind if said else None}
    form = bind(request, DutyDayForm, day=day, today=timezone.localdate(), initial=initial)
    if request.method == "POST" and form.is_valid():
        say_duty(by=seat, day=day, kind=form.cleaned_data["kind"])
        return redirect(f"{redirect('pillars:duty').url}?month={day:%Y-%m}")
    return form_page(request, "pillars/duty_day.html", form, day=day)


def service_context(seat, centre):
    """A centre with its equipment and the week of those who serve."""
    plan, officers = plan_of(centre.village), list(officers_of(centre.village))
    roster = [
        (officer, [(WEEK[day], _planned(plan.get((officer.pk, day)))) for day in range(7)])
        for officer in officers
    ]
    return {
        "centre": centre,
        "equipment": sorted(centre.equipment.all(), key=lambda row: row.get_kind_display()),
        "roster": roster if plan else [],
        "officers": officers,
        "weekdays": WEEK,
        "may_log": seat.may(Permission.LOG_RECORDS),
    }


def _planned(kind):
    return PlannedDuty(kind).label if kind else ""


def duty_context(request, seat):
    """The month of the officers of a village; the own line can be changed."""
    context = month_context(request, seat)
    village = context["village"]
    lines = duty_month(village, context["month"], timezone.localdate()) if village else []
    days = list(zip(*(line.cells for line in lines), strict=True))
    return context | {
        "lines": [(line, weeks_of(line), line.officer == seat.user) for line in lines],
        "days": days,
        "weekdays": WEEK,
        "may_log": seat.may(Permission.LOG_RECORDS),
    }


def day_named(text):
    """The day of an address (2026-11-23); 404 for nonsense."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Http404 from None
