"""One page for a family card, and who cares for its children."""

from django.shortcuts import redirect, render

from accounts.entry import bind
from accounts.roles import Permission
from migrants.access import access_household
from migrants.actions.households import note_care, note_household_viewed
from migrants.forms.households import CareForm
from migrants.queries.households import members_of
from migrants.versions import ChangedMeanwhile
from migrants.views.entering import list_context, status_of
from villages.doors import page


@page("GET", may=Permission.SEE_PEOPLE)
def household_detail(request, seat, key):
    household = access_household(seat, key)
    note_household_viewed(by=seat, household=household)
    members = members_of(seat, household)
    context = {
        "household": household,
        "members": members,
        "anybody_abroad": any(member.is_abroad for member in members),
        "anybody_owns": any(member.businesses for member in members),
        "anybody_joined": any(member.memberships for member in members),
        **list_context(seat),
    }
    return render(request, "migrants/household_detail.html", context)


@page("GET", "POST", may=Permission.LOG_RECORDS)
def household_care(request, seat, key):
    household = access_household(seat, key)
    people = [member.person for member in members_of(seat, household)]
    form = bind(request, CareForm, members=people, initial=CareForm.initial_of(household))
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            note_care(by=seat, household=household, version=version, **form.care)
        except ChangedMeanwhile as changed:
            return both_versions(request, form, people, changed.now)
        return redirect("migrants:household-detail", household.pk)
    context = {"form": form, "household": household}
    return render(request, "migrants/household_care.html", context, status=status_of(request, form))


def both_versions(request, form, people, now):
    """Somebody saved in between: what differs, and the form as typed, on top of the version now known."""
    data = request.POST.copy()
    data["version"] = now.version
    context = {
        "form": CareForm(data, members=people),
        "household": now,
        "differences": form.differences(now),
    }
    return render(request, "migrants/household_care.html", context, status=409)
