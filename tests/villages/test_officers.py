"""Assigning and ending officers: two a village, one place a person, said before the database says it."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.keys import new_key
from accounts.roles import Role
from accounts.rules import NotPermitted
from audit.models import Event
from tests.factories import (
    DesignationFactory,
    OfficerAssignmentFactory,
    PostingFactory,
    UserFactory,
    VillageFactory,
)
from villages.access import seat_of
from villages.actions import assign_officer, end_assignment
from villages.actions.staff import post_staff
from villages.models import Designation, OfficerAssignment
from villages.rules import NotPossible, years_later
from villages.staff import HeldPost

pytestmark = pytest.mark.usefixtures("english")
START = date(2026, 12, 1)


@pytest.fixture
def sri(db):
    return UserFactory(username="sri", full_name="Sri Wahyuni")


def assign(cast, user, **facts):
    return assign_officer(
        **{
            "by": cast.seat("hendro"),
            "key": new_key(),
            "user": user,
            "village": cast.bandung,
            "starts_on": START,
        }
        | facts
    )


def refusal(call, **facts):
    with pytest.raises(NotPossible) as caught:
        call(**facts)
    assert len(caught.value.sentence.split()) <= 20
    return caught.value.field, caught.value.sentence


def test_officer_gets_the_free_place_for_three_years_at_the_usual_stipend(cast, sri):
    row = assign(cast, sri)
    row.refresh_from_db()
    assert (row.slot, row.ends_on, row.stipend_rupiah, row.funding, row.district_id, row.assigned_by) == (
        2,
        date(2029, 11, 30),
        1_900_000,
        "ministry",
        "33.25",
        cast.user("hendro"),
    )
    event = Event.objects.get(name="officer.assigned")
    assert (event.actor_name, event.actor_role, event.subject_label, event.village_code) == (
        "Hendro Wibowo",
        "district_coordinator",
        "Sri Wahyuni",
        "33.25.14.2002",
    )
    assert event.changes == {
        "slot": [None, 2],
        "starts_on": [None, "2026-12-01"],
        "ends_on": [None, "2029-11-30"],
    }


def test_access_begins_with_the_assignment_and_ends_with_it(cast, sri):
    row = assign(cast, sri)
    assert seat_of(sri) is None
    assert seat_of(sri, on=START).village == cast.bandung
    end_assignment(
        by=cast.seat("hendro"), assignment=row, last_day=START, reason="resigned", open_work="none"
    )
    assert seat_of(sri, on=date(2026, 12, 2)) is None


def test_same_key_assigns_once(cast, sri):
    key = new_key()
    assert assign(cast, sri, key=key) == assign(cast, sri, key=key)
    assert OfficerAssignment.objects.filter(user=sri).count() == 1


def test_key_of_another_assignment_makes_a_new_one(cast, sri):
    theirs = OfficerAssignment.objects.get(user=cast.user("dewi"))
    assert assign(cast, sri, key=theirs.pk).pk != theirs.pk


def test_both_places_taken_names_who_until_when(cast, sri):
    assert refusal(assign, cast=cast, user=sri, village=cast.randu) == (
        "slot",
        "Both places are taken: Rina Wulandari until 31-12-2027, Teguh Prasetyo until 31-12-2027.",
    )


def test_wanted_place_that_is_taken_offers_the_free_one(cast, sri):
    assert refusal(assign, cast=cast, user=sri, slot=1) == (
        "slot",
        "Place 1 is taken by Sari Utami until 31-12-2027. Choose place 2.",
    )


def test_place_is_free_on_the_day_after(cast, sri):
    teguh = OfficerAssignment.objects.get(user=cast.user("teguh"))
    end_assignment(
        by=cast.seat("hendro"),
        assignment=teguh,
        last_day=date(2026, 11, 30),
        reason="moved",
        open_work="district",
    )
    assert assign(cast, sri, village=cast.randu).slot == 2


def test_person_who_serves_elsewhere_is_refused(cast):
    assert refusal(assign, cast=cast, user=cast.user("rina")) == (
        "person",
        "Rina Wulandari serves in Desa Randu until 31-12-2027. End that assignment first.",
    )


def test_place_outside_the_reach_is_not_named(cast):
    assert refusal(assign, cast=cast, user=cast.user("dewi")) == (
        "person",
        "Dewi Anggraeni serves in another district until 31-12-2027. End that assignment first.",
    )
    assert refusal(assign, cast=cast, user=cast.user("dewi"), by=cast.seat("arif"))[1] == (
        "Dewi Anggraeni serves in Desa Kenanga until 31-12-2027. End that assignment first."
    )


def test_person_with_another_post_is_refused(cast, sri):
    assert refusal(assign, cast=cast, user=cast.user("kades")) == (
        "person",
        "Slamet Riyadi holds another post in these days. End that post first.",
    )
    PostingFactory(
        user=sri, role="district_viewer", district=cast.bandung.district, ends_on=date(2026, 11, 30)
    )
    assert assign(cast, sri).user == sri


def test_nobody_assigns_themselves_or_a_closed_account(cast, sri):
    assert refusal(assign, cast=cast, user=cast.user("hendro")) == ("person", "You cannot assign yourself.")
    sri.is_active = False
    assert refusal(assign, cast=cast, user=sri) == (
        "person",
        "This account is disabled. Choose another person.",
    )


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        ({"ends_on": date(2026, 11, 30)}, "ends_on", "The last day cannot be before the first day."),
        (
            {"ends_on": date(2029, 12, 1)},
            "ends_on",
            "One assignment lasts at most three years: to 30-11-2029.",
        ),
        ({"starts_on": date(2027, 11, 25)}, "starts_on", "The first day can be at most one year ahead."),
    ],
)
def test_term_that_cannot_be_is_refused(cast, sri, facts, field, sentence):
    assert refusal(assign, cast=cast, user=sri, **facts) == (field, sentence)


@pytest.mark.parametrize("stage", ["proposed", "verified", "inactive"])
def test_village_that_is_not_designated_has_no_officers(cast, sri, stage):
    Designation.objects.filter(village=cast.bandung).update(stage=stage)
    assert refusal(assign, cast=cast, user=sri)[1] == (
        "This village is not designated. Officers serve in designated villages only."
    )


def test_officers_do_not_start_before_the_designation(cast, sri):
    Designation.objects.filter(village=cast.bandung).update(cohort_year=2018)
    early = {"starts_on": date(2017, 12, 31), "ends_on": date(2018, 1, 1)}
    assert refusal(assign, cast=cast, user=sri, **early) == (
        "starts_on",
        "Designation of the village: 2018. Officers start then or later.",
    )
    Designation.objects.filter(village=cast.bandung).update(designated_on=date(2018, 5, 2))
    early["starts_on"] = date(2018, 5, 1)
    early["ends_on"] = date(2018, 5, 9)
    assert refusal(assign, cast=cast, user=sri, **early)[1] == (
        "Designation of the village: 02-05-2018. Officers start then or later."
    )


@pytest.mark.parametrize("person", ["rina", "kades", "lina", "ratna", "maya", "sys", "audi"])
def test_only_coordinator_and_ministry_administrator_assign_and_end(cast, sri, person):
    sari = OfficerAssignment.objects.get(user=cast.user("sari"))
    end = {"last_day": START, "reason": "resigned", "open_work": "none"}
    for call in (
        lambda seat: assign(cast, sri, by=seat),
        lambda seat: end_assignment(by=seat, assignment=sari, **end),
    ):
        with pytest.raises(NotPermitted) as caught:
            call(cast.seat(person))
        assert caught.value.sentence == (
            "Only the district coordinator or the ministry can assign and end officers."
        )


def test_coordinator_of_another_district_is_refused(cast, sri):
    with pytest.raises(NotPermitted) as caught:
        assign(cast, sri, by=cast.seat("indra"))
    assert caught.value.sentence == "This village is in another district."


def test_ministry_administrator_assigns_everywhere(cast, sri):
    assert assign(cast, sri, village=cast.kenanga, by=cast.seat("arif")).slot == 2


def test_two_officers_at_once_are_the_databases_rule(cast, sri):
    with pytest.raises(IntegrityError), transaction.atomic():
        OfficerAssignmentFactory(user=sri, village=cast.randu, slot=2, starts_on=date(2027, 12, 31))
    with pytest.raises(IntegrityError), transaction.atomic():
        OfficerAssignmentFactory(user=cast.user("rina"), village=cast.bandung, slot=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        OfficerAssignmentFactory(user=sri, village=cast.bandung, slot=3)


def at_the_same_moment(*writes):
    """What each write gives when all start together, each on a connection of its own."""
    gate = threading.Barrier(len(writes))

    def go(write):
        try:
            gate.wait(5)
            return write()
        except NotPossible as refused:
            return refused.field
        finally:
            connection.close()

    with ThreadPoolExecutor(len(writes)) as pool:
        return list(pool.map(go, writes))


@pytest.fixture
def two_places(transactional_db):
    """A village with one officer, its coordinator's seat, and two people who could be the second."""
    village = VillageFactory(code="33.25.14.2002", name="Bandung")
    DesignationFactory(village=village, cohort_year=None)
    OfficerAssignmentFactory(village=village, slot=1)
    boss = UserFactory(full_name="Hendro Wibowo")
    PostingFactory(user=boss, role="district_coordinator", district=village.district)
    return village, seat_of(boss), [UserFactory(full_name="Satu"), UserFactory(full_name="Dua")]


