from datetime import date

import pytest

from accounts.keys import new_key
from accounts.rules import NotPermitted
from audit.models import Event
from migrants.actions.households import note_care
from migrants.actions.people import register_person
from migrants.models import Household, Person
from migrants.versions import ChangedMeanwhile
from tests.factories import (
    BusinessGroupFactory,
    FinanceBodyFactory,
    GroupMemberFactory,
    HouseholdFactory,
    MemberFactory,
    MigrationFactory,
    PersonFactory,
)

KK = "9901010101200007"


@pytest.fixture
def family(cast):
    """Dwi works in Taiwan, her mother owns a business and is in the cooperative, one card."""
    people = [
        register_person(
            by=cast.seat("rina"),
            key=new_key(),
            category="resident",
            facts={"full_name": name, "sex": "female", "next_of_kin_name": "Slamet"},
            card=KK,
        ).row
        for name in ("Dwi Lestari", "Ibu Sri")
    ]
    Person.objects.filter(pk=people[0].pk).update(category="pmi_active")
    MigrationFactory(person=people[0], status="abroad", destination="TWN", departed_on=date(2025, 2, 1))
    group = BusinessGroupFactory(village=cast.randu, name="Keripik Melati")
    GroupMemberFactory(group=group, person=people[1])
    body = FinanceBodyFactory(village=cast.randu, name="Koperasi Sejahtera")
    MemberFactory(body=body, person=people[1])
    return Household.objects.get()


def answers(**changes):
    typed = {
        "version": "1",
        "children": "2",
        "carer_kind": "grandparent",
        "carer": "",
        "carer_name": "Mbah Tarno",
    }
    return typed | changes


def test_one_page_answers_the_four_questions(cast, family):
    page = cast.client("rina").get(f"/households/{family.pk}/")
    html = page.content.decode()
    for text in (
        "Taiwan",
        "sejak 1 Februari 2025",
        "Keripik Melati",
        "Koperasi Sejahtera",
        "Belum ditanyakan",
    ):
        assert text in html
    assert html.count("Desa asal: Desa Randu") == 2
    assert html.count("Keluarga yang dihubungi: Slamet") == 2
    assert KK not in html
    assert [member.person.full_name for member in page.context["members"]] == ["Dwi Lestari", "Ibu Sri"]
    assert Event.objects.filter(name="household.viewed").count() == 1


@pytest.mark.parametrize("more", [1, 3])
def test_page_costs_the_same_for_one_and_three(cast, family, more, django_assert_num_queries):
    for number in range(more):
        person = PersonFactory(village=cast.randu, household=family, full_name=f"Saudara {number}")
        GroupMemberFactory(group=BusinessGroupFactory(village=cast.randu), person=person)
    client = cast.client("rina")
    with django_assert_num_queries(11):
        client.get(f"/households/{family.pk}/")


def test_ended_membership_and_closed_group_do_not_show(cast, family):
    sri = Person.objects.get(full_name="Ibu Sri")
    GroupMemberFactory(
        group=BusinessGroupFactory(village=cast.randu, name="Lama"), person=sri, left_on=date(2026, 11, 22)
    )
    GroupMemberFactory(
        group=BusinessGroupFactory(village=cast.randu, name="Bubar", ended_on=date(2026, 11, 22)), person=sri
    )
    html = cast.client("rina").get(f"/households/{family.pk}/").content.decode()
    assert ("Lama" in html, "Bubar" in html) == (False, False)


def test_persons_page_leads_to_the_household_and_names_the_origin_village(cast, family):
    dwi = Person.objects.get(full_name="Dwi Lestari")
    html = cast.client("rina").get(f"/people/{dwi.pk}/").content.decode()
    assert f'href="/households/{family.pk}/"' in html
    assert "Desa asal" in html
    assert "Kec. Pecalungan" in html


def test_whole_card_number_finds_everybody_on_it(cast, family):
    client = cast.client("rina")
    page = client.get(client.post("/people/", {"q": KK}).url)
    assert [person.full_name for person in page.context["rows"]] == ["Dwi Lestari", "Ibu Sri"]
    other = cast.client("sari")
    assert list(other.get(other.post("/people/", {"q": KK}).url).context["rows"]) == []


