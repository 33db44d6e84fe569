"""Those who stay and those who come home, for programs: family cards with their care, and returns."""

from django.http import Http404
from rest_framework.response import Response

from accounts.roles import Permission
from migrants.access import access_household, access_migration
from migrants.actions.households import note_care, note_household_viewed
from migrants.actions.people import note_person_viewed
from migrants.actions.returns import set_return
from migrants.api.serializers.homes import HouseholdDetail, ReturnTold
from migrants.api.writes import changed
from migrants.forms.households import CareForm
from migrants.forms.returns import ReturnForm
from migrants.queries.households import members_of
from migrants.queries.placements import return_of
from migrants.views.returns import check_came_home
from villages.api.answers import told
from villages.api.entering import call, filled
from villages.api.ways import amends, one
from villages.enums import Group

SEE, LOG = Permission.SEE_PEOPLE, Permission.LOG_RECORDS
A_RETURN = {"version": 0, "reason": "contract_end", "needs": "debt,business", "plan": "stay"}
CARE = {"version": 1, "children": 2, "carer_kind": "grandparent", "carer_name": "Mbah Sri"}


@call(Group.PEOPLE, GET=one(HouseholdDetail, SEE))
def household_detail(request, seat, key):
    """A family card, who is on it, and who cares for the children; they are counted for the village's own
    officers alone."""
    household = access_household(seat, key)
    note_household_viewed(by=seat, household=household)
    return Response(told_household(request, seat, household))


@call(Group.PEOPLE, POST=amends(CareForm, answer=HouseholdDetail, may=LOG, example=CARE))
def household_care(request, seat, key):
    """How many children a household has and who cares for them: somebody on the card (`carer`), or somebody
    else by name. What is left out stays. `version` is the one you saw."""
    household = access_household(seat, key)
    stands = CareForm.initial_of(household)
    del stands["version"]  # the caller says which one it has seen

    def write():
        members = [member.person for member in members_of(seat, household)]
        form = filled(request, CareForm, members=members, stands=stands)
        return note_care(by=seat, household=household, version=form.cleaned_data["version"], **form.care)

    return changed(request, household, lambda row: told_household(request, seat, row), write)


@call(
    Group.PEOPLE,
    GET=one(ReturnTold, SEE),
    POST=amends(ReturnForm, answer=ReturnTold, may=LOG, example=A_RETURN),
)
def journey_return(request, seat, key):
    """How somebody came home and what follows; or what is known of it now. What is left out stays.

    `needs`: codes, separated by commas. `version`: the one you saw, 0 while nothing is written. The journey
    itself ends by its step "returned".
    """
    journey = access_migration(seat, key)
    row = return_of(journey)
    if request.method != "POST":
        if row is None:
            raise Http404
        note_person_viewed(by=seat, person=journey.person)
        return Response(told(request, ReturnTold, row))
    check_came_home(journey)
    stands = ReturnForm.initial_of(row)
    del stands["version"]  # the caller says which one it has seen

    def write():
        form = filled(request, ReturnForm, journey=journey, row=row, stands=stands)
        return set_return(by=seat, journey=journey, version=form.cleaned_data["version"], facts=form.entered)

    # The journey is what is held, before its return, as the action does.
    held = journey if row else None
    return changed(request, held, lambda _row: told(request, ReturnTold, return_of(journey)), write)


def told_household(request, seat, household):
    """One family card, as the seat may read it."""
    members = [member.person for member in members_of(seat, household)]
    counts = seat.may(Permission.SEE_CHILDREN)
    return told(request, HouseholdDetail, household, members=members, counts=counts)
