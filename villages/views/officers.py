"""Assign officers to a village, and end their assignments."""

from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.entry import bind, form_page
from accounts.roles import Permission
from villages.access import access_assignment, access_candidate, access_village
from villages.actions import assign_officer, end_assignment
from villages.doors import page
from villages.forms import AssignmentEndForm, AssignmentForm, PeopleFilter, refusals_on
from villages.open_work import open_work_of
from villages.queries import people_free, village_record
from villages.rules import may_manage_officers

MOST_PEOPLE = 25


@page("GET", may=Permission.MANAGE_OFFICERS)
def officer_find(request, seat, code):
    village = access_village(seat, code)
    form, today = PeopleFilter(request.GET), timezone.localdate()
    text = form.cleaned_data["q"] if form.is_valid() else ""
    found = list(people_free(seat, on=today, text=text)[: MOST_PEOPLE + 1])
    context = {
        "village": village,
        "record": village_record(village, on=today),
        "form": form,
        "people": found[:MOST_PEOPLE],
        "more": len(found) > MOST_PEOPLE,
        "asked": text,
    }
    return render(request, "villages/officer_find.html", context, status=200 if form.is_valid() else 422)


@page("GET", "POST", may=Permission.MANAGE_OFFICERS)
def officer_assign(request, seat, code, person):
    village = access_village(seat, code)
    user = access_candidate(seat, person)
    form = bind(request, AssignmentForm, seat=seat, village=village, person=user)
    context = {"village": village, "person": user}
    if request.method == "POST" and form.is_valid():
        if "confirmed" in request.POST:
            with refusals_on(form):
                row = assign_officer(by=seat, key=form.entry_key, user=user, village=village, **form.facts)
                return redirect("villages:assignment-detail", row.pk)
        elif "change" not in request.POST:
            return form_page(request, "villages/officer_check.html", form, **context)
    return form_page(request, "villages/officer_assign.html", form, **context)


@page("GET", may=Permission.SEE_VILLAGES)
def assignment_detail(request, seat, key):
    assignment = access_assignment(seat, key)
    may_manage = may_manage_officers(seat, assignment.village)
    context = {
        "assignment": assignment,
        "village": assignment.village,
        "today": timezone.localdate(),
        "may_end": assignment.ended_at is None and may_manage,
        "may_manage": may_manage,
        "open_work": open_work_of(assignment) if may_manage or assignment.user_id == seat.user.pk else [],
    }
    return render(request, "villages/assignment_detail.html", context)


@page("GET", "POST", may=Permission.MANAGE_OFFICERS)
def assignment_end(request, seat, key):
    assignment = access_assignment(seat, key)
    if assignment.ended_at is not None:  # ended meanwhile, or the same form once more
        return redirect("villages:assignment-detail", assignment.pk)
    form = bind(request, AssignmentEndForm, assignment=assignment)
    context = {
        "assignment": assignment,
        "village": assignment.village,
        "open_work": open_work_of(assignment),
    }
    if request.method == "POST" and form.is_valid():
        if "confirmed" in request.POST:
            with refusals_on(form):
                end_assignment(by=seat, assignment=assignment, **form.facts)
                return redirect("villages:assignment-detail", assignment.pk)
        elif "change" not in request.POST:
            return form_page(request, "villages/assignment_end_check.html", form, **context)
    return form_page(request, "villages/assignment_end.html", form, **context)