def test_carer_is_written_down_with_the_difference_in_the_log(cast, family):
    client, address = cast.client("rina"), f"/households/{family.pk}/care/"
    assert client.post(address, answers()).url == f"/households/{family.pk}/"
    family.refresh_from_db()
    assert (family.children, family.carer_kind, family.carer_name, family.version) == (
        2,
        "grandparent",
        "Mbah Tarno",
        2,
    )
    event = Event.objects.get(name="household.care_noted")
    assert event.changes["children"] == [None, 2]
    html = client.get(f"/households/{family.pk}/").content.decode()
    assert ("Mbah Tarno" in html, "2 anak di bawah 18 tahun" in html) == (True, True)


def test_second_officer_sees_both_versions_of_the_care(cast, family):
    address = f"/households/{family.pk}/care/"
    sri = Person.objects.get(full_name="Ibu Sri")
    assert cast.client("rina").post(address, answers()).status_code == 302
    page = cast.client("teguh").post(address, answers(children="3", carer=str(sri.pk), carer_name=""))
    assert page.status_code == 409
    assert [(d.stored, d.typed) for d in page.context["differences"]] == [
        ("2", "3"),
        ("–", "Ibu Sri"),
        ("Mbah Tarno", "–"),
    ]
    family.refresh_from_db()
    assert (family.children, family.version) == (2, 2)
    typed = answers(children="3", carer=str(sri.pk), carer_name="", version="2")
    assert cast.client("teguh").post(address, typed).status_code == 302
    family.refresh_from_db()
    assert (family.children, family.carer, family.version) == (3, sri, 3)


def test_same_answer_twice_writes_once(cast, family):
    address = f"/households/{family.pk}/care/"
    client = cast.client("rina")
    assert client.post(address, answers()).status_code == 302
    assert client.post(address, answers()).status_code == 409
    assert Event.objects.filter(name="household.care_noted").count() == 1


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"children": ""}, "children"),
        ({"children": "-1"}, "children"),
        ({"children": "21"}, "children"),
        ({"children": "dua"}, "children"),
        ({"children": "9" * 5000}, "children"),
        ({"carer_kind": ""}, "carer_kind"),
        ({"carer_kind": "x"}, "carer_kind"),
        ({"carer": "x"}, "carer"),
        ({"carer_name": "x" * 1_048_576}, "carer_name"),
        ({"carer_name": "Mbah\0Tarno"}, "carer_name"),
        ({"carer_name": "Mbah\x07"}, "carer_name"),
    ],
)
def test_hostile_answer_is_refused_in_a_sentence(cast, family, typed, field):
    page = cast.client("rina").post(f"/households/{family.pk}/care/", answers(**typed))
    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    family.refresh_from_db()
    assert family.children is None


def test_html_in_the_carers_name_stays_text(cast, family):
    client = cast.client("rina")
    client.post(f"/households/{family.pk}/care/", answers(carer_name="<script>alert(1)</script>"))
    html = client.get(f"/households/{family.pk}/").content.decode()
    assert "<script>alert" not in html


def test_without_children_nobody_cares(cast, family):
    note_care(
        by=cast.seat("rina"), household=family, version=1, children=0, carer_kind="sibling", carer_name="x"
    )
    family.refresh_from_db()
    assert (family.children, family.carer_kind, family.carer_name) == (0, "", "")


def test_action_refuses_another_village_and_an_old_version(cast, family):
    with pytest.raises(NotPermitted):
        note_care(by=cast.seat("sari"), household=family, version=1, children=1, carer_kind="nobody")
    with pytest.raises(ChangedMeanwhile):
        note_care(by=cast.seat("rina"), household=family, version=7, children=1, carer_kind="nobody")


def test_household_of_another_village_answers_as_one_that_does_not_exist(cast):
    other = HouseholdFactory(village=cast.kenanga)
    for address in (f"/households/{other.pk}/", f"/households/{other.pk}/care/"):
        assert cast.client("rina").get(address).status_code == 404
