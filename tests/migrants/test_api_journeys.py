from datetime import date

import pytest

from audit.models import Event
from migrants.models import MigrationStep
from tests.factories import JourneyMilestoneFactory, MigrationFactory, PersonFactory
from tests.migrants.calling import get, send


@pytest.fixture
def journey(cast):
    return MigrationFactory(person=PersonFactory(village=cast.randu, full_name="Dwi Lestari"))


def test_journey_with_its_way_and_its_next_steps(cast, journey):
    JourneyMilestoneFactory(migration=journey, kind="passport", happened_on=date(2026, 11, 10), note="Pati")
    told = get(cast.client("rina"), f"journeys/{journey.pk}/")
    assert (told["person_name"], told["status"], told["destination"]) == ("Dwi Lestari", "prospective", "TWN")
    assert [stage for stage in told["milestones"] if stage["happened_on"]] == [
        {"kind": "passport", "happened_on": "2026-11-10", "note": "Pati"}
    ]
    assert told["next_steps"] == [
        {"to": "abroad", "label": "Berangkat", "needs_reason": False},
        {"to": "cancelled", "label": "Batal: tidak jadi berangkat", "needs_reason": True},
    ]
    assert list(Event.objects.values_list("name", flat=True)) == ["person.viewed"]


def test_step_moves_the_journey_and_the_standing(cast, journey):
    body = {"to": "abroad", "happened_on": "20-11-2026", "frm": "prospective"}
    status, told = send(cast.client("rina"), f"journeys/{journey.pk}/steps/", body)
    assert (status, told["status"], told["departed_on"]) == (200, "abroad", "2026-11-20")
    journey.person.refresh_from_db()
    assert journey.person.category == "pmi_active"


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (
            {"to": "returned", "happened_on": "2026-11-20"},
            "Dari “Bersiap” perjalanan tidak dapat ke “Pulang”. Yang dapat: “Di luar negeri”, “Dibatalkan”.",
        ),
        (
            {"to": "prospective", "happened_on": "2026-11-20"},
            "Perjalanan ini sudah berstatus “Bersiap”. Lihat lagi sebelum mengubahnya.",
        ),
        (
            {"to": "abroad", "happened_on": "2026-11-20", "frm": "cancelled"},
            "Perjalanan ini sudah berstatus “Bersiap”. Lihat lagi sebelum mengubahnya.",
        ),
    ],
)
def test_step_that_is_not_in_the_table_answers_409(cast, journey, body, sentence):
    answer = send(cast.client("rina"), f"journeys/{journey.pk}/steps/", body)
    assert answer == (409, {"detail": sentence})
    assert MigrationStep.objects.count() == 0


def test_unusual_step_is_asked_back_and_impossible_one_refused(cast, journey):
    JourneyMilestoneFactory(migration=journey, kind="opp", happened_on=date(2026, 11, 21))
    client, address = cast.client("rina"), f"journeys/{journey.pk}/steps/"
    body = {"to": "abroad", "happened_on": "2026-11-20"}
    status, refusal = send(client, address, body)
    assert (status, list(refusal["doubts"])) == (400, ["later-milestone"])
    assert send(client, address, body | {"confirmed": "later-milestone"})[0] == 200
    home = {"to": "returned", "happened_on": "2026-11-19"}
    assert send(client, address, home) == (
        400,
        {"happened_on": ["Tanggal pulang tidak boleh sebelum berangkat."]},
    )


def test_milestone_is_set_and_a_day_changed_meanwhile_shows_both(cast, journey):
    client, address = cast.client("rina"), f"journeys/{journey.pk}/milestones/"
    body = {"kind": "passport", "happened_on": "2026-11-10"}
    status, told = send(client, address, body)
    assert (status, [s["happened_on"] for s in told["milestones"] if s["kind"] == "passport"]) == (
        200,
        ["2026-11-10"],
    )
    late = {"kind": "passport", "happened_on": "2026-11-12"}
    status, both = send(client, address, late)
    assert (status, both["now"], both["sent"]) == (
        409,
        {"kind": "passport", "happened_on": "2026-11-10"},
        late,
    )
    assert send(client, address, late | {"was": "2026-11-10"})[0] == 200


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ({"kind": "terbang"}, {"kind": ["Pilih satu dari daftar."]}),
        ({"kind": "passport", "status": "abroad"}, {"status": ["Tidak ada isian dengan nama ini."]}),
        ([], {"detail": "Isi kiriman tidak terbaca. Kirim satu objek JSON."}),
    ],
)
def test_nonsense_is_refused_in_a_sentence(cast, journey, body, refusal):
    assert send(cast.client("rina"), f"journeys/{journey.pk}/milestones/", body) == (400, refusal)


def test_list_narrows_by_status_and_person(cast, journey):
    other = MigrationFactory(
        person=PersonFactory(village=cast.randu), status="abroad", departed_on="2026-01-02"
    )
    MigrationFactory(person=PersonFactory(village=cast.kenanga))
    client = cast.client("rina")
    found = [
        [line["id"] for line in get(client, "journeys/", **query)["journeys"]]
        for query in (
            {"status": "abroad"},
            {"person": journey.person_id},
            {"person": "satu"},
            {"status": "x"},
        )
    ]
    assert found[:3] == [[str(other.pk)], [str(journey.pk)], []]
    assert sorted(found[3]) == sorted([str(journey.pk), str(other.pk)])


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_for_one_and_three(cast, rows, django_assert_num_queries):
    for _row in range(rows):
        MigrationFactory(person=PersonFactory(village=cast.randu))
    client = cast.client("rina")
    with django_assert_num_queries(5):
        assert len(get(client, "journeys/")["journeys"]) == rows


def test_contract_is_extended_once(cast):
    journey = MigrationFactory(
        person__village=cast.randu, status="abroad", departed_on="2025-01-10", contract_ends_on="2026-12-31"
    )
    longer = {
        "id": "0199a1b2-c3d4-7e5f-8a6b-000000000001",
        "ends_on": "2028-12-31",
        "agreed_on": "2026-11-18",
    }
    status, told = send(cast.client("rina"), f"journeys/{journey.pk}/extensions/", longer)
    assert (status, told["contract_ends_on"]) == (201, "2028-12-31")
    assert send(cast.client("rina"), f"journeys/{journey.pk}/extensions/", longer) == (200, told)
    assert journey.extensions.count() == 1
