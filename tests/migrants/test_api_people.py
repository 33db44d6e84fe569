from datetime import date

import pytest

from accounts.keys import new_key
from audit.models import Event
from migrants.models import Person
from migrants.numbers import nik_fields
from tests.factories import HouseholdFactory, MigrationFactory, PersonFactory, PersonMergeFactory
from tests.migrants.calling import API, get, send, told

NIK = "9901014501900012"


def entry(**changes):
    facts = {
        "id": str(new_key()),
        "standing": "abroad",
        "full_name": "Dwi Lestari",
        "nik": NIK,
        "phone": "0810-0000-1234",
        "next_of_kin_name": "Slamet",
        "next_of_kin_relation": "spouse",
        "data_basis": "village_duty",
        "scheme": "p_to_p",
        "destination": "TWN",
        "job": "CARE",
        "registered_on": "2026-11-23",
        "departed_on": "2025-03-01",
        "procedural": "unknown",
        "confirmed": "nik1",  # invented numbers begin with 99, and the form says so
    }
    return {**facts, **changes}


def test_root_names_the_lists_the_caller_may_read(cast):
    host = "http://testserver/api/v1/"
    places = ("provinces", "districts", "subdistricts", "villages", "designations", "officers")
    people = ("persons", "journeys", "visits", "family-permits", "cases", "referrals", "tasks")
    pillars = ("outreach-sessions", "notices", "business-groups", "businesses", "trainings", "aid")
    business = ("aid-items", "mentoring-visits", "marketing-partners", "contributions")
    others = ("learning-centres", "service-centres", "activities", "recruiters", "estimates")
    duty = ("carer-sessions", "duty-days", "duty-reports", "returns")
    read = (*duty, "finance-bodies", "figures", "indicators")
    lists = {name: f"{host}{name}/" for name in (*places, *people, *pillars, *business, *others, *read)}
    assert get(cast.client("rina"), "") == lists
    names = (*places, "figures", "indicators")
    read = {name: lists[name] for name in names} | {"editions": f"{host}editions/"}
    assert get(cast.client("maya"), "") == read


def test_person_is_registered_once_with_masked_numbers_and_a_journey(cast):
    client, body = cast.client("rina"), entry()
    (status, first), again = send(client, "persons/", body), send(client, "persons/", body)
    assert status == 201, first
    assert again == (200, first)
    person = Person.objects.get()
    assert first == {
        "id": body["id"],
        "url": f"http://testserver/api/v1/persons/{body['id']}/",
        "village": "33.25.14.2004",
        "full_name": "Dwi Lestari",
        "nickname": "",
        "sex": "female",
        "birth_date": "1990-01-05",
        "category": "pmi_active",
        "hamlet": "",
        "neighbourhood": "",
        "phone": "+6281000001234",
        "nik": "990101........12",
        "card": "",
        "household": None,
        "passport": "",
        "passport_expires_on": None,
        "education": "",
        "marital_status": "",
        "next_of_kin_name": "Slamet",
        "next_of_kin_relation": "spouse",
        "next_of_kin_phone": "",
        "data_basis": "village_duty",
        "data_basis_note": "",
        "version": 1,
    }
    assert person.nik == NIK
    assert person.migrations.get().departed_on == date(2025, 3, 1)
    assert list(Event.objects.order_by("id").values_list("name", flat=True)) == [
        "person.registered",
        "migration.logged",
    ]


def test_somebody_alike_is_asked_about_and_never_merged(cast):
    PersonFactory(village=cast.randu, full_name="Dwi Lestary", birth_date=date(1990, 1, 5))
    client, body = cast.client("rina"), entry(nik="", sex="female", birth_date="05-01-1990")
    status, refusal = send(client, "persons/", body)
    sentence = "Ada orang serupa yang sudah terdaftar. Apakah orangnya sama?"
    assert (status, refusal["confirmed"]) == (400, [sentence])
    (code,) = refusal["doubts"]
    assert send(client, "persons/", body | {"confirmed": code})[0] == 201
    assert Person.objects.count() == 2


def test_nik_of_the_village_is_refused_and_another_village_s_says_nothing(cast):
    known = PersonFactory(village=cast.randu)
    Person.objects.filter(pk=known.pk).update(**nik_fields(NIK, person=known.pk, village=known.village_id))
    status, refusal = send(cast.client("rina"), "persons/", entry())
    assert (status, refusal) == (400, {"nik": ["NIK ini sudah terdaftar di desa Anda. Buka data yang ada."]})
    assert send(cast.client("dewi"), "persons/", entry())[0] == 201


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"standing": "hantu"}, "standing"),
        ({"departed_on": "2027-01-01"}, "departed_on"),
        ({"departed_on": ""}, "departed_on"),
        ({"nik": "990101450190001", "sex": "female"}, "nik"),
        ({"village": "32.12.16.2004"}, "village"),
        ({"registered_by": "x"}, "registered_by"),
        ({"q": "Dwi"}, "q"),
        ({"full_name": ["Dwi"]}, "full_name"),
        ({"id": "satu"}, "id"),
    ],
)
def test_entry_is_refused_by_the_form_of_the_page(cast, changes, field):
    status, refusal = send(cast.client("rina"), "persons/", entry(**changes))
    assert (status, list(refusal)) == (400, [field])
    assert Person.objects.count() == 0


