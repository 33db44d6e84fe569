from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from accounts.keys import new_key
from accounts.rules import NotPermitted
from audit.models import Event
from migrants.actions.placements import (
    change_journey,
    extend_contract,
    set_milestone,
)
from migrants.case_states import IllegalStep
from migrants.milestones import (
    Doings,
    Milestone,
    impossible,
    impossible_departure,
    impossible_return,
    unusual,
    unusual_departure,
)
from migrants.models import ContractExtension, JourneyMilestone
from migrants.queries.placements import company_named
from migrants.versions import ChangedMeanwhile
from tests.factories import (
    ContractExtensionFactory,
    JourneyMilestoneFactory,
    MigrationFactory,
    PersonFactory,
    PlacementCompanyFactory,
)

BORN, DEPARTED, RETURNED = date(1990, 1, 25), date(2024, 6, 1), date(2026, 6, 1)
FACTS = {"version": "1", "scheme": "p_to_p", "destination": "HKG", "job": "PLRT"}


@pytest.fixture
def journey(cast):
    return MigrationFactory(person=PersonFactory(village=cast.randu, full_name="Dwi Lestari"))


@pytest.fixture
def abroad(cast):
    return MigrationFactory(
        person=PersonFactory(village=cast.randu),
        status="abroad",
        departed_on=DEPARTED,
        contract_starts_on=DEPARTED,
        contract_ends_on=date(2026, 5, 31),
    )


# --- days that cannot be, and days that are rare ------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "day", "sentence"),
    [
        ("visa", date(1989, 1, 1), "This day is before the person was born."),
        ("visa", date(2026, 6, 2), "This day is after the return. Correct one of the two."),
        ("working", date(2024, 5, 31), "The work abroad cannot begin before the departure."),
        ("working", date(2024, 6, 1), ""),
        ("visa", date(2024, 7, 1), ""),
    ],
)
def test_milestone_that_cannot_be(english, kind, day, sentence):
    assert impossible(kind, day, Doings({}, DEPARTED, RETURNED, BORN)) == sentence


def test_departure_and_return_that_cannot_be(english):
    known = Doings({"working": date(2024, 6, 3), "visa": date(2024, 4, 1)}, DEPARTED, None, BORN)
    cannot = "The work abroad cannot begin before the departure."
    assert impossible_departure(date(2024, 6, 3), known) == ""
    assert impossible_departure(date(2024, 6, 4), known) == cannot
    assert impossible_departure(date(1980, 1, 1), known) == "This day is before the person was born."
    assert impossible_return(date(2024, 6, 3), known) == ""
    assert impossible_return(date(2024, 5, 1), known) == "The return cannot be before the departure."
    later = "A milestone of this journey is later than this day. Correct one of the two."
    assert impossible_return(date(2024, 6, 2), known) == later


@pytest.mark.parametrize(
    ("kind", "day", "codes"),
    [
        ("visa", date(2024, 1, 1), ["before-passport"]),
        ("passport", date(2024, 5, 1), ["before-passport"]),
        ("verification", date(2024, 5, 1), []),
        ("medical", date(2024, 6, 2), ["after-departure"]),
        ("medical", date(2020, 6, 2), ["long-before"]),
        ("working", date(2024, 6, 20), []),
    ],
)
def test_milestone_that_is_rare(kind, day, codes):
    known = Doings({"passport": date(2024, 2, 1), "visa": date(2024, 4, 1)}, DEPARTED)
    assert [code for code, _sentence in unusual(kind, day, known)] == codes


def test_departure_that_is_rare():
    known = Doings({"visa": date(2024, 4, 1), "working": date(2024, 7, 1)})
    days = (date(2024, 3, 31), date(2024, 4, 1))
    assert [[code for code, _said in unusual_departure(day, known)] for day in days] == [
        ["later-milestone"],
        [],
    ]


# --- writes -------------------------------------------------------------------------------------------------


def test_milestone_is_set_changed_and_taken_out(cast, journey):
    seat, visa = cast.seat("rina"), Milestone.VISA
    first, second = date(2026, 11, 3), date(2026, 11, 4)
    set_milestone(by=seat, journey=journey, kind=visa, day=first, note="E-visa")
    set_milestone(by=seat, journey=journey, kind=visa, day=first, note="E-visa")
    set_milestone(by=seat, journey=journey, kind=visa, day=second, was=first)
    assert list(JourneyMilestone.objects.values_list("kind", "happened_on", "note")) == [("visa", second, "")]
    set_milestone(by=seat, journey=journey, kind=visa, day=None, was=second)
    assert JourneyMilestone.objects.count() == 0
    told = Event.objects.filter(name="migration.milestone_set").order_by("pk")
    assert [event.changes for event in told] == [
        {"visa": [None, "2026-11-03"]},
        {"visa": ["2026-11-03", "2026-11-04"]},
        {"visa": ["2026-11-04", None]},
    ]


