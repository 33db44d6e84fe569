from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.keys import new_key
from accounts.rules import NotPermitted
from audit.models import Event
from migrants.actions.permits import issue_permit, withdraw_permit
from migrants.case_states import IllegalStep
from migrants.models import Document, FamilyPermit
from tests.conftest import TODAY, build_cast
from tests.factories import FamilyPermitFactory, MigrationFactory, PersonFactory

GIVER = {"giver_name": "Slamet Riyadi", "giver_relation": "spouse"}


@pytest.fixture
def journey(cast):
    return MigrationFactory(person=PersonFactory(village=cast.randu, full_name="Dwi Lestari"))


def issue(cast, journey, key=None, by="rina", on=TODAY):
    return issue_permit(by=cast.seat(by), journey=journey, key=key or new_key(), given_on=on, **GIVER)


def other_journey(village, **facts):
    return MigrationFactory(person=PersonFactory(village=village), **facts)


def test_permits_are_numbered_per_village_and_year(cast, journey, clock):
    first = issue(cast, journey).row
    second = issue(cast, other_journey(cast.randu)).row
    elsewhere = issue(cast, other_journey(cast.bandung), by="sari").row
    clock.move_to(date(2027, 1, 4))
    next_year = issue(cast, other_journey(cast.randu), on=date(2027, 1, 4)).row
    assert [permit.reference for permit in (first, second, elsewhere, next_year)] == [
        "001/IK/2026",
        "002/IK/2026",
        "001/IK/2026",
        "001/IK/2027",
    ]


def test_permit_stands_in_the_checklist_and_leaves_it_when_withdrawn(cast, journey):
    permit = issue(cast, journey).row
    paper = Document.objects.get()
    assert (paper.kind, paper.state, paper.number) == ("family_permit", "in_hand", "001/IK/2026")
    for _turn in range(2):
        withdraw_permit(by=cast.seat("teguh"), permit=permit, reason="Suami menarik izin")
    permit.refresh_from_db()
    assert (permit.is_valid, permit.withdrawn_by) == (False, cast.user("teguh"))
    assert Document.objects.get().state == "missing"
    names = Event.objects.filter(name__startswith="permit.").order_by("pk")
    assert [event.name for event in names] == ["permit.issued", "permit.withdrawn"]
    assert issue(cast, journey).row.reference == "002/IK/2026"


def test_same_key_gives_the_first_permit_and_a_second_one_is_refused(cast, journey):
    key = new_key()
    assert [issue(cast, journey, key).made for _turn in range(2)] == [True, False]
    with pytest.raises(IllegalStep):
        issue(cast, journey)
    assert FamilyPermit.objects.count() == 1


def test_permit_is_for_somebody_who_prepares(cast):
    with pytest.raises(IllegalStep):
        issue(cast, other_journey(cast.randu, status="abroad", departed_on=date(2025, 1, 1)))


@pytest.mark.parametrize("name", ["sari", "hendro", "kades"])
def test_only_the_own_officers_issue_and_withdraw(cast, journey, name):
    with pytest.raises(NotPermitted):
        issue(cast, journey, by=name)
    permit = FamilyPermitFactory(migration=journey, issued_by=cast.user("rina"))
    with pytest.raises(NotPermitted):
        withdraw_permit(by=cast.seat(name), permit=permit, reason="x")


@pytest.mark.parametrize(
    "facts", [{"withdrawn_reason": "x"}, {"withdrawn_at": "2026-11-23T00:00Z"}, {"number": 1}]
)
def test_database_refuses_halves_and_a_number_twice(cast, journey, facts):
    FamilyPermitFactory(migration=other_journey(cast.randu), number=1, issued_by=cast.user("rina"))
    facts = {"number": 2} | facts
    with pytest.raises(IntegrityError), transaction.atomic():
        FamilyPermitFactory(migration=journey, issued_by=cast.user("rina"), **facts)


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_get_two_numbers():
    cast = build_cast()
    journeys = [other_journey(cast.randu) for _number in range(4)]

    def one(journey):
        try:
            return issue(cast, journey).row.number
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(one, journeys)) == [1, 2, 3, 4]


