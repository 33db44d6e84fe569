"""Journeys for programs: the newest first, one, changed facts, a step, a milestone."""

from functools import partial

from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from accounts.keys import as_key
from accounts.roles import Permission
from migrants.access import access_migration, visible_migrations
from migrants.actions.journeys import move_journey
from migrants.actions.people import note_person_viewed
from migrants.actions.placements import change_journey, extend_contract, set_milestone
from migrants.api.serializers.people import JourneyDetail, JourneyLine
from migrants.api.writes import changed, logged, written_by
from migrants.case_states import IllegalStep
from migrants.enums import MigrationStatus
from migrants.forms.journeys import MoveForm
from migrants.forms.placements import ExtensionForm, FactsForm, MilestoneForm
from migrants.journey_states import check_step, stands_at
from migrants.milestones import Milestone
from migrants.queries.placements import doings_of, stages_of, steps_of
from migrants.versions import ChangedMeanwhile
from villages.api.entering import both_versions, call, filled, page_of, plain_entries
from villages.api.versions import unchanged
from villages.api.ways import KEY, amends, changes, creates, one, rows
from villages.enums import Group

AN_EXTENSION = {
    "id": "0199a1b2-c3d4-7e5f-8a6b-000000000016",
    "ends_on": "2028-11-30",
    "agreed_on": "2026-11-18",
}
NEWEST = ("-registered_on", "-id")


@call(
    Group.PEOPLE,
    GET=rows(
        "journeys",
        JourneyLine,
        Permission.SEE_PEOPLE,
        person=KEY,
        status={"type": "string", "enum": MigrationStatus.values},
    ),
)
def journey_list(request, seat):
    """Journeys, the newest first."""
    rows = visible_migrations(seat).select_related("person")
    person, status = (request.query_params.get(name, "") for name in ("person", "status"))
    if person:
        rows = rows.filter(person=as_key(person))
    if status in MigrationStatus.values:
        rows = rows.filter(status=status)
    page = page_of(request, rows, NEWEST)
    lines = JourneyLine(page.rows, many=True, context={"request": request}).data
    return Response({"journeys": lines, "after": page.after})


@call(Group.PEOPLE, GET=one(JourneyDetail, Permission.SEE_PEOPLE))
def journey_detail(request, seat, key):
    """One journey, with its milestones, its history and the steps from here."""
    journey = access_migration(seat, key)
    note_person_viewed(by=seat, person=journey.person)
    return Response(told_of(request, journey))


@call(Group.PEOPLE, POST=amends(FactsForm, answer=JourneyDetail, may=Permission.LOG_RECORDS))
def journey_facts(request, seat, key):
    """Change facts of a journey; what is left out stays. `version` is the one you saw."""
    journey = access_migration(seat, key)
    stands = FactsForm.initial_of(journey)
    del stands["version"]  # the caller says which one it has seen

    def write():
        form = filled(request, FactsForm, journey=journey, stands=stands)
        version = form.cleaned_data["version"]
        return change_journey(by=seat, journey=journey, version=version, facts=form.entered)

    return changed(request, journey, partial(told_of, request), write)


@call(Group.PEOPLE, POST=changes(MoveForm, answer=JourneyDetail, may=Permission.LOG_RECORDS))
def journey_step(request, seat, key):
    """Move a journey by a step of the table. `frm`: the status you saw."""
    journey = access_migration(seat, key)
    to = plain_entries(request.data).get("to", "")
    if to in MigrationStatus.values:
        check_step(journey.status, to)  # 409 before any form: the caller's picture was older than the journey

    def write():
        form = filled(request, MoveForm, journey=journey)
        if form.is_stale:
            raise IllegalStep(stands_at(journey.status))
        on, reason = form.cleaned_data["happened_on"], form.cleaned_data["reason"]
        return move_journey(by=seat, journey=journey, to=to, on=on, reason=reason)

    return changed(request, journey, partial(told_of, request), write)


@call(
    Group.PEOPLE,
    POST=changes(
        MilestoneForm,
        answer=JourneyDetail,
        may=Permission.LOG_RECORDS,
        entries={"kind": {"type": "string", "enum": [kind.value for kind in Milestone]}},
    ),
)
def journey_milestone(request, seat, key):
    """Set the day of a milestone, or take it out. `was`: the day you saw."""
    journey = access_migration(seat, key)
    kind = plain_entries(request.data).get("kind", "")
    if kind not in Milestone.values:
        raise ValidationError({"kind": [_("Choose one from the list.")]})
    with unchanged(request, journey, partial(told_of, request)):
        form = filled(request, MilestoneForm, besides=["kind"], kind=kind, known=doings_of(journey))
        day, note, was = (form.cleaned_data[name] for name in ("happened_on", "note", "was"))
        try:
            journey = set_milestone(by=seat, journey=journey, kind=kind, day=day, note=note, was=was)
        except ChangedMeanwhile as meanwhile:
            return both_versions({"kind": kind, "happened_on": meanwhile.now}, request)
    return Response(told_of(request, journey))


@call(Group.PEOPLE, POST=creates(ExtensionForm, JourneyDetail, Permission.LOG_RECORDS, example=AN_EXTENSION))
def journey_extensions(request, seat, key):
    """The contract runs to a later day. Answers the journey."""
    journey = access_migration(seat, key)
    fill = partial(filled, request, ExtensionForm, creates=True, journey=journey)
    write = written_by(extend_contract, by=seat, journey=journey)

    def tell(_extension):
        return told_of(request, access_migration(seat, key))

    return logged(request, journey.extensions.all(), fill, write, tell)


def told_of(request, journey):
    """One journey with its way and its history."""
    context = {"request": request, "stages": stages_of(journey), "history": steps_of(journey)}
    return JourneyDetail(journey, context=context).data
