"""The calendar of the village: month, list, plan on paper, and one planned activity."""

from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.entry import bind, form_page
from accounts.keys import as_key
from accounts.roles import Permission
from migrants.rules import check_in_village
from pillars.access import access_activity
from pillars.actions.activities import COPIED, copy_month, drop_activity, note_held, plan_activity
from pillars.forms.activities import ActivityForm, DropForm, HeldForm
from pillars.queries.activities import activity_like, month_of_activities
from pillars.views.duty import WEEK
from pillars.views.months import month_asked, month_context
from villages.doors import page


@page("GET", may=Permission.SEE_PILLARS)
def activity_month(request, seat):
    return render(request, "pillars/activity_month.html", activity_context(request, seat))


@page("GET", may=Permission.SEE_PILLARS)
def activity_sheet(request, seat):
    """The monthly plan on paper, for the wall of the village hall."""
    return render(request, "pillars/paper_plan.html", activity_context(request, seat))


@page("POST", may=Permission.LOG_RECORDS)
def activity_copy(request, seat):
    month = month_asked(request)
    copy_month(by=seat, month=month)
    return to_month(month.first_day)


@page("GET", "POST", may=Permission.LOG_RECORDS)
def activity_new(request, seat):
    like = activity_like(seat, as_key(request.GET.get("like")))
    initial = {name: getattr(like, name) for name in COPIED} if like else {}
    form = bind(request, ActivityForm, initial=initial)
    if request.method == "POST" and form.is_valid():
        activity = plan_activity(by=seat, key=form.entry_key, **form.facts)
        return to_month(activity.planned_on)
    return form_page(request, "pillars/activity_new.html", form)


@page("GET", may=Permission.SEE_PILLARS)
def activity_detail(request, seat, key):
    activity = access_activity(seat, key)
    context = {"activity": activity, "may_log": seat.may(Permission.LOG_RECORDS)}
    return render(request, "pillars/activity_detail.html", context)


@page("GET", "POST", may=Permission.LOG_RECORDS)
def activity_held(request, seat, key):
    activity = access_activity(seat, key)
    check_in_village(seat, activity)
    form = bind(request, HeldForm, initial={"held_on": min(activity.planned_on, timezone.localdate())})
    if request.method == "POST" and form.is_valid():
        note_held(by=seat, activity=activity, held_on=form.cleaned_data["held_on"])
        return redirect("pillars:activity-detail", activity.pk)
    return form_page(request, "pillars/activity_held.html", form, activity=activity)


@page("GET", "POST", may=Permission.LOG_RECORDS)
def activity_drop(request, seat, key):
    activity = access_activity(seat, key)
    check_in_village(seat, activity)
    form = bind(request, DropForm)
    if request.method == "POST" and form.is_valid():
        drop_activity(by=seat, activity=activity, why=form.cleaned_data["why"])
        return redirect("pillars:activity-detail", activity.pk)
    return form_page(request, "pillars/activity_drop.html", form, activity=activity)


def activity_context(request, seat):
    context = month_context(request, seat)
    found = month_of_activities(seat, context["village"], context["month"]) if context["village"] else None
    return context | {
        "found": found,
        "weekdays": WEEK,
        "today": timezone.localdate(),
        "may_log": seat.may(Permission.LOG_RECORDS),
    }


def to_month(day):
    return redirect(f"{redirect('pillars:activity-month').url}?month={day:%Y-%m}")
