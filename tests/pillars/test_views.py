from datetime import date

import pytest
from django.urls import reverse

from pillars.models import BusinessGroup, GroupMember, LearningCentre, OutreachSession
from tests.factories import (
    BusinessGroupFactory,
    GroupMemberFactory,
    LearningCentreFactory,
    OutreachSessionFactory,
    PersonFactory,
)

SESSION = {
    "key": "0193576c-8d1e-7c52-9a40-5f0c2f5be6a1",
    "held_on": "5/11/2026",
    "place": "Balai desa",
    "topic": "safe_migration",
    "women": "20",
    "men": "15",
}


def test_outreach_form_saves_and_leads_to_the_session(cast):
    answer = cast.client("rina").post(reverse("pillars:outreach-new"), SESSION)
    session = OutreachSession.objects.get()
    assert answer.url == reverse("pillars:outreach-detail", args=[session.pk])
    assert (session.held_on, session.women, session.men) == (date(2026, 11, 5), 20, 15)


def test_outreach_form_sent_twice_makes_one_session(cast):
    client = cast.client("rina")
    first, second = (client.post(reverse("pillars:outreach-new"), SESSION) for _ in range(2))
    assert first.url == second.url
    assert OutreachSession.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("held_on", "31/02/2026"),
        ("held_on", "03/13/2026"),
        ("held_on", "24-11-2026"),
        ("women", "dua puluh"),
        ("women", "-1"),
        ("women", "99999999999999999999"),
        ("women", "1,5"),
        ("place", ""),
        ("place", "x" * 121),
        ("topic", "sihir"),
        ("note", "x" * 4001),
    ],
)
def test_outreach_form_refuses_and_keeps_what_was_typed(cast, field, value):
    answer = cast.client("rina").post(
        reverse("pillars:outreach-new"), SESSION | {"note": "Ramai"} | {field: value}
    )
    assert answer.status_code == 422
    form = answer.context["form"]
    assert list(form.errors) == [field]
    assert all(len(str(error).split()) <= 20 for error in form.errors[field])
    assert form["speakers"].value() is None
    assert {name: form[name].value() for name in SESSION if name not in {"key", field}} == {
        name: text for name, text in SESSION.items() if name not in {"key", field}
    }
    assert OutreachSession.objects.count() == 0


def test_outreach_form_with_nobody_present_is_refused(cast):
    answer = cast.client("rina").post(reverse("pillars:outreach-new"), SESSION | {"women": "0", "men": "0"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["women"])


def test_markup_in_every_text_is_shown_as_text(cast):
    hostile = "<script>alert(1)</script>"
    cast.client("rina").post(
        reverse("pillars:outreach-new"), SESSION | {"place": hostile, "speakers": hostile, "note": hostile}
    )
    page = cast.client("rina").get(
        reverse("pillars:outreach-detail", args=[OutreachSession.objects.get().pk])
    )
    assert hostile not in page.content.decode()
    assert page.content.decode().count("&lt;script&gt;alert(1)&lt;/script&gt;") == 3


@pytest.mark.parametrize(
    ("factory", "route", "queries"),
    [
        (OutreachSessionFactory, "pillars:outreach-list", 4),
        (BusinessGroupFactory, "pillars:group-list", 4),
        (LearningCentreFactory, "pillars:centre-list", 4),
    ],
)
@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_at_any_length(cast, django_assert_num_queries, factory, route, queries, rows):
    factory.create_batch(rows, village=cast.randu)
    client = cast.client("hendro")
    with django_assert_num_queries(queries):
        answer = client.get(reverse(route))
    assert len(answer.context["page_of_rows"].rows) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_group_page_costs_the_same_at_any_length(cast, django_assert_num_queries, rows):
    group = BusinessGroupFactory(village=cast.randu)
    GroupMemberFactory.create_batch(rows, group=group)
    client = cast.client("rina")
    with django_assert_num_queries(10):
        client.get(reverse("pillars:group-detail", args=[group.pk]))


def test_records_of_another_village_do_not_exist(cast):
    theirs = [
        reverse("pillars:outreach-detail", args=[OutreachSessionFactory(village=cast.bandung).pk]),
        reverse("pillars:group-detail", args=[BusinessGroupFactory(village=cast.bandung).pk]),
        reverse("pillars:centre-detail", args=[LearningCentreFactory(village=cast.bandung).pk]),
        reverse("pillars:member-end", args=[GroupMemberFactory(group__village=cast.bandung).pk]),
    ]
    nothing = [
        reverse(f"pillars:{name}", args=["0193576c-8d1e-7c52-9a40-5f0c2f5be6ff"])
        for name in ("outreach-detail", "group-detail", "centre-detail", "member-end")
    ]
    client = cast.client("rina")
    assert [client.get(url).status_code for url in theirs + nothing] == [404] * 8


def test_member_form_adds_to_the_group_and_end_form_ends(cast):
    group, client = BusinessGroupFactory(village=cast.randu), cast.client("rina")
    client.post(
        reverse("pillars:member-new", args=[group.pk]),
        {"name": "Kasmirah", "sex": "female", "kind": "returned", "joined_on": "1 April 2025"},
    )
    member = GroupMember.objects.get()
    assert (member.group, member.name, member.joined_on) == (group, "Kasmirah", date(2025, 4, 1))
    early = client.post(reverse("pillars:member-end", args=[member.pk]), {"ended_on": "31-03-2025"})
    assert early.status_code == 422
    client.post(reverse("pillars:member-end", args=[member.pk]), {"ended_on": "30-06-2026"})
    member.refresh_from_db()
    assert member.left_on == date(2026, 6, 30)


def test_member_is_found_in_the_register_and_an_office_is_held_once(cast):
    group, client = BusinessGroupFactory(village=cast.randu), cast.client("rina")
    siti = PersonFactory(village=cast.randu, full_name="Siti Rahayu", sex="female")
    address = reverse("pillars:member-new", args=[group.pk])
    entry = {"kind": "returned", "joined_on": "1 April 2025", "office": "chair"}
    found = client.post(address, entry | {"q": "siti", "find": "1"})
    assert (found.status_code, "Siti Rahayu" in found.content.decode()) == (200, True)
    client.post(address, entry | {"person": str(siti.pk)})
    member = GroupMember.objects.get()
    assert (member.person, member.name, member.sex, member.office) == (siti, "Siti Rahayu", "female", "chair")
    second = client.post(address, entry | {"name": "Kasmirah", "sex": "female"})
    assert (second.status_code, list(second.context["form"].errors)) == (422, ["office"])
    nobody = client.post(address, entry | {"office": ""})
    assert (nobody.status_code, list(nobody.context["form"].errors)) == (422, ["q"])
    sexless = client.post(address, entry | {"office": "", "name": "Kasmirah"})
    assert (sexless.status_code, list(sexless.context["form"].errors)) == (422, ["sex"])


def test_group_and_centre_end_by_form(cast):
    client = cast.client("rina")
    group, centre = BusinessGroupFactory(village=cast.randu), LearningCentreFactory(village=cast.randu)
    client.post(reverse("pillars:group-end", args=[group.pk]), {"ended_on": "1-11-2026"})
    client.post(reverse("pillars:centre-end", args=[centre.pk]), {"ended_on": "1-11-2026"})
    assert BusinessGroup.objects.get().ended_on == date(2026, 11, 1)
    assert LearningCentre.objects.get().closed_on == date(2026, 11, 1)
