"""People for programs: by name, one, a new one, changed facts, a further journey."""

from functools import partial

from django.http import Http404
from django.shortcuts import redirect
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from accounts.roles import Permission
from migrants.access import access_person, kept_of
from migrants.actions.journeys import begin_journey
from migrants.actions.people import NikTaken, change_person, note_person_viewed, register_person
from migrants.api.serializers.people import JourneyDetail, PersonDetail, PersonLine
from migrants.api.views.journeys import told_of as told_of_journey
from migrants.api.writes import changed
from migrants.forms.journeys import JourneyForm
from migrants.forms.people import PersonForm
from migrants.forms.registering import RegisterForm
from migrants.queries.people import BY_NAME, page_of_people, people_listed
from villages.api.entering import call, delivered, filled, sentences_of, size_of
from villages.api.ways import amends, creates, one, rows
from villages.enums import Group

EXAMPLE = {
    "id": "0199a1b2-c3d4-7e5f-8a6b-000000000005",
    "standing": "abroad",
    "full_name": "Murni Contoh",
    "phone": "0810-0000-1234",
    "next_of_kin_name": "Slamet",
    "next_of_kin_relation": "spouse",
    "data_basis": "village_duty",
    "scheme": "p_to_p",
    "destination": "TWN",
    "job": "CARE",
    "registered_on": "2026-11-20",
    "departed_on": "2025-03-01",
    "procedural": "unknown",
}


@call(
    Group.PEOPLE,
    GET=rows("persons", PersonLine, Permission.SEE_PEOPLE),
    POST=creates(RegisterForm, PersonDetail, Permission.LOG_RECORDS, example=EXAMPLE),
)
def person_list(request, seat):
    """People by name; or a new one, with the first journey if there is one."""
    if request.method == "POST":
        return person_create(request, seat)
    after = request.query_params.get("after", "")
    page = page_of_people(people_listed(seat), BY_NAME, after, size_of(request))
    lines = PersonLine(page.rows, many=True, context={"request": request}).data
    return Response({"persons": lines, "after": page.after})


def person_create(request, seat):
    form = filled(request, RegisterForm, creates=True, seat=seat)
    try:
        delivery = register_person(
            by=seat,
            key=form.entry_key,
            category=form.category,
            facts=form.person_facts,
            journey=form.journey,
            **form.numbers,
        )
    except NikTaken as taken:
        form.refuse_nik(taken.person)
        raise ValidationError(sentences_of(form)) from taken
    return delivered(delivery, told_of(request, delivery.row))


@call(Group.PEOPLE, POST=amends(PersonForm, answer=PersonDetail, may=Permission.LOG_RECORDS))
def person_facts(request, seat, key):
    """Change facts of a person; what is left out stays, numbers too. `version` is the one you saw."""
    person = access_person(seat, key)
    stands = PersonForm.initial_of(person)
    del stands["version"]  # the caller says which one it has seen

    def write():
        form = filled(request, PersonForm, seat=seat, person=person, stands=stands)
        version, numbers = form.cleaned_data["version"], form.numbers_changed
        try:
            return change_person(by=seat, person=person, version=version, facts=form.person_facts, **numbers)
        except NikTaken as taken:
            form.refuse_nik(taken.person)
            raise ValidationError(sentences_of(form)) from taken

    return changed(request, person, partial(told_of, request), write)


@call(Group.PEOPLE, POST=creates(JourneyForm, JourneyDetail, Permission.LOG_RECORDS))
def person_journeys(request, seat, key):
    """A further journey of a person. `status_choice`: how far it has come."""
    person = access_person(seat, key)
    form = filled(request, JourneyForm, creates=True, person=person)
    delivery = begin_journey(by=seat, person=person, key=form.entry_key, **form.journey)
    return delivered(delivery, told_of_journey(request, delivery.row))


def told_of(request, person):
    """One person; numbers are masked."""
    return PersonDetail(person, context={"request": request}).data


@call(Group.PEOPLE, GET=one(PersonDetail, Permission.SEE_PEOPLE, 302))
def person_detail(request, seat, key):
    """One person; numbers are masked."""
    try:
        person = access_person(seat, key)
    except Http404:
        kept = kept_of(seat, key)
        if kept is None:
            raise
        return redirect("migrants-api:person-detail", kept)
    note_person_viewed(by=seat, person=person)
    return Response(told_of(request, person))