# --- pages ----


def test_page_makes_one_letter_that_prints_masked(cast, journey):
    client, address = cast.client("rina"), f"/journeys/{journey.pk}/permit/"
    typed = GIVER | {"given_on": "23-11-2026", "key": str(new_key())}
    places = [client.post(address, typed).url for _turn in range(2)]
    permit = FamilyPermit.objects.get()
    assert places == [f"/permits/{permit.pk}/"] * 2
    page = client.get(f"/permits/{permit.pk}/").content.decode()
    assert "001/IK/2026" in page
    assert f"/permit/{permit.token}/" in page
    assert "Dicetak 23 November 2026" in page
    assert client.post(address, typed | {"key": str(new_key())}).status_code == 409


@pytest.mark.parametrize(
    ("entries", "errors"),
    [
        ({"giver_name": ""}, {"giver_name": ["Isi nama pemberi izin."]}),
        ({"giver_relation": "boss"}, {"giver_relation": ["Pilihan ini tidak ada. Pilih lagi."]}),
        ({"given_on": "24-11-2026"}, {"given_on": ["Tanggal tidak boleh setelah hari ini."]}),
    ],
)
def test_page_refuses_in_a_sentence(cast, journey, entries, errors):
    typed = GIVER | {"given_on": "23-11-2026"} | entries
    page = cast.client("rina").post(f"/journeys/{journey.pk}/permit/", typed)
    assert (page.status_code, list(page.context["form"].errors)) == (422, list(errors))


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_for_one_and_three(cast, rows, django_assert_num_queries):
    for number in range(rows):
        FamilyPermitFactory(
            migration=other_journey(cast.randu), number=number + 1, issued_by=cast.user("rina")
        )
    client = cast.client("kades")
    client.get("/permits/")
    with django_assert_num_queries(4):
        page = client.get("/permits/")
    assert len(page.context["rows"].rows) == rows


# --- the public page ----


def test_anybody_reads_genuine_with_initials_and_month_and_no_more(
    cast, journey, client, django_assert_num_queries
):
    permit = FamilyPermitFactory(migration=journey, issued_by=cast.user("rina"))
    with django_assert_num_queries(1):
        answer = client.get(f"/permit/{permit.token}/")
    page = answer.content.decode()
    assert (answer.status_code, answer["X-Robots-Tag"]) == (200, "noindex, nofollow")
    for shown in ("Asli", "D. L.", "November 2026"):
        assert shown in page
    for secret in ("Dwi", "Lestari", "Slamet", "Randu", permit.reference, str(permit.pk), "16 Nov"):
        assert secret not in page.replace("utf-8", "")


def test_withdrawn_permit_says_so(cast, journey, client):
    permit = FamilyPermitFactory(migration=journey, issued_by=cast.user("rina"))
    withdraw_permit(by=cast.seat("rina"), permit=permit, reason="Suami menarik izin")
    page = client.get(f"/permit/{permit.token}/").content.decode()
    assert "Surat ini tidak berlaku lagi." in page
    assert "Suami" not in page


@pytest.mark.parametrize("token", ["A" * 22, "x", "%00", "A" * 5000, "<script>", "' OR 1=1 --"])
def test_unknown_permit_is_one_answer_for_all(db, client, token):
    answer = client.get(f"/permit/{token}/")
    assert answer.status_code in (404, 400)
    assert "<script>" not in answer.content.decode().replace('<script src="', "")


def test_tokens_cannot_be_guessed_or_repeat(cast):
    tokens = {
        FamilyPermitFactory(migration=other_journey(cast.randu), issued_by=cast.user("rina")).token
        for _number in range(5)
    }
    assert {len(token) for token in tokens} == {22}
    assert len(tokens) == 5