def test_milestone_a_colleague_set_meanwhile_is_not_overwritten(cast, journey):
    set_milestone(by=cast.seat("teguh"), journey=journey, kind="visa", day=date(2026, 11, 3))
    with pytest.raises(ChangedMeanwhile):
        set_milestone(by=cast.seat("rina"), journey=journey, kind="visa", day=date(2026, 11, 5))
    assert JourneyMilestone.objects.get().happened_on == date(2026, 11, 3)


def test_facts_are_saved_once_and_a_second_version_is_refused(cast, journey):
    seat, facts = cast.seat("rina"), {"scheme": "p_to_p", "wage_amount": 5100, "wage_currency": "HKD"}
    journey = change_journey(by=seat, journey=journey, version=1, facts=facts)
    assert (journey.version, journey.scheme, journey.wage_amount) == (2, "p_to_p", 5100)
    assert change_journey(by=seat, journey=journey, version=2, facts=facts).version == 2
    with pytest.raises(ChangedMeanwhile):
        change_journey(by=seat, journey=journey, version=1, facts={"employer": "PT Contoh"})
    event = Event.objects.get(name="migration.changed")
    assert event.changes == {
        "scheme": ["unknown", "p_to_p"],
        "wage_amount": [None, 5100],
        "wage_currency": ["", "HKD"],
    }


def test_extension_keeps_the_end_before_and_counts_once(cast, abroad):
    seat, key, ends = cast.seat("rina"), new_key(), date(2028, 5, 31)
    agreed = date(2026, 4, 1)
    for _turn in range(2):
        extend_contract(by=seat, journey=abroad, key=key, agreed_on=agreed, ends_on=ends)
    abroad.refresh_from_db()
    assert abroad.contract_ends_on == ends
    assert list(ContractExtension.objects.values_list("previous_end", "ends_on")) == [
        (date(2026, 5, 31), ends)
    ]
    with pytest.raises(IllegalStep):
        extend_contract(by=seat, journey=abroad, key=new_key(), agreed_on=agreed, ends_on=ends)


def test_extension_is_for_somebody_abroad(cast, journey):
    with pytest.raises(IllegalStep):
        extend_contract(
            by=cast.seat("rina"),
            journey=journey,
            key=new_key(),
            agreed_on=date(2026, 11, 1),
            ends_on=date(2027, 11, 1),
        )


@pytest.mark.parametrize("name", ["sari", "hendro", "kades"])
def test_only_the_own_village_writes(cast, abroad, name):
    seat = cast.seat(name)
    with pytest.raises(NotPermitted):
        set_milestone(by=seat, journey=abroad, kind="visa", day=date(2024, 1, 1))
    with pytest.raises(NotPermitted):
        change_journey(by=seat, journey=abroad, version=1, facts={"employer": "x"})
    with pytest.raises(NotPermitted):
        extend_contract(by=seat, journey=abroad, key=new_key(), agreed_on=DEPARTED, ends_on=date(2029, 1, 1))


