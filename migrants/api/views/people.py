"""People for programs: `GET` by name, `POST` one, `GET` one."""

from django.http import Http404
from django.shortcuts import redirect
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from accounts.roles import Permission
from migrants.access import access_person, kept_of
from migrants.actions.people import NikTaken, note_person_viewed, register_person
from migrants.api.serializers.people import PersonDetail, PersonLine
from migrants.forms.registering import RegisterForm
from migrants.queries.people import BY_NAME, page_of_people, people_listed
from villages.api.entering import call, delivered, filled, sentences_of, size_of
from villages.api.ways import creates, one, rows
from villages.enums import Group


@call(
    Group.PEOPLE,
    GET=rows("persons", PersonLine, Permission.SEE_PEOPLE),
    POST=creates(RegisterForm, PersonDetail, Permission.LOG_RECORDS),
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
    return delivered(delivery, PersonDetail(delivery.row, context={"request": request}).data)


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
    return Response(PersonDetail(person, context={"request": request}).data)
