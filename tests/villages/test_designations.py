"""Designation, stages, leaving the programme."""

from datetime import date

import pytest

from accounts.keys import new_key
from accounts.rules import NotPermitted
from audit.models import Event
from tests.factories import DesignationFactory, OfficerAssignmentFactory, VillageFactory
from villages.actions import end_designation, record_designation, record_stage
from villages.models import Designation, StageRecord
from villages.rules import NotPossible

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def siguci(cast):
    return VillageFactory(code="33.25.14.2005", name="Siguci")


def refusal(call, **facts):
    with pytest.raises(NotPossible) as caught:
        call(**facts)
    return caught.value.field, caught.value.sentence


def designate(cast, village, **facts):
    return record_designation(
        **{"by": cast.seat("arif"), "key": new_key(), "village": village, "source": "Koran"} | facts
    )


def test_designation_keeps_decree_and_takes_its_year_from_the_date(cast, siguci):
    row = designate(
        cast,
        siguci,
        stage="designated",
        designated_on=date(2024, 5, 2),
        designated_by="Dirjen Binapenta",
        decree_number="12/2024",
    )
    row.refresh_from_db()
    assert (row.cohort_year, row.district_id, row.province_id, row.decree_number) == (
        2024,
        "33.25",
        "33",
        "12/2024",
    )
    step = row.stages.get()
    assert (step.stage, step.reached_on, step.evidence, step.recorded_by) == (
        "designated",
        date(2024, 5, 2),
        "12/2024",
        cast.user("arif"),
    )
    event = Event.objects.get(name="designation.recorded")
    assert (event.actor_name, event.village_code, event.subject_label) == (
        "Arif Nugroho",
        "33.25.14.2005",
        "Desa Siguci",
    )


def test_unknown_cohort_stays_unknown(cast, siguci):
    assert designate(cast, siguci, stage="designated").cohort_year is None


def test_kelurahan_in_a_kota_is_designated_too(cast):
    namosain = VillageFactory(code="53.71.01.1001", name="Namosain")
    assert designate(cast, namosain, stage="designated", cohort_year=2017).village == namosain


def test_same_key_gives_the_first_designation(cast, siguci):
    key = new_key()
    first = designate(cast, siguci, key=key, stage="proposed")
    assert designate(cast, siguci, key=key, stage="designated").stage == "proposed"
    assert Designation.objects.filter(village=siguci).get() == first


def test_key_of_another_village_does_not_reach_it(cast, siguci):
    theirs = Designation.objects.get(village=cast.randu)
    mine = designate(cast, siguci, key=theirs.pk, stage="proposed")
    assert mine.pk != theirs.pk
    assert mine.village == siguci


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        (
            {"stage": "proposed", "cohort_year": 2024},
            "cohort_year",
            "A village that is not yet designated has no cohort year and no date.",
        ),
        (
            {"stage": "verified", "designated_on": date(2024, 1, 1)},
            "designated_on",
            "A village that is not yet designated has no cohort year and no date.",
        ),
        ({"stage": "designated", "cohort_year": 2015}, "cohort_year", "Write a year from 2016 to 2026."),
        ({"stage": "designated", "cohort_year": 2027}, "cohort_year", "Write a year from 2016 to 2026."),
        (
            {"stage": "designated", "designated_on": date(2026, 11, 24)},
            "designated_on",
            "The date cannot be after today.",
        ),
        (
            {"stage": "designated", "designated_on": date(2024, 1, 1), "cohort_year": 2023},
            "cohort_year",
            "The cohort year is the year of the designation date.",
        ),
    ],
)
def test_contradicting_year_date_and_stage_are_refused(cast, siguci, facts, field, sentence):
    assert refusal(designate, cast=cast, village=siguci, **facts) == (field, sentence)


def test_village_in_the_programme_is_not_designated_again(cast):
    assert refusal(designate, cast=cast, village=cast.randu, stage="designated") == (
        None,
        "This village is in the programme already. Record its stage instead.",
    )


def test_designation_without_decree_or_source_is_refused(cast, siguci):
    assert refusal(designate, cast=cast, village=siguci, stage="designated", source="") == (
        "source",
        "Write the decree number, or the source that names the village.",
    )


def test_retired_code_is_not_designated(cast, siguci):
    siguci.valid_to = date(2025, 1, 1)
    siguci.save()
    assert refusal(designate, cast=cast, village=siguci, stage="designated") == (
        None,
        "This village code is no longer in force. Choose its successor.",
    )


@pytest.mark.parametrize("person", ["rina", "kades", "hendro", "ratna", "maya", "sys", "audi"])
def test_only_the_ministry_administrator_writes(cast, siguci, person):
    seat, row = cast.seat(person), cast.randu_designation()
    sentence = "Only the ministry administrator can change the programme's records."
    for call, facts in (
        (record_designation, {"key": new_key(), "village": siguci, "stage": "designated"}),
        (record_stage, {"key": new_key(), "designation": row, "stage": "coached", "evidence": "SK"}),
        (end_designation, {"designation": row, "ended_on": date(2026, 1, 1), "reason": "x"}),
    ):
        with pytest.raises(NotPermitted) as caught:
            call(by=seat, **facts)
        assert caught.value.sentence == sentence
    assert not Event.objects.filter(name__in=["designation.recorded", "stage.recorded"]).exists()


# --- stages ------------------------------------------------------------------------------------------------


@pytest.fixture
def proposed(cast, siguci):
    return designate(cast, siguci, stage="proposed")


def move(cast, row, stage, **facts):
    return record_stage(
        **{"by": cast.seat("arif"), "key": new_key(), "designation": row, "stage": stage} | facts
    )


