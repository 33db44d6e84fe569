from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.keys import new_key
from accounts.rules import NotPermitted
from migrants.actions.assessments import assess_journey
from migrants.actions.journeys import begin_journey, move_journey
from migrants.case_states import IllegalStep
from migrants.enums import MigrationStatus
from migrants.journey_states import STEPS, step_between, steps_from
from migrants.models import Migration, MigrationStep
from migrants.queries.journeys import departures, open_journeys, registrations, returns
from tests.conftest import TODAY
from tests.factories import MigrationFactory, PersonFactory, RequirementFactory


def begin(cast, person, **facts):
    facts = {"status": "prospective", "registered_on": date(2026, 11, 2)} | facts
    return begin_journey(by=cast.seat("rina"), person=person, key=new_key(), **facts).row


def move(cast, journey, to, on=TODAY, reason=""):
    return move_journey(by=cast.seat("rina"), journey=journey, to=to, on=on, reason=reason)


def test_every_status_has_a_way_and_every_step_leads_to_a_status():
    assert {step.frm for step in STEPS} == set(MigrationStatus)
    assert {step.to for step in STEPS} <= set(MigrationStatus)
    assert [step.to for step in steps_from("prospective")] == ["abroad", "cancelled"]
    assert step_between("prospective", "returned") is None


def test_journey_goes_abroad_and_home_and_the_person_follows(cast):
    person = PersonFactory(village=cast.randu)
    journey = begin(cast, person)
    standings = [person.category]
    for to, on in (("abroad", date(2026, 11, 10)), ("returned", date(2026, 11, 20))):
        journey = move(cast, journey, to, on)
        person.refresh_from_db()
        standings.append(person.category)
    assert standings == ["cpmi", "pmi_active", "pmi_returned"]
    assert (journey.departed_on, journey.returned_on) == (date(2026, 11, 10), date(2026, 11, 20))
    steps = MigrationStep.objects.values_list("from_status", "to_status", "happened_on")
    assert list(steps) == [
        ("", "prospective", date(2026, 11, 2)),
        ("prospective", "abroad", date(2026, 11, 10)),
        ("abroad", "returned", date(2026, 11, 20)),
    ]


def test_correction_goes_back_empties_the_date_and_keeps_the_history(cast):
    journey = begin(cast, PersonFactory(village=cast.randu))
    move(cast, journey, "abroad")
    journey = move(cast, journey, "prospective", reason="Salah orang")
    assert (journey.status, journey.departed_on) == ("prospective", None)
    assert MigrationStep.objects.count() == 3
    journey.person.refresh_from_db()
    assert journey.person.category == "cpmi"


def test_cancelled_journey_leaves_what_came_before(cast):
    person = PersonFactory(village=cast.randu)
    move(cast, begin(cast, person), "cancelled", reason="Menikah")
    person.refresh_from_db()
    assert person.category == "resident"
    MigrationFactory(person=person, status="returned", registered_on=date(2020, 1, 1))
    move(cast, begin(cast, person), "cancelled", reason="Sakit")
    person.refresh_from_db()
    assert person.category == "pmi_returned"


@pytest.mark.parametrize(
    ("frm", "to"), [("prospective", "returned"), ("abroad", "abroad"), ("returned", "cancelled")]
)
def test_step_outside_the_table_is_refused(cast, frm, to):
    journey = MigrationFactory(person=PersonFactory(village=cast.randu), status=frm)
    with pytest.raises(IllegalStep):
        move(cast, journey, to)
    assert MigrationStep.objects.count() == 0


def test_person_has_one_open_journey(cast):
    person = PersonFactory(village=cast.randu)
    begin(cast, person)
    with pytest.raises(IllegalStep):
        begin(cast, person)
    assert Migration.objects.count() == 1


def test_return_before_the_departure_is_refused_even_without_a_form(cast):
    person = PersonFactory(village=cast.randu)
    with pytest.raises(IllegalStep):
        begin(cast, person, status="returned", departed_on=date(2025, 2, 1), returned_on=date(2025, 1, 1))
    assert Migration.objects.count() == 0


def test_only_the_own_village_moves_and_judges(cast):
    journey = MigrationFactory(person=PersonFactory(village=cast.bandung))
    for name in ("rina", "hendro"):
        with pytest.raises(NotPermitted):
            move_journey(by=cast.seat(name), journey=journey, to="abroad", on=TODAY)
        with pytest.raises(NotPermitted):
            assess_journey(
                by=cast.seat(name), journey=journey, key=new_key(), procedural="procedural", basis="x"
            )


# --- pages --------------------------------------------------------------------------------------------------


def test_page_moves_a_journey(cast):
    journey = MigrationFactory(person=PersonFactory(village=cast.randu))
    client, address = cast.client("rina"), f"/journeys/{journey.pk}/move/"
    choices = client.get(address).context["form"].fields["to"].choices
    assert [value for value, _label in choices] == ["abroad", "cancelled"]
    answer = client.post(address, {"to": "abroad", "happened_on": "20-11-2026", "frm": "prospective"})
    assert answer.url == f"/journeys/{journey.pk}/"
    journey.refresh_from_db()
    assert (journey.status, journey.departed_on) == ("abroad", date(2026, 11, 20))