def test_list_goes_by_name_and_the_cursor_names_nobody(cast):
    for name in ("Citra", "Ani", "Budi"):
        PersonFactory(village=cast.randu, full_name=name)
    PersonFactory(village=cast.kenanga)
    client, names, after = cast.client("rina"), [], ""
    for _page in range(2):
        page = get(client, "persons/", size=2, after=after)
        names += [person["full_name"] for person in page["persons"]]
        after = page["after"]
    assert (names, after) == (["Ani", "Budi", "Citra"], "")


@pytest.mark.parametrize(
    ("asked", "rows"), [("2", 2), ("0", 1), ("-4", 30), ("x", 30), ("9999", 30), ("", 30)]
)
def test_size_of_a_page_is_bounded(cast, asked, rows, monkeypatch):
    monkeypatch.setattr("villages.api.entering.PAGE_ROWS", 30)
    monkeypatch.setattr("villages.api.entering.LARGEST_PAGE", 30)
    PersonFactory.create_batch(31, village=cast.randu)
    assert len(get(cast.client("rina"), "persons/", size=asked)["persons"]) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_for_one_and_three(cast, rows, django_assert_num_queries):
    PersonFactory.create_batch(rows, village=cast.randu, household=HouseholdFactory(village=cast.randu))
    client = cast.client("rina")
    with django_assert_num_queries(5):
        assert len(get(client, "persons/")["persons"]) == rows


def test_detail_is_recorded_and_a_merged_record_leads_to_the_kept_one(cast):
    merge = PersonMergeFactory(
        kept=PersonFactory(village=cast.randu), merged=PersonFactory(village=cast.randu)
    )
    client = cast.client("rina")
    answer = client.get(f"{API}persons/{merge.merged.pk}/")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{API}persons/{merge.kept.pk}/")
    assert get(client, f"persons/{merge.kept.pk}/")["id"] == str(merge.kept.pk)
    assert list(Event.objects.values_list("name", flat=True)) == ["person.viewed"]
    assert [person["id"] for person in get(client, "persons/")["persons"]] == [str(merge.kept.pk)]


def test_people_of_another_village_are_absent(cast):
    theirs = PersonFactory(village=cast.kenanga)
    answer = cast.client("rina").get(f"{API}persons/{theirs.pk}/")
    assert (answer.status_code, told(answer)) == (404, {"detail": "Ini tidak ada."})
    assert get(cast.client("rina"), "journeys/", person=MigrationFactory(person=theirs).person_id) == {
        "journeys": [],
        "after": "",
    }


def test_doubts_are_asked_after_what_is_wrong(cast):
    PersonFactory(village=cast.randu, full_name="Dwi Lestari", birth_date=date(1990, 1, 5))
    status, refusal = send(cast.client("rina"), "persons/", entry(next_of_kin_name=""))
    assert (status, list(refusal)) == (400, ["next_of_kin_name"])


def test_consent_is_written_once_under_the_text_of_its_day_and_taken_back(cast):
    rina, person = cast.client("rina"), PersonFactory(village=cast.randu)
    text = get(rina, "consent-text/")
    body = {"id": str(new_key()), "purpose": "assistance", "receiver": "BP3MI", "manner": "spoken"}
    body |= {"given_on": "2026-11-20", "witness": "Slamet"}
    assert send(rina, f"persons/{person.pk}/consents/", {**body, "witness": ""}) == (
        400,
        {"witness": ["Isi siapa saksinya."]},
    )
    status, told = send(rina, f"persons/{person.pk}/consents/", body)
    assert (status, told["text_version"], told["withdrawn_at"]) == (201, text["version"], None)
    assert send(rina, f"persons/{person.pk}/consents/", body) == (200, told)
    assert get(rina, f"persons/{person.pk}/consents/") == {"consents": [told], "after": ""}
    assert send(cast.client("sari"), f"persons/{person.pk}/consents/", body)[0] == 404
    assert send(cast.client("sari"), f"consents/{told['id']}/withdrawal/", {})[0] == 404
    back = send(rina, f"consents/{told['id']}/withdrawal/", {"reason": "Berubah pikiran"})[1]
    assert (back["withdrawn_reason"], back["withdrawn_at"] is None) == ("Berubah pikiran", False)
    assert send(rina, f"consents/{told['id']}/withdrawal/", {})[0] == 409
