"""The monthly plan for programs: its lines, a new one, and what became of one."""

from functools import partial

from rest_framework.response import Response

from accounts.roles import Permission
from migrants.api.writes import changed, logged, written_by
from migrants.rules import check_in_village
from pillars.access import access_activity, visible_activities
from pillars.actions.activities import drop_activity, note_held, plan_activity
from pillars.api.serializers.watching import ActivityLine
from pillars.forms.activities import ActivityForm, DropForm, HeldForm
from villages.api.answers import told
from villages.api.entering import call, filled, listed
from villages.api.ways import changes, creates, one, rows
from villages.enums import Group

SEE, LOG = Permission.SEE_PILLARS, Permission.LOG_RECORDS
AN_ACTIVITY = {
    "id": "0199a1b2-c3d4-7e5f-8a6b-000000000013",
    "what": "Sosialisasi di RT 03",
    "kind": "session",
    "pillar": "service_center",
    "planned_on": "2026-12-01",
    "starts_at": "09.00",
}


@call(
    Group.PILLARS,
    GET=rows("activities", ActivityLine, SEE),
    POST=creates(ActivityForm, ActivityLine, LOG, example=AN_ACTIVITY),
)
def activity_list(request, seat):
    """The plan of the village, the latest day first; or a new line of it."""
    own = visible_activities(seat)
    if request.method == "POST":
        fill = partial(filled, request, ActivityForm, creates=True)
        write = written_by(plan_activity, by=seat)
        return logged(request, own, fill, write, partial(told, request, ActivityLine))
    return listed(request, "activities", ActivityLine, own, ("-planned_on", "-id"))


@call(Group.PILLARS, GET=one(ActivityLine, SEE))
def activity_detail(request, seat, key):
    """One line of the plan."""
    return Response(told(request, ActivityLine, access_activity(seat, key)))


@call(Group.PILLARS, POST=changes(HeldForm, answer=ActivityLine, may=LOG, example={"held_on": "2026-11-20"}))
def activity_held(request, seat, key):
    """The activity was held, on which day."""
    activity = access_activity(seat, key)
    check_in_village(seat, activity)

    def write():
        held_on = filled(request, HeldForm).cleaned_data["held_on"]
        return note_held(by=seat, activity=activity, held_on=held_on)

    return changed(request, activity, partial(told, request, ActivityLine), write)


@call(Group.PILLARS, POST=changes(DropForm, answer=ActivityLine, may=LOG, example={"why": "Hujan lebat"}))
def activity_drop(request, seat, key):
    """The activity will not be held, and why."""
    activity = access_activity(seat, key)
    check_in_village(seat, activity)

    def write():
        return drop_activity(by=seat, activity=activity, why=filled(request, DropForm).cleaned_data["why"])

    return changed(request, activity, partial(told, request, ActivityLine), write)