@pytest.mark.parametrize(
    ("entries", "errors"),
    [
        ({"happened_on": "24-11-2026"}, {"happened_on": ["Tanggal tidak boleh setelah hari ini."]}),
        ({"happened_on": "1-1-2020"}, {"happened_on": ["Tanggal pulang tidak boleh sebelum berangkat."]}),
        ({"to": ""}, {"to": ["Pilih apa yang terjadi."]}),
        ({"to": "prospective"}, {"reason": ["Tulis alasannya dengan beberapa kata."]}),
    ],
)
def test_page_refuses_in_a_sentence(cast, entries, errors):
    journey = MigrationFactory(
        person=PersonFactory(village=cast.randu), status="abroad", departed_on=date(2025, 2, 1)
    )
    typed = {"to": "returned", "happened_on": "20-11-2026", "frm": "abroad"} | entries
    page = cast.client("rina").post(f"/journeys/{journey.pk}/move/", typed)
    assert (page.status_code, page.context["form"].errors) == (422, errors)


def test_page_opened_before_a_colleague_moved_the_journey_answers_409(cast):
    journey = MigrationFactory(person=PersonFactory(village=cast.randu))
    move(cast, journey, "abroad")
    page = cast.client("teguh").post(
        f"/journeys/{journey.pk}/move/", {"to": "abroad", "happened_on": "20-11-2026", "frm": "prospective"}
    )
    assert page.status_code == 409
    assert "Perjalanan ini sudah berstatus “Di luar negeri”." in page.content.decode()
    assert MigrationStep.objects.count() == 1


def test_page_warns_of_a_minor_and_saves_after_yes(cast):
    person = PersonFactory(village=cast.randu, birth_date=date(2009, 1, 1))
    journey = MigrationFactory(person=person)
    client, address = cast.client("rina"), f"/journeys/{journey.pk}/move/"
    typed = {"to": "abroad", "happened_on": "20-11-2026", "frm": "prospective"}
    page = client.post(address, typed)
    assert (page.status_code, [doubt.code for doubt in page.context["form"].open_doubts]) == (422, ["minor"])
    assert client.post(address, typed | {"confirmed": "minor"}).status_code == 302


def test_page_warns_of_the_age_the_district_asks_for(cast):
    """Batang wants 21 years for care work in Singapore; 20 are enough for elsewhere."""
    asks = {"minimum_age": 21, "destination": "SGP", "job": "CARE", "paper": ""}
    RequirementFactory(**asks)
    person = PersonFactory(village=cast.randu, birth_date=date(2006, 1, 1))
    client = cast.client("rina")
    for destination, codes in {"TWN": [], "SGP": ["too_young"]}.items():
        journey = MigrationFactory(person=person, destination=destination)
        typed = {"to": "abroad", "happened_on": "20-11-2026", "frm": "prospective"}
        form = client.post(f"/journeys/{journey.pk}/move/", typed).context
        doubts = form["form"].open_doubts if form else []
        assert [doubt.code for doubt in doubts] == codes
        Migration.objects.filter(pk=journey.pk).update(status="cancelled")
    assert [doubt.sentence for doubt in doubts] == [
        "Belum 21 tahun pada 20 November 2026. Kabupaten mensyaratkan 21 tahun untuk perjalanan ini."
    ]


def test_further_journey_warns_of_the_age_the_district_asks_for(cast):
    RequirementFactory(minimum_age=21, destination="SGP", paper="")
    person = PersonFactory(village=cast.randu, birth_date=date(2006, 1, 1))
    typed = {"status_choice": "prospective", "scheme": "p_to_p", "destination": "SGP", "job": "CARE"}
    typed |= {"key": str(new_key()), "registered_on": "20-11-2026", "procedural": "unknown"}
    page = cast.client("rina").post(f"/people/{person.pk}/journeys/new/", typed)
    doubts = page.context["form"].open_doubts
    assert (page.status_code, [doubt.code for doubt in doubts]) == (422, ["too_young"])


def test_further_journey_of_a_returned_worker(cast):
    person = PersonFactory(village=cast.randu, category="pmi_returned")
    MigrationFactory(person=person, status="returned", registered_on=date(2020, 1, 1))
    typed = {
        "key": str(new_key()),
        "status_choice": "prospective",
        "scheme": "p_to_p",
        "destination": "HKG",
        "job": "PLRT",
        "procedural": "unknown",
        "registered_on": "23-11-2026",
    }
    client, address = cast.client("rina"), f"/people/{person.pk}/journeys/new/"
    assert [client.post(address, typed).status_code for _turn in range(2)] == [302, 302]
    assert Migration.objects.filter(person=person).count() == 2
    again = client.post(address, typed | {"key": str(new_key())})
    assert again.status_code == 409
    assert "Orang ini masih punya perjalanan terbuka." in again.content.decode()


# --- history and reads --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement", ["UPDATE migrants_migrationstep SET reason = 'x'", "DELETE FROM migrants_migrationstep"]
)
def test_steps_are_never_rewritten(cast, statement):
    begin(cast, PersonFactory(village=cast.randu))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert MigrationStep.objects.count() == 1


def test_reads_count_by_their_own_day(cast):
    person = PersonFactory(village=cast.randu)
    MigrationFactory(
        person=person,
        status="returned",
        registered_on=date(2025, 1, 5),
        departed_on=date(2025, 3, 1),
        returned_on=date(2026, 2, 1),
    )
    MigrationFactory(person=person, registered_on=date(2026, 11, 2))
    year = (date(2026, 1, 1), date(2026, 12, 31))
    assert [
        rows.count() for rows in (registrations(*year), departures(*year), returns(*year), open_journeys())
    ] == [
        1,
        0,
        1,
        1,
    ]
