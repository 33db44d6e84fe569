"""The door to a place: whose seat reaches what, and that it closes with the posting."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from accounts.keys import new_key
from tests.factories import CohortTargetFactory, OfficerAssignmentFactory, PostingFactory, UserFactory
from villages.access import (
    access_assignment,
    access_candidate,
    access_cohort_target,
    access_designation,
    access_village,
    seat_of,
    visible_assignments,
    visible_candidates,
    visible_designations,
    visible_villages,
)
from villages.models import Designation, OfficerAssignment

SEES = {
    "rina": {"randu"},
    "kades": {"randu"},
    "sari": {"bandung"},
    "dewi": {"kenanga"},
    "hendro": {"randu", "bandung"},
    "lina": {"randu", "bandung"},
    "indra": {"kenanga"},
    "ratna": {"randu", "bandung"},
    "maya": {"randu", "bandung", "kenanga"},
    "arif": {"randu", "bandung", "kenanga"},
    "sys": set(),
    "audi": set(),
    "stranger": set(),
    "former": set(),
}


@pytest.mark.parametrize("person", SEES)
def test_everybody_sees_the_own_place_and_nothing_else(cast, person):
    seat = cast.seat(person)
    wanted = {getattr(cast, name).code for name in SEES[person]}
    assert set(visible_villages(seat).values_list("code", flat=True)) == wanted
    assert set(visible_designations(seat).values_list("village", flat=True)) == wanted
    assert set(visible_assignments(seat).values_list("village", flat=True)) == wanted


@pytest.mark.parametrize("person", SEES)
def test_each_door_opens_the_own_and_hides_the_rest(cast, person):
    seat = cast.seat(person)
    for name in ("randu", "bandung", "kenanga"):
        village = getattr(cast, name)
        designation = Designation.objects.get(village=village)
        assignment = OfficerAssignment.objects.filter(village=village).last()
        doors = (
            (access_village, village.code, village),
            (access_designation, designation.pk, designation),
            (access_assignment, assignment.pk, assignment),
        )
        for door, key, thing in doors:
            if name in SEES[person]:
                assert door(seat, key) == thing
            else:
                with pytest.raises(Http404):
                    door(seat, key)


def test_what_does_not_exist_is_the_same_404(cast):
    for door, key in (
        (access_village, "33.25.14.2999"),
        (access_designation, new_key()),
        (access_assignment, new_key()),
    ):
        with pytest.raises(Http404):
            door(cast.seat("arif"), key)


def test_seat_ends_with_the_posting_and_with_the_account(cast):
    rina = cast.user("rina")
    assert seat_of(rina, on=date(2027, 12, 31)).role == "officer"
    assert seat_of(rina, on=date(2028, 1, 1)) is None
    assert seat_of(rina, on=date(2023, 12, 31)) is None
    rina.is_active = False
    assert seat_of(rina) is None
    assert seat_of(AnonymousUser()) is None


def test_officer_whose_term_follows_a_posting_changes_seats_that_day(cast):
    user = UserFactory()
    PostingFactory(user=user, role="village_head", village=cast.randu, ends_on=date(2026, 12, 31))
    OfficerAssignmentFactory(user=user, village=cast.bandung, slot=2, starts_on=date(2027, 1, 1))
    assert (seat_of(user).role, seat_of(user).village) == ("village_head", cast.randu)
    assert (seat_of(user, on=date(2027, 1, 1)).role, seat_of(user, on=date(2027, 1, 1)).village) == (
        "officer",
        cast.bandung,
    )


def test_seat_says_its_place_and_zone(cast):
    rina, hendro, maya = cast.seat("rina"), cast.seat("hendro"), cast.seat("maya")
    assert (rina.place_name, rina.place_detail, rina.zone) == (
        "Desa Randu",
        "Kec. Pecalungan, Kabupaten Batang",
        "Asia/Jakarta",
    )
    assert (hendro.place_name, hendro.place_detail) == ("Kabupaten Batang", "Jawa Tengah")
    assert (maya.place_name, maya.place_detail, maya.zone) == ("", "", "Asia/Jakarta")


def test_candidates_are_those_of_the_district_and_never_oneself(cast):
    made = UserFactory(created_by=cast.user("hendro"))
    foreign = UserFactory(created_by=cast.user("indra"))
    reached = set(visible_candidates(cast.seat("hendro")))
    names = {"rina", "teguh", "sari", "former", "kades", "lina"}
    assert reached == {cast.user(name) for name in names} | {made}
    assert access_candidate(cast.seat("hendro"), made.pk) == made
    for key in (foreign.pk, cast.user("hendro").pk, new_key()):
        with pytest.raises(Http404):
            access_candidate(cast.seat("hendro"), key)
    assert access_candidate(cast.seat("arif"), foreign.pk) == foreign
    for person in ("rina", "lina", "maya", "sys"):
        assert not visible_candidates(cast.seat(person)).exists()
    assert not visible_candidates(None).exists()


def test_published_figures_open_to_who_manages_the_programme(cast):
    target = CohortTargetFactory(year=2019)
    assert access_cohort_target(cast.seat("arif"), 2019) == target
    for seat, year in ((cast.seat("maya"), 2019), (None, 2019), (cast.seat("arif"), 2020)):
        with pytest.raises(Http404):
            access_cohort_target(seat, year)