def test_being_designated_sets_date_year_decree_and_certainty(cast, proposed):
    move(cast, proposed, "verified", evidence="Berita acara 4/2024", reached_on=date(2024, 2, 1))
    move(cast, proposed, "designated", evidence="SK 9/2024", reached_on=date(2024, 6, 3))
    proposed.refresh_from_db()
    assert (proposed.stage, proposed.designated_on, proposed.cohort_year) == (
        "designated",
        date(2024, 6, 3),
        2024,
    )
    assert (proposed.decree_number, proposed.certainty) == ("SK 9/2024", "official")
    assert [(step.stage, step.reached_on) for step in proposed.stages.all()] == [
        ("proposed", None),
        ("verified", date(2024, 2, 1)),
        ("designated", date(2024, 6, 3)),
    ]


def test_date_unknown_at_designation_leaves_the_year_unknown(cast, proposed):
    move(cast, proposed, "designated", evidence="SK 9/2024")
    proposed.refresh_from_db()
    assert (proposed.designated_on, proposed.cohort_year) == (None, None)


def test_going_back_before_designation_takes_the_year_away_and_is_logged(cast, proposed):
    move(cast, proposed, "designated", evidence="SK 9/2024", reached_on=date(2024, 6, 3))
    move(cast, proposed, "verified", note="SK dicabut")
    proposed.refresh_from_db()
    assert (proposed.stage, proposed.cohort_year, proposed.designated_on) == ("verified", None, None)
    event = Event.objects.filter(name="stage.recorded").latest("id")
    assert (event.changes, event.reason) == (
        {"stage": ["designated", "verified"], "cohort_year": [2024, None]},
        "SK dicabut",
    )


def test_inactive_and_back_keep_the_cohort(cast):
    row = Designation.objects.get(village=cast.kenanga)
    move(cast, row, "inactive", note="Petugas tidak ada")
    move(cast, row, "coached", note="Berjalan lagi")
    row.refresh_from_db()
    assert (row.stage, row.cohort_year) == ("coached", 2016)


def test_same_step_twice_is_written_once(cast, proposed):
    key = new_key()
    first = move(cast, proposed, "verified", key=key, evidence="BA 4")
    assert move(cast, proposed, "verified", key=key, evidence="BA 4") == first
    assert StageRecord.objects.filter(designation=proposed).count() == 2


def test_key_of_another_step_makes_a_new_one(cast, proposed):
    theirs = StageRecord.objects.create(designation=cast.randu_designation(), stage="coached")
    assert move(cast, proposed, "verified", key=theirs.pk, evidence="BA 4").pk != theirs.pk


@pytest.mark.parametrize(
    ("stage", "facts", "field", "sentence"),
    [
        ("designated", {}, "evidence", "Write the evidence: letter, minutes or decree with number and date."),
        ("proposed", {"evidence": "x"}, "stage", "The village is at this stage already."),
        ("inactive", {"evidence": "x"}, "note", "Write why: this step goes back or ends the work."),
        (
            "designated",
            {"evidence": "x", "reached_on": date(2026, 11, 24)},
            "reached_on",
            "The date cannot be after today.",
        ),
    ],
)
def test_step_that_is_not_allowed_says_why(cast, proposed, stage, facts, field, sentence):
    assert refusal(move, cast=cast, row=proposed, stage=stage, **facts) == (field, sentence)


def test_step_forward_is_not_dated_before_the_last(cast, proposed):
    move(cast, proposed, "verified", evidence="BA", reached_on=date(2024, 2, 1))
    assert refusal(
        move, cast=cast, row=proposed, stage="designated", evidence="SK", reached_on=date(2024, 1, 31)
    ) == ("reached_on", "The stage before was reached on 01-02-2024. Enter that day or a later one.")


# --- the end -----------------------------------------------------------------------------------------------


def test_ended_village_can_enter_again(cast, siguci):
    row = DesignationFactory(village=siguci, cohort_year=2018)
    ended = end_designation(
        by=cast.seat("arif"), designation=row, ended_on=date(2022, 1, 1), reason="Serah terima ke desa"
    )
    again = end_designation(by=cast.seat("arif"), designation=row, ended_on=date(2023, 1, 1), reason="Lain")
    assert (ended.ended_on, again.ended_on, again.end_reason) == (
        date(2022, 1, 1),
        date(2022, 1, 1),
        "Serah terima ke desa",
    )
    assert Event.objects.filter(name="designation.ended").count() == 1
    assert designate(cast, siguci, stage="designated", cohort_year=2024).ended_on is None
    assert refusal(move, cast=cast, row=row, stage="inactive", note="x") == (
        None,
        "The designation of this village has ended.",
    )


def test_end_that_is_not_possible_says_why(cast, siguci):
    row = DesignationFactory(village=siguci, cohort_year=2024, designated_on=date(2024, 6, 3))
    OfficerAssignmentFactory(village=siguci, starts_on=date(2024, 7, 1), ends_on=date(2026, 12, 31))
    end = {"by": cast.seat("arif"), "designation": row, "reason": "Selesai"}
    assert [
        refusal(end_designation, **end | facts)
        for facts in (
            {"ended_on": date(2026, 11, 24)},
            {"ended_on": date(2024, 6, 2)},
            {"ended_on": date(2026, 11, 1), "reason": ""},
            {"ended_on": date(2026, 11, 1)},
        )
    ] == [
        ("ended_on", "The date cannot be after today."),
        ("ended_on", "The last day cannot be before the first day."),
        ("reason", "Write the reason."),
        (None, "Officers still serve after that day. End their assignments first."),
    ]
