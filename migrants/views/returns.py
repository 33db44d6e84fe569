"""The return of a journey: reason, needs, plan, services, hand-over."""

from django.shortcuts import redirect, render

from accounts.entry import bind
from accounts.roles import Permission
from migrants.access import access_migration
from migrants.actions.returns import set_return
from migrants.case_states import IllegalStep
from migrants.enums import MigrationStatus
from migrants.forms.returns import ReturnForm
from migrants.journey_states import stands_at
from migrants.queries.placements import return_of
from migrants.versions import ChangedMeanwhile
from migrants.views.entering import answers_conflicts, status_of
from villages.doors import page


@page("GET", "POST", may=Permission.LOG_RECORDS)
@answers_conflicts
def migration_return(request, seat, key):
    journey = access_migration(seat, key)
    check_came_home(journey)
    form = bind(request, ReturnForm, journey=journey, row=return_of(journey))
    context = {"form": form, "journey": journey, "person": journey.person}
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            set_return(by=seat, journey=journey, version=version, facts=form.entered)
        except ChangedMeanwhile as changed:
            typed = request.POST.copy()
            typed["version"] = changed.now.version
            context["differences"] = form.differences(changed.now)
            context["form"] = ReturnForm(typed, journey=journey, row=changed.now)
            return render(request, "migrants/migration_return.html", context, status=409)
        return redirect("migrants:migration-detail", journey.pk)
    return render(request, "migrants/migration_return.html", context, status=status_of(request, form))


def check_came_home(journey):
    """Raise IllegalStep for a journey that did not end at home."""
    if journey.status != MigrationStatus.RETURNED:
        raise IllegalStep(stands_at(journey.status))
