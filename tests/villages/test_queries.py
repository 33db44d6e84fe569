"""Which villages are in the programme, and who serves there."""

from datetime import date

import pytest

from tests.factories import (
    CohortTargetFactory,
    DesignationFactory,
    OfficerAssignmentFactory,
    VillageFactory,
)
from villages.models import StageRecord
from villages.queries import (
    assignments_ending,
    cohort_lines,
    designations_active,
    designations_designated,
    designations_ever,
    designations_proposed,
    officer_gaps,
    officers_needed,
    officers_serving,
    villages_by_cohort,
    with_officers,
)

TODAY = date(2026, 11, 23)


def village(number):
    return VillageFactory(code=f"33.25.14.2{number:03}", name=f"Desa {number}")


def codes(rows):
    return [int(row.village_id[-3:]) for row in rows]


@pytest.fixture
def six(db):
    """1 proposed; 2 designated 2018; 3 trained, year unknown; 4 independent 2017; 5 inactive; 6 ended."""
    stages = [
        ("proposed", None),
        ("designated", 2018),
        ("trained", None),
        ("independent", 2017),
        ("inactive", 2019),
    ]
    rows = {
        number: DesignationFactory(village=village(number), stage=stage, cohort_year=year)
        for number, (stage, year) in enumerate(stages, 1)
    }
    rows[6] = DesignationFactory(
        village=village(6),
        stage="coached",
        cohort_year=2018,
        ended_on=date(2022, 6, 30),
        end_reason="Selesai",
    )
    return rows


def test_designated_today_are_those_in_a_designated_stage(six):
    assert codes(designations_designated()) == [2, 3, 4]
    assert codes(designations_active()) == [2, 3]
    assert codes(designations_proposed()) == [1]


def test_designated_on_a_past_day_counts_unknown_years_and_what_had_not_ended(six):
    assert codes(designations_designated(on=date(2017, 12, 31))) == [3, 4]
    assert codes(designations_designated(on=date(2022, 6, 30))) == [2, 3, 4, 6]
    assert codes(designations_designated(on=date(2022, 7, 1))) == [2, 3, 4]
    six[2].designated_on = date(2018, 8, 1)
    six[2].save()
    assert codes(designations_designated(on=date(2018, 7, 31))) == [3, 4, 6]


def test_rollout_counts_each_village_once_in_its_cohort(six):
    assert codes(designations_ever()) == [2, 3, 4, 5, 6]
    assert codes(designations_ever(until_year=2018)) == [2, 4, 6]
    assert list(villages_by_cohort().items()) == [(2017, 1), (2018, 2), (2019, 1), (None, 1)]


def test_inactive_village_of_unknown_year_counts_when_it_was_designated(six):
    never = DesignationFactory(village=village(7), stage="inactive", cohort_year=None)
    StageRecord.objects.create(designation=never, stage="verified")
    once = DesignationFactory(village=village(8), stage="inactive", cohort_year=None)
    for stage in ("designated", "trained", "inactive"):
        StageRecord.objects.create(designation=once, stage=stage)
    assert codes(designations_ever()) == [2, 3, 4, 5, 6, 8]
    assert villages_by_cohort()[None] == 2


def test_officers_serving_includes_the_last_day(six):
    OfficerAssignmentFactory(village=village(2), slot=1, starts_on=date(2024, 1, 1), ends_on=TODAY)
    OfficerAssignmentFactory(
        village=village(2), slot=2, starts_on=date(2026, 11, 24), ends_on=date(2027, 1, 1)
    )
    assert [row.slot for row in officers_serving(TODAY)] == [1]
    assert [row.slot for row in officers_serving(date(2026, 11, 24))] == [2]


def test_gaps_are_active_villages_with_fewer_than_two(six):
    for slot in (1, 2):
        OfficerAssignmentFactory(village=village(2), slot=slot)
    OfficerAssignmentFactory(village=village(3), slot=2)
    assert [(row.village_id[-3:], row.officers) for row in officer_gaps(on=TODAY)] == [("003", 1)]
    assert [row.officers for row in with_officers(designations_active(), on=TODAY)] == [2, 1]
    assert officers_needed() == 4
    assert [row.slot for row in assignments_ending(on=date(2027, 12, 1), within_days=30)] == [1, 2, 2]
    assert list(assignments_ending(on=TODAY, within_days=30)) == []


def test_cohort_lines_join_published_and_recorded(six, django_assert_num_queries):
    CohortTargetFactory(year=2016, published=2, source="A")
    CohortTargetFactory(year=2018, published=130, target_by_then=400, source="B")
    with django_assert_num_queries(2):
        lines = cohort_lines()
    assert [
        (x.year, x.published, x.recorded, x.difference, x.published_so_far, x.recorded_so_far) for x in lines
    ] == [
        (2016, 2, 0, -2, 2, 0),
        (2017, None, 1, None, 2, 1),
        (2018, 130, 2, -128, 132, 3),
        (2019, None, 1, None, 132, 4),
    ]
    assert [(x.target_by_then, x.source) for x in lines] == [(None, "A"), (None, ""), (400, "B"), (None, "")]
    assert [x.year for x in cohort_lines(until_year=2017)] == [2016, 2017]


def test_scope_narrows_every_read(cast):
    assert codes(designations_designated().visible_to(cast.seat("hendro"))) == [2, 4]
    assert [row.village_id for row in officer_gaps(on=TODAY).visible_to(cast.seat("indra"))] == [
        "32.12.16.2004"
    ]
    assert list(officers_serving(TODAY).visible_to(cast.seat("sys"))) == []


def test_stage_of_a_past_day_is_that_of_the_steps_reached_by_then(db):
    """Facilitated since 2024, independent since September 2026; another whose only dated step came later."""
    left = DesignationFactory(village=village(1), stage="independent", cohort_year=2018)
    for stage, day in (("facilitated", date(2024, 1, 1)), ("independent", date(2026, 9, 1))):
        StageRecord.objects.create(designation=left, stage=stage, reached_on=day)
    late = DesignationFactory(village=village(2), stage="inactive", cohort_year=2018)
    StageRecord.objects.create(designation=late, stage="inactive", reached_on=date(2026, 9, 1))
    kept = DesignationFactory(village=village(3), stage="trained", cohort_year=2018)

    def active(*day):
        return set(designations_active(on=date(*day)).values_list("pk", flat=True))

    assert active(2026, 8, 31) == {left.pk, late.pk, kept.pk}
    assert active(2026, 9, 1) == {kept.pk}
