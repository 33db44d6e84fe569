"""Journeys: begin a further one, move it, judge its path."""

from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.entry import bind
from accounts.roles import Permission
from migrants.access import access_migration, access_person
from migrants.actions.journeys import assess_journey, begin_journey, move_journey
from migrants.case_states import IllegalStep
from migrants.forms.journeys import AssessForm, JourneyForm, MoveForm
from migrants.journey_states import stands_at
from migrants.views.entering import answers_conflicts, status_of
from villages.doors import page


@page("GET", "POST", may=Permission.LOG_RECORDS)
@answers_conflicts
def migration_new(request, seat, key):
    person = access_person(seat, key)
    form = bind(request, JourneyForm, person=person, initial={"registered_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        begin_journey(by=seat, person=person, key=form.entry_key, **form.journey)
        return redirect("migrants:person-detail", person.pk)
    context = {"form": form, "person": person}
    return render(request, "migrants/migration_new.html", context, status=status_of(request, form))


@page("GET", "POST", may=Permission.LOG_RECORDS)
@answers_conflicts
def migration_move(request, seat, key):
    journey = access_migration(seat, key)
    form = bind(request, MoveForm, journey=journey, initial={"happened_on": timezone.localdate()})
    if form.is_stale:
        raise IllegalStep(stands_at(journey.status))
    if request.method == "POST" and form.is_valid():
        entries = form.cleaned_data
        move_journey(
            by=seat, journey=journey, to=entries["to"], on=entries["happened_on"], reason=entries["reason"]
        )
        return redirect("migrants:person-detail", journey.person_id)
    context = {"form": form, "journey": journey, "person": journey.person}
    return render(request, "migrants/migration_move.html", context, status=status_of(request, form))


@page("GET", "POST", may=Permission.LOG_RECORDS)
def migration_assess(request, seat, key):
    journey = access_migration(seat, key)
    initial = {"procedural": journey.procedural, "basis": journey.procedural_basis}
    form = bind(request, AssessForm, initial=initial)
    if request.method == "POST" and form.is_valid():
        assess_journey(by=seat, journey=journey, **form.facts)
        return redirect("migrants:person-detail", journey.person_id)
    context = {"form": form, "journey": journey, "person": journey.person}
    return render(request, "migrants/migration_assess.html", context, status=status_of(request, form))