@pytest.mark.parametrize(
    "facts",
    [
        {"contract_starts_on": date(2026, 2, 1), "contract_ends_on": date(2026, 1, 1)},
        {"wage_amount": 100},
        {"wage_currency": "HKD"},
    ],
)
def test_database_refuses_halves_and_turned_dates(cast, facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        MigrationFactory(person=PersonFactory(village=cast.randu), **facts)


def test_extensions_are_never_rewritten(abroad):
    ContractExtensionFactory(migration=abroad)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE migrants_contractextension SET note = 'x'")


def test_company_is_found_without_pt_and_punctuation(db):
    company = PlacementCompanyFactory(name="PT Contoh Karya", name_key="contohkarya")
    assert company_named("contoh karya, PT.") == company
    assert company_named("Lain") is None
    assert company_named("") is None


# --- pages --------------------------------------------------------------------------------------------------


def test_page_shows_the_journey_at_the_same_cost(cast, abroad, django_assert_num_queries):
    client, address = cast.client("rina"), f"/journeys/{abroad.pk}/"
    client.get(address)
    with django_assert_num_queries(DETAIL_QUERIES):
        client.get(address)
    for kind in ("visa", "passport", "medical"):
        JourneyMilestoneFactory(migration=abroad, kind=kind, happened_on=date(2024, 1, 1))
        ContractExtensionFactory(migration=abroad, logged_by=cast.user("rina"))
    with django_assert_num_queries(DETAIL_QUERIES):
        page = client.get(address)
    assert [(stage.kind, stage.day) for stage in page.context["stages"] if stage.day] == [
        ("medical", date(2024, 1, 1)),
        ("passport", date(2024, 1, 1)),
        ("visa", date(2024, 1, 1)),
    ]


DETAIL_QUERIES = 16


def test_company_licence_is_said_beside_its_name(cast):
    PlacementCompanyFactory(
        name="PT Contoh Karya", name_key="contohkarya", valid_until=date(2026, 1, 1), licence="SIP3MI 12"
    )
    journey = MigrationFactory(person=PersonFactory(village=cast.randu), agency="PT. Contoh Karya")
    page = cast.client("rina").get(f"/journeys/{journey.pk}/").content.decode()
    assert "Izin tidak berlaku hari ini" in page
    assert "SIP3MI 12, berlaku sampai 01-01-2026" in page


def test_page_saves_facts_after_the_company_is_confirmed(cast, journey):
    client, address = cast.client("rina"), f"/journeys/{journey.pk}/edit/"
    typed = FACTS | {"agency": "PT Entah", "wage_amount": "5.100", "wage_currency": "HKD"}
    page = client.post(address, typed)
    assert [doubt.code for doubt in page.context["form"].open_doubts] == ["unlisted"]
    assert client.post(address, typed | {"confirmed": "unlisted"}).url == f"/journeys/{journey.pk}/"
    journey.refresh_from_db()
    assert (journey.agency, journey.wage_amount, journey.version) == ("PT Entah", 5100, 2)


@pytest.mark.parametrize(
    ("entries", "errors"),
    [
        (
            {"contract_starts_on": "2-1-2026", "contract_ends_on": "1-1-2026"},
            {"contract_ends_on": ["Kontrak tidak boleh berakhir sebelum mulai."]},
        ),
        ({"wage_amount": "5.100"}, {"wage_currency": ["Pilih mata uang gajinya."]}),
        ({"wage_currency": "HKD"}, {"wage_amount": ["Isi gajinya, atau kosongkan mata uang."]}),
        (
            {"wage_amount": "-1", "wage_currency": "HKD"},
            {"wage_amount": ["Isi jumlah 0 atau lebih, tanpa tanda minus."]},
        ),
    ],
)
def test_page_refuses_facts_in_a_sentence(cast, journey, entries, errors):
    page = cast.client("rina").post(f"/journeys/{journey.pk}/edit/", FACTS | entries)
    assert (page.status_code, page.context["form"].errors) == (422, errors)


def test_two_officers_on_one_journey_both_versions_are_shown(cast, journey):
    client, address = cast.client("rina"), f"/journeys/{journey.pk}/edit/"
    facts = {"employer": "Keluarga Chan"}
    change_journey(by=cast.seat("teguh"), journey=journey, version=1, facts=facts)
    page = client.post(address, FACTS | {"employer": "Keluarga Wong"})
    assert page.status_code == 409
    *_others, last = [(each.stored, each.typed) for each in page.context["differences"]]
    assert last == ("Keluarga Chan", "Keluarga Wong")
    again = FACTS | {"employer": "Keluarga Wong", "version": page.context["form"]["version"].value()}
    assert client.post(address, again).status_code == 302


def test_page_sets_a_milestone_and_refuses_an_impossible_one(cast, abroad):
    client, address = cast.client("rina"), f"/journeys/{abroad.pk}/milestones/working/"
    page = client.post(address, {"happened_on": "31-5-2024"})
    assert page.context["form"].errors == {"happened_on": ["Mulai bekerja tidak boleh sebelum berangkat."]}
    assert client.post(address, {"happened_on": "3-6-2024"}).url == f"/journeys/{abroad.pk}/"
    assert client.get(address).context["form"]["happened_on"].value() == "03-06-2024"


def test_page_asks_back_about_a_rare_milestone(cast, abroad):
    client, address = cast.client("rina"), f"/journeys/{abroad.pk}/milestones/medical/"
    page = client.post(address, {"happened_on": "2-6-2024"})
    assert [doubt.code for doubt in page.context["form"].open_doubts] == ["after-departure"]
    assert (
        client.post(address, {"happened_on": "2-6-2024", "confirmed": "after-departure"}).status_code == 302
    )


def test_milestone_changed_meanwhile_shows_both_days(cast, journey):
    JourneyMilestoneFactory(migration=journey, kind="visa", happened_on=date(2026, 11, 5))
    page = cast.client("rina").post(
        f"/journeys/{journey.pk}/milestones/visa/", {"happened_on": "4-11-2026", "was": ""}
    )
    assert page.status_code == 409
    assert (page.context["now"], page.context["typed"]) == (date(2026, 11, 5), date(2026, 11, 4))


def test_unknown_milestone_does_not_exist(cast, journey):
    assert cast.client("rina").get(f"/journeys/{journey.pk}/milestones/nonsense/").status_code == 404


def test_page_extends_a_contract_once(cast, abroad):
    client, address = cast.client("rina"), f"/journeys/{abroad.pk}/extend/"
    typed = {"key": str(new_key()), "ends_on": "31-5-2028", "agreed_on": "1-4-2026"}
    assert [client.post(address, typed).status_code for _turn in range(2)] == [302, 302]
    assert ContractExtension.objects.count() == 1


def test_return_before_a_milestone_is_refused_on_the_page(cast, abroad):
    JourneyMilestoneFactory(migration=abroad, kind="working", happened_on=date(2024, 6, 10))
    page = cast.client("rina").post(
        f"/journeys/{abroad.pk}/move/", {"to": "returned", "happened_on": "5-6-2024", "frm": "abroad"}
    )
    sentence = "Ada tahap perjalanan setelah tanggal ini. Betulkan salah satunya."
    assert page.context["form"].errors == {"happened_on": [sentence]}
