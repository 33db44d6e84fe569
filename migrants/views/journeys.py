"""Journeys: the page of one, its facts and milestones, a further one, its steps."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.entry import bind
from accounts.roles import Permission
from migrants.access import access_migration, access_person
from migrants.actions.journeys import begin_journey, move_journey
from migrants.actions.people import note_person_viewed
from migrants.actions.placements import (
    change_journey,
    extend_contract,
    set_milestone,
)
from migrants.case_states import IllegalStep
from migrants.forms.journeys import JourneyForm, MoveForm
from migrants.forms.placements import ExtensionForm, FactsForm, MilestoneForm
from migrants.journey_states import stands_at
from migrants.milestones import Milestone
from migrants.queries.assessments import latest_assessment, latest_check, may_be_asked
from migrants.queries.documents import checklist_of
from migrants.queries.permits import latest_permit
from migrants.queries.placements import (
    carried_over,
    company_named,
    doings_of,
    extensions_of,
    may_be_moved,
    return_of,
    stages_of,
    steps_of,
)
from migrants.versions import ChangedMeanwhile
from migrants.views.entering import answers_conflicts, list_context, status_of
from villages.doors import page


@page("GET", may=Permission.SEE_PEOPLE)
def migration_detail(request, seat, key):
    journey = access_migration(seat, key)
    note_person_viewed(by=seat, person=journey.person)
    context = {
        "journey": journey,
        "person": journey.person,
        "home": return_of(journey),
        "permit": latest_permit(journey),
        "check": latest_check(journey),
        "assessment": latest_assessment(journey),
        "may_be_asked": may_be_asked(journey),
        "checklist": checklist_of(journey, timezone.localdate()),
        "stages": stages_of(journey),
        "steps": steps_of(journey),
        "extensions": extensions_of(journey),
        "company": company_named(journey.agency),
        "goes_on": may_be_moved(journey),
        **list_context(seat),
    }
    return render(request, "migrants/migration_detail.html", context)


@page("GET", "POST", may=Permission.LOG_RECORDS)
def migration_edit(request, seat, key):
    journey = access_migration(seat, key)
    form = bind(request, FactsForm, journey=journey, initial=FactsForm.initial_of(journey))
    context = {"form": form, "journey": journey, "person": journey.person}
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            change_journey(by=seat, journey=journey, version=version, facts=form.entered)
        except ChangedMeanwhile as changed:
            typed = request.POST.copy()
            typed["version"] = changed.now.version
            context["differences"] = form.differences(changed.now)
            context["form"] = FactsForm(typed, journey=changed.now)
            return render(request, "migrants/migration_edit.html", context, status=409)
        return redirect("migrants:migration-detail", journey.pk)
    return render(request, "migrants/migration_edit.html", context, status=status_of(request, form))


@page("GET", "POST", may=Permission.LOG_RECORDS)
def milestone_edit(request, seat, key, kind):
    journey = access_migration(seat, key)
    if kind not in Milestone:
        raise Http404
    form = bind(request, MilestoneForm, kind=kind, known=doings_of(journey))
    label = Milestone(kind).label
    context = {"form": form, "journey": journey, "person": journey.person, "label": label}
    if request.method == "POST" and form.is_valid():
        day, note, was = (form.cleaned_data[name] for name in ("happened_on", "note", "was"))
        try:
            set_milestone(by=seat, journey=journey, kind=kind, day=day, note=note, was=was)
        except ChangedMeanwhile as changed:
            context |= {"now": changed.now, "typed": day}
            return render(request, "migrants/milestone_conflict.html", context, status=409)
        return redirect("migrants:migration-detail", journey.pk)
    return render(request, "migrants/milestone_edit.html", context, status=status_of(request, form))


@page("GET", "POST", may=Permission.LOG_RECORDS)
@answers_conflicts
def migration_extend(request, seat, key):
    journey = access_migration(seat, key)
    form = bind(request, ExtensionForm, journey=journey, initial={"agreed_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        extend_contract(by=seat, journey=journey, key=form.entry_key, **form.facts)
        return redirect("migrants:migration-detail", journey.pk)
    context = {"form": form, "journey": journey, "person": journey.person}
    return render(request, "migrants/migration_extend.html", context, status=status_of(request, form))


@page("GET", "POST", may=Permission.LOG_RECORDS)
@answers_conflicts
def migration_new(request, seat, key):
    person = access_person(seat, key)
    initial = {**carried_over(person), "registered_on": timezone.localdate()}
    form = bind(request, JourneyForm, person=person, initial=initial)
    if request.method == "POST" and form.is_valid():
        begun = begin_journey(by=seat, person=person, key=form.entry_key, **form.journey)
        return redirect("migrants:migration-detail", begun.row.pk)
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
        return redirect("migrants:migration-detail", journey.pk)
    context = {"form": form, "journey": journey, "person": journey.person}
    return render(request, "migrants/migration_move.html", context, status=status_of(request, form))