def test_two_coordinators_at_the_same_moment_get_one_place(two_places):
    """Unless the village is held, each may wait for the other in the exclusion constraint: a deadlock."""
    village, seat, people = two_places

    def assigned(user):
        return assign_officer(by=seat, key=new_key(), user=user, village=village, starts_on=START).slot

    outcomes = at_the_same_moment(*(partial(assigned, user) for user in people))
    assert sorted(map(str, outcomes)) == ["2", "slot"]
    assert OfficerAssignment.objects.filter(user__in=people).count() == 1


def test_person_is_not_given_two_kinds_of_post_at_the_same_moment(two_places):
    """No constraint sees both tables of posts."""
    village, seat, (person, _) = two_places
    head = HeldPost(role=Role.VILLAGE_HEAD, place=village, starts_on=START, ends_on=None)
    person.created_by = seat.user
    person.save()
    outcomes = at_the_same_moment(
        lambda: assign_officer(by=seat, key=new_key(), user=person, village=village, starts_on=START).slot,
        lambda: post_staff(by=seat, key=new_key(), user=person, post=head).role,
    )
    assert outcomes.count("person") == 1
    assert person.assignments.count() + person.postings.count() == 1


# --- the end -----------------------------------------------------------------------------------------------


def end(cast, person="teguh", **facts):
    return end_assignment(
        **{
            "by": cast.seat("hendro"),
            "assignment": OfficerAssignment.objects.get(user=cast.user(person)),
            "last_day": date(2026, 11, 30),
            "reason": "resigned",
            "open_work": "colleague",
        }
        | facts
    )


