from datetime import date

import pytest
from django.db import IntegrityError
from django.urls import reverse

from accounts.keys import new_key
from accounts.rules import NotPermitted
from audit.models import Event
from cooperatives.actions.bodies import end_body, found_body, join_member, leave_body
from cooperatives.models import FinanceBody, Member
from tests.factories import FinanceBodyFactory, MemberFactory, PersonFactory

BODY = {"kind": "cooperative", "name": "Koperasi Randu Makmur", "founded_on": date(2025, 1, 15)}
MEMBER = {"name": "Kasmirah", "sex": "female", "kind": "returned", "joined_on": date(2025, 2, 1)}


def test_found_body_twice_with_one_key_keeps_the_first(cast):
    key = new_key()
    first = found_body(by=cast.seat("rina"), key=key, **BODY)
    assert found_body(by=cast.seat("rina"), key=key, **BODY) == first
    assert FinanceBody.objects.count() == 1


def test_join_member_gives_numbers_from_one_and_never_twice(cast):
    body = FinanceBodyFactory(village=cast.randu)
    members = [join_member(by=cast.seat("rina"), body=body, key=new_key(), **MEMBER) for _ in range(3)]
    leave_body(by=cast.seat("rina"), member=members[2], left_on=date(2026, 1, 1), reason="Pindah")
    after = join_member(by=cast.seat("rina"), body=body, key=new_key(), **MEMBER)
    assert [member.number for member in [*members, after]] == [1, 2, 3, 4]


def test_join_member_twice_with_one_key_takes_one_number(cast):
    body, key = FinanceBodyFactory(village=cast.randu), new_key()
    for _ in range(2):
        join_member(by=cast.seat("rina"), body=body, key=key, **MEMBER)
    assert list(Member.objects.values_list("number", flat=True)) == [1]


def test_member_number_twice_is_refused_by_the_database(cast):
    body = FinanceBodyFactory(village=cast.randu)
    MemberFactory(body=body, number=1)
    with pytest.raises(IntegrityError, match="cooperatives_member_number_once"):
        MemberFactory(body=body, number=1)


def test_join_member_of_a_body_that_ended_is_refused(cast):
    body = FinanceBodyFactory(village=cast.randu, ended_on=date(2026, 1, 1))
    with pytest.raises(NotPermitted):
        join_member(by=cast.seat("rina"), body=body, key=new_key(), **MEMBER)


def test_join_member_twice_for_one_person_is_refused(cast):
    body, person = FinanceBodyFactory(village=cast.randu), PersonFactory(village=cast.randu)
    join_member(by=cast.seat("rina"), body=body, key=new_key(), person=person, **MEMBER)
    with pytest.raises(NotPermitted):
        join_member(by=cast.seat("rina"), body=body, key=new_key(), person=person, **MEMBER)


def test_end_body_writes_the_day_and_the_event(cast):
    body = end_body(
        by=cast.seat("rina"), body=FinanceBodyFactory(village=cast.randu), ended_on=date(2026, 10, 1)
    )
    assert body.ended_on == date(2026, 10, 1)
    assert Event.objects.get().name == "body.closed"


@pytest.mark.parametrize("name", ["kades", "hendro", "maya", "arif", "sys"])
def test_found_body_is_refused_to_everybody_but_officers(cast, name):
    with pytest.raises(NotPermitted):
        found_body(by=cast.seat(name), key=new_key(), **BODY)


def test_body_and_register_by_form(cast):
    client = cast.client("rina")
    client.post(
        reverse("cooperatives:body-new"),
        {"kind": "bumdes", "name": "BUMDes Randu", "founded_on": "15 Januari 2025"},
    )
    body = FinanceBody.objects.get()
    client.post(
        reverse("cooperatives:member-new", args=[body.pk]),
        {"name": "Kasmirah", "sex": "female", "kind": "family", "joined_on": "1/2/2025"},
    )
    member = Member.objects.get()
    assert (member.number, member.name, member.joined_on) == (1, "Kasmirah", date(2025, 2, 1))
    refused = client.post(
        reverse("cooperatives:member-leave", args=[member.pk]), {"left_on": "31-01-2025", "reason": "Pindah"}
    )
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["left_on"])
    client.post(
        reverse("cooperatives:member-leave", args=[member.pk]),
        {"left_on": "1-6-2026", "reason": "Pindah", "confirmed": "1"},
    )
    member.refresh_from_db()
    assert (member.left_on, member.left_reason) == (date(2026, 6, 1), "Pindah")


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_at_any_length(cast, django_assert_num_queries, rows):
    for body in FinanceBodyFactory.create_batch(rows, village=cast.randu):
        MemberFactory(body=body)
    client = cast.client("hendro")
    with django_assert_num_queries(4):
        answer = client.get(reverse("cooperatives:body-list"))
    assert [body.members_now for body in answer.context["page_of_rows"].rows] == [1] * rows


@pytest.mark.parametrize("rows", [1, 3])
def test_register_costs_the_same_at_any_length(cast, django_assert_num_queries, rows):
    body = FinanceBodyFactory(village=cast.randu)
    MemberFactory.create_batch(rows, body=body)
    client = cast.client("rina")
    with django_assert_num_queries(6):
        client.get(reverse("cooperatives:body-detail", args=[body.pk]))


def test_bodies_of_another_village_do_not_exist(cast):
    body = FinanceBodyFactory(village=cast.bandung)
    member = MemberFactory(body=body)
    client = cast.client("rina")
    assert [
        client.get(reverse("cooperatives:body-detail", args=[body.pk])).status_code,
        client.get(reverse("cooperatives:body-end", args=[body.pk])).status_code,
        client.get(reverse("cooperatives:member-new", args=[body.pk])).status_code,
        client.get(reverse("cooperatives:member-leave", args=[member.pk])).status_code,
    ] == [404] * 4
