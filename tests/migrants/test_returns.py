from datetime import date

import pytest
from django.db import IntegrityError, transaction

from accounts.keys import new_key
from accounts.rules import NotPermitted
from audit.models import Event
from migrants.actions.returns import set_return
from migrants.case_states import IllegalStep
from migrants.models import Migration, ReturnRecord
from migrants.versions import ChangedMeanwhile
from tests.factories import MigrationFactory, PersonFactory, ReturnRecordFactory

FACTS = {
    "reason": "contract_end",
    "needs": ["debt", "business"],
    "plan": "stay",
    "skills": "Menjahit",
    "services": "Pelatihan usaha 3 hari",
    "handed_over_on": None,
    "received_by": "",
}
TYPED = {"version": "0", "reason": "contract_end", "needs": ["debt"], "plan": "stay"}


@pytest.fixture
def home(cast):
    return MigrationFactory(
        person=PersonFactory(village=cast.randu, full_name="Dwi Lestari"),
        status="returned",
        departed_on=date(2024, 6, 1),
        returned_on=date(2026, 6, 1),
        employer="Keluarga Chan",
        scheme="p_to_p",
    )


def test_return_is_kept_sealed_where_people_tell_and_logged_without_words(cast, home):
    row = set_return(by=cast.seat("rina"), journey=home, version=0, facts=FACTS)
    assert (row.version, row.services, row.needs) == (1, "Pelatihan usaha 3 hari", ["debt", "business"])
    assert b"Pelatihan" not in bytes(ReturnRecord.objects.get().services_sealed)
    assert set_return(by=cast.seat("rina"), journey=home, version=0, facts=FACTS).version == 1
    event = Event.objects.get(name="return.set")
    assert event.changes == {"reason": ["", "contract_end"], "plan": ["", "stay"]}


def test_other_version_is_refused(cast, home):
    set_return(by=cast.seat("teguh"), journey=home, version=0, facts=FACTS)
    with pytest.raises(ChangedMeanwhile):
        set_return(by=cast.seat("rina"), journey=home, version=0, facts=FACTS | {"plan": "undecided"})


def test_only_a_returned_journey_of_the_own_village(cast, home):
    abroad = MigrationFactory(person=PersonFactory(village=cast.randu), status="abroad")
    with pytest.raises(IllegalStep):
        set_return(by=cast.seat("rina"), journey=abroad, version=0, facts=FACTS)
    for name in ("sari", "hendro", "kades"):
        with pytest.raises(NotPermitted):
            set_return(by=cast.seat(name), journey=home, version=0, facts=FACTS)


@pytest.mark.parametrize("facts", [{"received_by": "Slamet"}, {"handed_over_on": date(2026, 6, 2)}])
def test_database_refuses_half_a_hand_over(cast, home, facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        ReturnRecordFactory(migration=home, logged_by=cast.user("rina"), **facts)


# --- pages ----


def test_page_writes_and_the_journey_shows_it(cast, home):
    client, address = cast.client("rina"), f"/journeys/{home.pk}/return/"
    for _turn in range(2):
        assert client.post(address, TYPED | {"services": "<b>Modal</b>"}).url == f"/journeys/{home.pk}/"
    page = client.get(f"/journeys/{home.pk}/").content.decode()
    for words in ("Kontrak selesai", "Utang", "Menetap", "&lt;b&gt;Modal"):
        assert words in page


@pytest.mark.parametrize(
    ("entries", "errors"),
    [
        ({"reason": ""}, {"reason": ["Pilih alasan kepulangan."]}),
        ({"plan": ""}, {"plan": ["Pilih rencananya, atau “belum memutuskan”."]}),
        ({"handed_over_on": "2-6-2026"}, {"received_by": ["Isi siapa yang menerima."]}),
        ({"received_by": "Slamet"}, {"handed_over_on": ["Isi tanggal serah terima."]}),
        (
            {"received_by": "Slamet", "handed_over_on": "31-5-2026"},
            {"handed_over_on": ["Serah terima tidak boleh sebelum pulang."]},
        ),
        ({"skills": "x\0"}, {"skills": ["Ketik ulang isian ini: ada karakter yang tidak terbaca."]}),
        ({"services": "x" * 2001}, {"services": ["Tulis paling banyak 2000 huruf."]}),
    ],
)
def test_page_refuses_in_a_sentence(cast, home, entries, errors):
    page = cast.client("rina").post(f"/journeys/{home.pk}/return/", TYPED | entries)
    assert (page.status_code, page.context["form"].errors) == (422, errors)


def test_page_asks_back_about_the_plan_of_somebody_who_died(cast, home):
    page = cast.client("rina").post(f"/journeys/{home.pk}/return/", TYPED | {"reason": "death"})
    assert [doubt.code for doubt in page.context["form"].open_doubts] == ["died"]


def test_two_officers_on_one_return_both_versions_are_shown(cast, home):
    set_return(by=cast.seat("teguh"), journey=home, version=0, facts=FACTS)
    page = cast.client("rina").post(f"/journeys/{home.pk}/return/", TYPED | {"plan": "leave_again"})
    assert page.status_code == 409
    shown = [(each.stored, each.typed) for each in page.context["differences"]]
    assert ("Menetap", "Berangkat lagi") in shown


def test_journey_that_is_not_over_answers_409(cast):
    journey = MigrationFactory(person=PersonFactory(village=cast.randu))
    assert cast.client("rina").get(f"/journeys/{journey.pk}/return/").status_code == 409


def test_further_journey_begins_with_the_facts_of_the_last(cast, home):
    client, address = cast.client("rina"), f"/people/{home.person_id}/journeys/new/"
    form = client.get(address).context["form"]
    names = ("status_choice", "scheme", "destination", "job", "employer")
    assert [form[name].value() for name in names] == [
        "prospective",
        "p_to_p",
        "TWN",
        "CARE",
        "Keluarga Chan",
    ]
    typed = {name: form[name].value() for name in names} | {
        "key": str(new_key()),
        "procedural": "unknown",
        "registered_on": "23-11-2026",
    }
    assert client.post(address, typed).status_code == 302
    assert Migration.objects.filter(person=home.person).count() == 2
