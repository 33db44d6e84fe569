"""Businesses: list, form, one business with its history, papers and months."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.entry import bind, form_page
from accounts.roles import Permission
from migrants.forms.warned import as_typed
from migrants.versions import ChangedMeanwhile
from migrants.views.entering import answers_conflicts, status_of, unpicked, wants_people, with_people
from periods.month import Month, PeriodRefused
from pillars.access import access_business
from pillars.actions.business import (
    change_business,
    move_business,
    note_permit,
    note_turnover,
    start_business,
)
from pillars.forms.business import (
    BusinessEditForm,
    BusinessFilter,
    BusinessForm,
    BusinessMoveForm,
    PermitForm,
    TurnoverForm,
)
from pillars.queries.business import businesses_in_list, months_of, not_asked, permits_of, steps_of
from pillars.queries.groups import groups_alive
from pillars.queries.support import support_of
from pillars.views.listing import list_page
from villages.doors import page

NEW = "pillars/business_new.html"


@page("GET", may=Permission.SEE_PILLARS)
def business_list(request, seat):
    chosen = BusinessFilter(request.GET)
    rows = businesses_in_list(seat, **chosen.chosen)
    return list_page(
        request,
        seat,
        "pillars/business_list.html",
        rows,
        day="started_on",
        filter=chosen,
        last_month=Month.current(timezone.localdate()).previous(),
    )


@page("GET", "POST", may=Permission.LOG_RECORDS)
def business_new(request, seat):
    groups = groups_alive(seat)
    if wants_people(request):
        form = BusinessForm(seat=seat, groups=groups, initial=as_typed(request, **unpicked(request)))
        return with_people(request, seat, NEW, form)
    asked = {name: request.GET.get(name, "") for name in ("group", "person")}
    form = bind(request, BusinessForm, seat=seat, groups=groups, initial=asked)
    if request.method == "POST" and form.is_valid():
        started = start_business(
            by=seat, key=form.entry_key, group=form.chosen_group, owner=form.owner, facts=form.told
        )
        return redirect("pillars:business-detail", started.row.pk)
    return with_people(request, seat, NEW, form)


@page("GET", may=Permission.SEE_PILLARS)
def business_detail(request, seat, key):
    business = access_business(seat, key)
    today = timezone.localdate()
    context = {
        "business": business,
        "steps": steps_of(business),
        "permits": permits_of(business),
        "months": months_of(business, today),
        "support": support_of(business),
        "today": today,
        "may_log": seat.may(Permission.LOG_RECORDS),
    }
    return render(request, "pillars/business_detail.html", context)


@page("GET", "POST", may=Permission.LOG_RECORDS)
def business_edit(request, seat, key):
    business = access_business(seat, key)
    form = bind(request, BusinessEditForm, initial=BusinessEditForm.initial_of(business))
    context = {"form": form, "business": business}
    if request.method == "POST" and form.is_valid():
        try:
            change_business(by=seat, business=business, version=form.cleaned_data["version"], facts=form.told)
        except ChangedMeanwhile as changed:
            context |= compared(request, form, changed.now, BusinessEditForm)
            return render(request, "pillars/business_edit.html", context, status=409)
        return redirect("pillars:business-detail", business.pk)
    return render(request, "pillars/business_edit.html", context, status=status_of(request, form))


def compared(request, form, now, form_class):
    """The form again with both versions: what was typed, at the version that stands now."""
    typed = request.POST.copy()
    typed["version"] = now.version
    return {"differences": form.differences(now), "form": form_class(typed)}


@page("GET", "POST", may=Permission.LOG_RECORDS)
@answers_conflicts
def business_move(request, seat, key):
    business = access_business(seat, key)
    form = bind(request, BusinessMoveForm, business=business)
    if request.method == "POST" and form.is_valid():
        move_business(by=seat, business=business, **form.facts)
        return redirect("pillars:business-detail", business.pk)
    return form_page(request, "pillars/business_move.html", form, business=business)


@page("GET", "POST", may=Permission.LOG_RECORDS)
def permit_new(request, seat, key):
    business = access_business(seat, key)
    form = bind(request, PermitForm)
    if request.method == "POST" and form.is_valid():
        note_permit(by=seat, business=business, key=form.entry_key, **form.facts)
        return redirect("pillars:business-detail", business.pk)
    return form_page(request, "pillars/permit_new.html", form, business=business)


@page("GET", "POST", may=Permission.LOG_RECORDS)
def turnover_edit(request, seat, key, month):
    business = access_business(seat, key)
    asked = month_named(month)
    told = business.turnovers.filter(first_day=asked.first_day).first()
    form = bind(request, TurnoverForm, initial=TurnoverForm.initial_of(told))
    context = {"form": form, "business": business, "month": asked}
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            note_turnover(by=seat, business=business, month=asked, version=version, facts=form.told)
        except ChangedMeanwhile as changed:
            context |= compared(request, form, changed.now, TurnoverForm)
            return render(request, "pillars/turnover_edit.html", context, status=409)
        return redirect("pillars:turnover-list", asked.slug)
    return render(request, "pillars/turnover_edit.html", context, status=status_of(request, form))


@page("GET", may=Permission.LOG_RECORDS)
def turnover_list(request, seat, month):
    asked = month_named(month)
    waiting = list(not_asked(seat, asked))
    context = {
        "month": asked,
        "waiting": waiting,
        "is_last": asked.next() > Month.current(timezone.localdate()),
    }
    return render(request, "pillars/turnover_list.html", context)


def month_named(text):
    """The month of an address, not a later one than this; 404 for anything else."""
    try:
        month = Month.from_text(text)
    except PeriodRefused:
        raise Http404 from None
    if month > Month.current(timezone.localdate()):
        raise Http404
    return month
