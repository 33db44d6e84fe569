"""Totals that do not agree are not printed: one planted disagreement of every kind is found by name."""

from __future__ import annotations

import copy
from datetime import date

import pytest
from django.utils import translation

from reports.yearly.agreement import CHECKS, FiguresDisagree, check_agreement, sentences
from tests import factories as make
from tests.reports import year_2019
from tests.reports.test_yearly_content import content_of, content_of_2019, district_content, figure
from villages.models import Village


@pytest.fixture
def content(db):
    return content_of_2019()


def _set(path, value):
    """Change one number of the figures: "cohorts.3.recorded" or "officers.in_post"."""

    def plant(figures):
        *keys, last = path.split(".")
        spot = figures
        for key in keys:
            spot = spot[int(key)] if key.isdigit() else spot[key]
        spot[last] = value

    return plant


def _visit_topic(figures):
    figure(figures, "visits")["parts"][0]["lines"][0]["count"] += 1


def _visits_of_a_province(figures):
    next(part for part in figures["provinces"][1]["figures"] if part["code"] == "visits")["count"] = 99


def _share(figures):
    figure(figures, "departures_non_procedural")["percent"] = "24.9"


def _more_than_all(figures):
    figure(figures, "departures_non_procedural").update(over=0, percent=None)


def _visits_of_a_district(figures):
    next(part for part in figures["districts"][1]["figures"] if part["code"] == "visits")["count"] = 99


def _no_denominator(figures):
    figure(figures, "departures_non_procedural").update(over=None, percent=None)


PLANTED = {
    "published": _set("cumulative.published", 403),
    "recorded": _set("cumulative.recorded", 3),
    "difference": _set("cohorts.1.difference", -119),
    "percent": _set("cumulative.percent", "100.0"),
    "cohort": _set("cohorts.3.counted_again", 2),
    "cohort_provinces": lambda figures: figures["provinces"][1]["cohorts"][3].update(count=2),
    "cohort_rows": _set("villages.1.cohort", 2018),
    "province_row": _set("provinces.0.total", 2),
    "designated": lambda figures: figures["villages"].pop(),
    "stages": _set("stages.0.count", 4),
    "active": _set("villages.0.active", False),
    "officers": _set("villages.2.officers", 2),
    "needed": _set("officers.needed", 8),
    "reach": _set("reach.districts.recorded", 3),
    "parts": _visit_topic,
    "provinces": _visits_of_a_province,
    "part_of": _more_than_all,
    "districts": _visits_of_a_district,
    "subdistricts": _set("subdistricts.0.total", 5),
    "subdistrict_rows": _set("villages.0.code", "32.12.17.2004"),
    "summary": _set("summary.2.realisation", 5),
    "returns": _set("returns.never", 1),
    "denominator": _no_denominator,
}
OF_A_DISTRICT = {"villages": lambda figures: figures["villages"][1]["figures"][2].update(count=4)}

# One number of each level, and one denominator, corrupted alone; the sentence names the level and the place.
LEVELS = {
    "year": (_set("cohorts.2.recorded", 1), "2018"),
    "province": (_set("provinces.1.total", 3), "Jawa Tengah"),
    "district": (_set("districts.1.total", 3), "Jawa Tengah"),
    "subdistrict": (_set("subdistricts.1.total", 3), "Kabupaten Batang"),
    "denominator": (_set("coverage.expected", None), "Desa yang mencatat"),
}


def test_every_check_has_a_planted_disagreement():
    # "records" compares with what was frozen: tests/reports/test_freezing.py plants it
    assert sorted({*PLANTED, *OF_A_DISTRICT, "records"}) == sorted(CHECKS)


def test_one_corrupted_level_is_refused_and_named(content):
    for level, (plant, named) in LEVELS.items():
        planted = copy.deepcopy(content)
        plant(planted["figures"])
        with translation.override("id"), pytest.raises(FiguresDisagree) as refused:
            check_agreement(planted)
        assert named in str(refused.value), level


def test_villages_of_a_district_must_sum_to_the_district(db):
    year_2019.everything()
    content = district_content()
    check_agreement(content)
    OF_A_DISTRICT["villages"](content["figures"])
    with pytest.raises(FiguresDisagree) as refused:
        check_agreement(content)
    assert {disagreement.check for disagreement in refused.value.found} == {"villages"}


@pytest.mark.parametrize("check", PLANTED)
def test_planted_disagreement_is_found_and_named(content, check):
    planted = copy.deepcopy(content)
    PLANTED[check](planted["figures"])
    with pytest.raises(FiguresDisagree) as refused:
        check_agreement(planted)
    assert check in {disagreement.check for disagreement in refused.value.found}


@pytest.mark.parametrize("plant", [_share, _set("officers.percent", "99.0")])
def test_printed_share_must_follow_from_its_numbers(content, plant):
    plant(content["figures"])
    with pytest.raises(FiguresDisagree) as refused:
        check_agreement(content)
    assert {disagreement.check for disagreement in refused.value.found} == {"percent"}


def test_children_of_earlier_editions_must_sum(content):
    content["figures"]["sections"][2]["children"] = {"girls": 7, "boys": 5, "together": 13}
    with pytest.raises(FiguresDisagree) as refused:
        check_agreement(content)
    assert [(d.check, d.whole, d.parts) for d in refused.value.found] == [("parts", 13, 12)]


def test_village_whose_date_contradicts_its_cohort_stops_the_report(db):
    """Planted in the records themselves: of cohort 2019 by year, of 2020 by date."""
    year_2019.targets()
    make.DesignationFactory(cohort_year=2019, designated_on=date(2020, 1, 15))
    with pytest.raises(FiguresDisagree) as refused:
        check_agreement(content_of())
    assert [(d.check, d.of, d.whole, d.parts) for d in refused.value.found] == [("cohort", "2019", 0, 1)]


def test_more_villagers_known_abroad_than_estimated_is_no_disagreement(db):
    """An estimate may be too low: the report says 400 %, and is printed."""
    year_2019.everything()
    randu = Village.objects.get(code="33.25.14.2004")
    make.AbroadEstimateFactory(village=randu, number=1, estimated_on=date(2019, 3, 1))
    content = content_of()
    check_agreement(content)
    known = figure(content["figures"], "villagers_abroad_known")
    assert (known["count"], known["over"], known["percent"]) == (4, 1, "400.0")


def test_refusal_says_in_words_what_disagrees(content):
    content["figures"]["cumulative"]["published"] = 403
    with translation.override("en"), pytest.raises(FiguresDisagree) as refused:
        check_agreement(content)
    with translation.override("en"):
        assert (
            sentences(refused.value.as_json())[0]
            == "Published, all cohorts: 403, but the cohorts sum to 402."
        )
    with translation.override("id"):
        assert sentences(refused.value.as_json())[0] != sentences([])
        assert "403" in sentences(refused.value.as_json())[0]


def test_details_of_another_failure_have_no_sentences():
    assert sentences([{"rows": 1600}]) == []
