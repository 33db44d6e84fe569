"""The publicly known villages and the published figures."""

import pytest
from django.core.management import call_command

from audit.models import Event
from villages.actions import load_known_villages
from villages.models import CohortTarget, Designation, District, Province, StageRecord, Subdistrict, Village
from villages.queries import cohort_lines, villages_by_cohort

FOUNDING = {
    "32.12.16.2004": ("Kenanga", 2016),
    "33.07.10.2004": ("Kuripan", 2016),
    "33.25.14.2004": ("Randu", None),
    "33.25.14.2002": ("Bandung", None),
    "33.25.01.2004": ("Kedungmalang", None),
    "33.25.09.2025": ("Kemiri Barat", None),
    "33.25.09.2023": ("Gondang", None),
    "33.25.06.2008": ("Wanar", None),
}


@pytest.fixture
def loaded(db, english):
    return load_known_villages()


def test_empty_database_gets_villages_their_areas_and_the_years(loaded):
    assert (loaded.villages_added, loaded.villages_kept, loaded.areas_added, loaded.years_added) == (
        97,
        0,
        215,
        6,
    )
    assert [model.objects.count() for model in (Province, District, Subdistrict, Village)] == [6, 35, 77, 97]
    assert loaded.left_out == [
        f"{place} is left out: its name does not fit exactly one village."
        for place in (
            "Jepara (Kabupaten Cilacap)",
            "Wonorejo (Kabupaten Sragen)",
            "Gegesik (Kabupaten Cirebon)",
        )
    ]


def test_founding_villages_have_their_place_year_and_source(loaded):
    rows = Designation.objects.filter(village__in=FOUNDING).select_related("village")
    assert {row.village_id: (row.village.name, row.cohort_year) for row in rows} == FOUNDING
    assert {(row.stage, row.certainty, row.source[:8]) for row in rows} == {
        ("designated", "confirmed", "https://")
    }


def test_uncertain_villages_are_proposed_and_counted_in_no_year(loaded):
    uncertain = Designation.objects.filter(certainty="uncertain")
    assert {(row.stage, row.cohort_year, bool(row.note)) for row in uncertain} == {("proposed", None, True)}
    assert uncertain.count() == 13
    assert sum(villages_by_cohort().values()) == 97 - 13


def test_kelurahan_of_a_kota_keeps_decree_and_who_designated(loaded):
    namosain = Designation.objects.select_related("village").get(village="53.71.01.1001")
    assert (str(namosain.village), namosain.cohort_year, namosain.decree_number, namosain.designated_by) == (
        "Kelurahan Namosain",
        2017,
        "686/PPTKK/IV/2017",
        "Direktur Jenderal Binapenta dan PKK",
    )


def test_every_designation_has_one_first_step(loaded):
    assert StageRecord.objects.count() == 97
    assert Event.objects.filter(name="designation.recorded").count() == 97


def test_published_figures_stand_beside_what_is_recorded(loaded):
    assert [
        (line.year, line.published, line.published_so_far, line.recorded, line.difference)
        for line in cohort_lines(until_year=2019)
    ] == [
        (2016, 2, 2, 2, 0),
        (2017, 120, 122, 35, -85),
        (2018, 130, 252, 6, -124),
        (2019, 150, 402, 13, -137),
    ]
    reach = CohortTarget.objects.get(year=2019)
    assert (
        reach.target_by_then,
        reach.provinces_by_then,
        reach.districts_by_then,
        reach.subdistricts_by_then,
    ) == (
        400,
        12,
        107,
        314,
    )
    assert [(line.year, line.published) for line in cohort_lines()][4:] == [
        (2021, 51),
        (2022, 50),
        (2023, None),
    ]
    assert not CohortTarget.objects.filter(source="").exists()


def test_second_load_changes_nothing(loaded, english):
    again = load_known_villages()
    assert (again.villages_added, again.villages_kept, again.areas_added, again.years_added) == (0, 97, 0, 0)


def test_what_the_ministry_wrote_is_never_overwritten(loaded, english):
    Designation.objects.filter(village="33.25.14.2004").update(stage="trained", cohort_year=2018)
    CohortTarget.objects.filter(year=2018).update(published=131)
    load_known_villages()
    assert Designation.objects.get(village="33.25.14.2004").cohort_year == 2018
    assert CohortTarget.objects.get(year=2018).published == 131


def test_village_with_one_possible_place_is_matched_by_name(db, english):
    """With the full list loaded, a name that fits exactly one village of its district would be placed."""
    load_known_villages()
    sragen = District.objects.get(code="33.14")
    sub = Subdistrict.objects.create(code="33.14.01", name="Kalijambe", district=sragen)
    Village.objects.create(
        code="33.14.01.2014",
        name="Wonorejo",
        kind="desa",
        subdistrict=sub,
        district=sragen,
        province=sragen.province,
    )
    assert load_known_villages().villages_added == 1
    assert Designation.objects.get(village="33.14.01.2014").stage == "proposed"


def test_command_tells_in_words(db, capsys, english):
    call_command("load_known_villages", skip_checks=True)
    assert capsys.readouterr().out.splitlines()[:2] == [
        "Villages: 97 added, 0 there already.",
        "Areas added: 215. Years of published figures added: 6.",
    ]
