"""The ministry administrator records designations, stages and what was published."""

from django.shortcuts import redirect, render

from accounts.entry import bind, form_page
from accounts.roles import Permission
from villages.access import access_cohort_target, access_designation, access_village
from villages.actions import end_designation, record_cohort_target, record_designation, record_stage
from villages.actions.designations import latest_stage_day
from villages.doors import page
from villages.forms import CohortTargetForm, DesignationEndForm, DesignationForm, StageForm, refusals_on
from villages.queries import cohort_lines, villages_by_cohort


@page("GET", "POST", may=Permission.MANAGE_PROGRAMME)
def designation_new(request, seat, code):
    village = access_village(seat, code)
    form = bind(request, DesignationForm, village=village)
    if request.method == "POST" and form.is_valid():
        if "confirmed" in request.POST:
            with refusals_on(form):
                record_designation(by=seat, key=form.entry_key, village=village, **form.facts)
                return redirect("villages:village-detail", village.code)
        elif "change" not in request.POST:
            return form_page(request, "villages/designation_check.html", form, village=village)
    return form_page(request, "villages/designation_new.html", form, village=village)


@page("GET", "POST", may=Permission.MANAGE_PROGRAMME)
def stage_new(request, seat, key):
    designation = access_designation(seat, key)
    form = bind(request, StageForm, designation=designation, latest=latest_stage_day(designation))
    context = {"designation": designation, "village": designation.village}
    if request.method == "POST" and form.is_valid():
        if "confirmed" in request.POST:
            with refusals_on(form):
                record_stage(by=seat, key=form.entry_key, designation=designation, **form.facts)
                return redirect("villages:village-detail", designation.village_id)
        elif "change" not in request.POST:
            return form_page(request, "villages/stage_check.html", form, **context)
    return form_page(request, "villages/stage_new.html", form, **context)


@page("GET", "POST", may=Permission.MANAGE_PROGRAMME)
def designation_end(request, seat, key):
    designation = access_designation(seat, key)
    if designation.ended_on is not None:  # ended meanwhile, or the same form once more
        return redirect("villages:village-detail", designation.village_id)
    form = bind(request, DesignationEndForm, designation=designation)
    context = {"designation": designation, "village": designation.village}
    if request.method == "POST" and form.is_valid():
        if "confirmed" in request.POST:
            with refusals_on(form):
                end_designation(by=seat, designation=designation, **form.facts)
                return redirect("villages:village-detail", designation.village_id)
        elif "change" not in request.POST:
            return form_page(request, "villages/designation_end_check.html", form, **context)
    return form_page(request, "villages/designation_end.html", form, **context)


@page("GET", may=Permission.MANAGE_PROGRAMME)
def cohort_list(request, seat):  # noqa: ARG001 - every page takes a seat
    recorded = villages_by_cohort()
    context = {"lines": cohort_lines(recorded=recorded), "unknown": recorded.get(None, 0)}
    return render(request, "villages/cohort_list.html", context)


@page("GET", "POST", may=Permission.MANAGE_PROGRAMME)
def cohort_new(request, seat):
    form = bind(request, CohortTargetForm, target=None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            record_cohort_target(by=seat, **form.facts)
            return redirect("villages:cohort-list")
    return form_page(request, "villages/cohort_form.html", form)


@page("GET", "POST", may=Permission.MANAGE_PROGRAMME)
def cohort_edit(request, seat, year):
    target = access_cohort_target(seat, year)
    form = bind(request, CohortTargetForm, target=target)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            record_cohort_target(by=seat, **form.facts)
            return redirect("villages:cohort-list")
    return form_page(request, "villages/cohort_form.html", form, target=target)