def test_end_writes_day_reason_and_what_becomes_of_open_work(cast):
    row = end(cast, note="Bekerja di kota")
    row.refresh_from_db()
    assert (row.ends_on, row.end_reason, row.open_work, row.end_note) == (
        date(2026, 11, 30),
        "resigned",
        "colleague",
        "Bekerja di kota",
    )
    assert row.ended_at is not None
    event = Event.objects.get(name="assignment.ended")
    assert event.changes == {"ends_on": ["2027-12-31", "2026-11-30"], "open_work": ["", "colleague"]}
    assert (event.reason, event.subject_label) == ("Resigned", "Teguh Prasetyo")


def test_second_end_changes_nothing(cast):
    end(cast)
    assert end(cast, last_day=date(2026, 12, 15), reason="died").ends_on == date(2026, 11, 30)
    assert Event.objects.filter(name="assignment.ended").count() == 1


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        ({"last_day": date(2023, 12, 31)}, "last_day", "The last day cannot be before the first day."),
        (
            {"last_day": date(2028, 1, 1)},
            "last_day",
            "The assignment ends on 31-12-2027 anyway. Enter that day or an earlier one.",
        ),
        ({"reason": "other"}, "note", "Write the reason."),
        (
            {"reason": "term_over"},
            "reason",
            "The term ends on 31-12-2027. For an earlier day choose another reason.",
        ),
    ],
)
def test_end_that_is_not_possible_says_why(cast, facts, field, sentence):
    assert refusal(end, cast=cast, **facts) == (field, sentence)


def test_colleague_who_is_not_there_cannot_take_over(cast):
    sentence = "No other officer serves here after that day. Choose who else takes over."
    assert refusal(end, cast=cast, person="sari") == ("open_work", sentence)
    end(cast, person="teguh")
    assert refusal(end, cast=cast, person="rina") == ("open_work", sentence)
    assert end(cast, person="rina", last_day=date(2026, 11, 29)).open_work == "colleague"


def test_term_that_ran_out_is_closed_on_its_own_last_day(cast):
    row = end(cast, last_day=date(2027, 12, 31), reason="term_over", open_work="successor")
    assert (row.ends_on, row.end_reason) == (date(2027, 12, 31), "term_over")


def test_three_years_end_the_day_before():
    assert [years_later(day, 3) for day in (date(2024, 1, 1), date(2024, 2, 29), date(2024, 3, 1))] == [
        date(2026, 12, 31),
        date(2027, 2, 28),
        date(2027, 2, 28),
    ]
