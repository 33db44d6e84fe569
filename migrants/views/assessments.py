"""Judgements of a journey: the questions about red flags, and the path."""

from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.entry import bind
from accounts.roles import Permission
from migrants.access import access_migration
from migrants.actions.assessments import assess_journey, log_red_flags
from migrants.forms.assessments import AssessForm, RedFlagForm
from migrants.queries.assessments import path_of
from migrants.red_flags import rules_on
from migrants.views.entering import status_of
from villages.doors import page


@page("GET", "POST", may=Permission.LOG_RECORDS)
def migration_flags(request, seat, key):
    journey = access_migration(seat, key)
    today = timezone.localdate()
    rules = rules_on(today)
    form = bind(request, RedFlagForm, rules=rules, initial={"asked_on": today})
    if request.method == "POST" and form.is_valid():
        log_red_flags(
            by=seat,
            journey=journey,
            key=form.entry_key,
            rules=rules,
            answers=form.answers,
            asked_on=form.cleaned_data["asked_on"],
        )
        return redirect("migrants:migration-detail", journey.pk)
    context = {"form": form, "journey": journey, "person": journey.person, "rules": rules}
    return render(request, "migrants/migration_flags.html", context, status=status_of(request, form))


@page("GET", "POST", may=Permission.LOG_RECORDS)
def migration_assess(request, seat, key):
    journey = access_migration(seat, key)
    path = path_of(journey, timezone.localdate())
    initial = {"procedural": journey.procedural, "basis": journey.procedural_basis}
    form = bind(request, AssessForm, proposed=path.proposed, initial=initial)
    if request.method == "POST" and form.is_valid():
        assess_journey(by=seat, journey=journey, key=form.entry_key, **form.facts)
        return redirect("migrants:migration-detail", journey.pk)
    context = {"form": form, "journey": journey, "person": journey.person, "path": path}
    return render(request, "migrants/migration_assess.html", context, status=status_of(request, form))
