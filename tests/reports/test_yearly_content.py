"""What one year's report counts, and that it counts it once."""

from __future__ import annotations

import json
import pickle
from datetime import date
from functools import cache

import pytest
from django.core.management import call_command
from django.db import InternalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from reports.models import ReportEdition
from reports.yearly.agreement import check_agreement
from reports.yearly.content import build_content, digest_of, snapshot
from reports.yearly.lines import percent
from tests import factories as make
from tests.reports import year_2019
from villages.models import Designation


def content_of(year=2019, moment=year_2019.MOMENT, **fields):
    return build_content(ReportEdition(year=year, number=1, **fields), moment=moment)


def district_content():
    """Batang in 2019: two of the three villages of the year."""
    return content_of(kind="district", district=make.VillageFactory(code="33.25.14.2004").district)


@cache
def _report_of_2019():
    with translation.override("id"):
        return pickle.dumps(content_of())


def content_of_2019():
    """The records of `year_2019` are there; what the report holds of them, counted by the first who asks."""
    year_2019.everything()
    return pickle.loads(_report_of_2019())


@pytest.fixture
def content(db):
    return content_of_2019()


@pytest.fixture
def figures(content):
    return content["figures"]


def figure(figures, code):
    return next(f for section in figures["sections"] for f in section["figures"] if f["code"] == code)


def without_keys(line):
    return {name: number for name, number in line.items() if name != "cells"}


def parts(figures, code, split):
    part = next(part for part in figure(figures, code)["parts"] if part["split"] == split)
    return {line["code"]: line["count"] for line in part["lines"]}


def test_report_of_2019_over_the_known_villages_shows_402_against_400(db):
    call_command("load_known_villages", verbosity=0)
    figures = content_of()["figures"]
    check_agreement({"figures": figures})
    assert [(line["year"], line["published"]) for line in figures["cohorts"]] == [
        (2016, 2),
        (2017, 120),
        (2018, 130),
        (2019, 150),
    ]
    total = figures["cumulative"]
    assert (total["published"], total["target"], total["percent"]) == (402, 400, "100.5")
    assert {level: reach["published"] for level, reach in figures["reach"].items()} == {
        "provinces": 12,
        "districts": 107,
        "subdistricts": 314,
    }


def test_recorded_figures_equal_an_independent_count(db):
    call_command("load_known_villages", verbosity=0)
    figures = content_of()["figures"]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT cohort_year, count(*) FROM villages_designation"
            " WHERE stage NOT IN ('proposed', 'verified', 'inactive') AND cohort_year <= 2019 GROUP BY 1"
        )
        cohorts = dict(cursor.fetchall())
        cursor.execute(
            "SELECT count(*), count(DISTINCT left(village_id, 2)), count(DISTINCT left(village_id, 5)),"
            " count(DISTINCT left(village_id, 8)) FROM villages_designation"
            " WHERE stage NOT IN ('proposed', 'verified', 'inactive')"
            " AND (cohort_year <= 2019 OR cohort_year IS NULL)"
        )
        rows, *reach = cursor.fetchone()
    assert {line["year"]: line["recorded"] for line in figures["cohorts"]} == cohorts
    assert figures["cumulative"]["recorded"] == sum(cohorts.values())
    assert figures["unknown_year"] == rows - sum(cohorts.values())
    assert len(figures["villages"]) == figures["designated"] == rows
    assert [level["with_unknown"] for level in figures["reach"].values()] == reach


def test_cohorts_name_published_recorded_and_the_difference(figures):
    assert [
        (line["year"], line["published"], line["recorded"], line["difference"]) for line in figures["cohorts"]
    ] == [(2016, 2, 1, -1), (2017, 120, 0, -120), (2018, 130, 0, -130), (2019, 150, 1, -149)]


def test_village_of_unknown_year_is_named_and_in_no_cohort(figures):
    assert figures["unknown_year"] == 1
    assert figures["cumulative"]["recorded"] == 2
    assert [(row["code"], row["cohort"]) for row in figures["villages"]] == [
        ("32.12.16.2004", 2016),
        ("33.25.14.2002", 2019),
        ("33.25.14.2004", None),
    ]


def test_reach_counts_distinct_areas_with_and_without_the_unknown(figures):
    assert figures["reach"] == {
        level: {
            "published": published,
            "recorded": 2,
            "with_unknown": 2,
            "cells": {
                "recorded": f"villages_designated:cohort@{level}|~unknown||2019",
                "with_unknown": f"villages_designated@{level}|||2019",
            },
        }
        for level, published in (("provinces", 12), ("districts", 107), ("subdistricts", 314))
    }


def test_provinces_hold_their_cohorts(figures):
    assert [
        (p["name"], {part["year"]: part["count"] for part in p["cohorts"]}, p["unknown_year"], p["total"])
        for p in figures["provinces"]
    ] == [
        ("Jawa Barat", {2016: 1, 2017: 0, 2018: 0, 2019: 0}, 0, 1),
        ("Jawa Tengah", {2016: 0, 2017: 0, 2018: 0, 2019: 1}, 1, 2),
    ]


def test_year_without_a_source_has_no_published_figure(db):
    year_2019.targets()
    year_2019.villages()
    figures = content_of(2020)["figures"]
    assert [line["year"] for line in figures["cohorts"]] == [2016, 2017, 2018, 2019]
    assert figures["cumulative"] == {
        "published": 402,
        "before": 402,
        "target": None,
        "percent": None,
        "recorded": 2,
        "difference": -400,
        "cells": {"recorded": "villages_designated:cohort|~unknown||2020"},
    }


def test_villages_are_listed_with_stage_and_officers(figures):
    randu = figures["villages"][2]
    assert randu == {
        "code": "33.25.14.2004",
        "name": "Randu",
        "subdistrict": "Pecalungan",
        "district": "Kabupaten Batang",
        "province": "Jawa Tengah",
        "cohort": None,
        "stage": "facilitated",
        "stage_label": randu["stage_label"],
        "active": True,
        "officers": 1,
        "cells": {"officers": "officers_in_post||33.25.14.2004|2019"},
    }
    officers = {"in_post": 1, "needed": 6, "percent": "16.7", "short": 3}
    keys = {
        "in_post": "officers_in_post|||2019",
        "needed": "officers_in_post@over|||2019",
        "short": "officer_gaps|||2019",
    }
    assert figures["officers"] == officers | {"over": 6, "cells": keys}


def test_pillar_one_counts_the_year_and_the_year_before(figures):
    visits = figure(figures, "visits")
    assert (visits["count"], visits["before"]["count"], visits["villages"]) == (3, 1, 1)
    assert parts(figures, "visits", "topic") == {"information": 2, "document": 1}
    assert figure(figures, "registrations")["count"] == 4
    assert parts(figures, "departures", "procedural") == {"procedural": 2, "non_procedural": 1, "unknown": 1}
    outside = figure(figures, "departures_non_procedural")
    assert (outside["count"], outside["over"], outside["percent"]) == (1, 4, "25.0")
    assert figure(figures, "outreach_sessions")["count"] == 1


def test_restricted_cases_are_in_no_open_figure_and_hidden_when_few(figures):
    assert figure(figures, "cases_reported")["count"] == 1
    assert parts(figures, "cases_reported", "type") == {"unpaid_wage": 1}
    restricted = figure(figures, "restricted_cases")
    assert (restricted["count"], restricted["hidden"]) == (None, "small")


def test_pillars_two_to_four_count_their_first_records(figures):
    every = [f for section in figures["sections"][1:] for f in section["figures"]]
    counts = {f["code"]: f["count"] for f in every if f["count"]}
    assert counts == {
        "groups_formed": 1,
        "business_groups": 1,
        "group_members": 1,
        "learning_centres": 1,
        "finance_bodies": 1,
        "finance_members": 1,
    }


def test_months_say_how_many_villages_wrote(figures):
    written = {m["month"]: (m["reported"], m["expected"]) for m in figures["months"]}
    assert len(written) == 12
    assert written["2019-03"] == (1, 3)
    assert written["2019-12"] == (0, 3)
    assert without_keys(figures["coverage"]) == {"reported": 1, "silent": 2, "expected": 3}


def test_current_year_is_counted_up_to_today(db):
    year_2019.targets()
    year_2019.villages()
    content = content_of(2026)
    assert (content["first_day"], content["last_day"]) == ("2026-01-01", "2026-11-23")
    assert len(content["figures"]["months"]) == 11


def test_totals_of_the_whole_scenario_agree(content):
    check_agreement(content)


def test_no_person_is_in_the_content(content):
    assert year_2019.NAMES not in json.dumps(content, ensure_ascii=False)


def test_practice_villages_are_named_in_the_notes(db):
    year_2019.targets()
    make.DesignationFactory(certainty="practice", cohort_year=2018)
    notes = content_of()["notes"]
    assert [note["n"] for note in notes if "latihan" in note["text"]] == [1]


def test_digest_is_of_the_figures_and_not_of_the_moment(db):
    year_2019.everything()
    first = content_of()
    later = build_content(ReportEdition(year=2019, number=2), moment=year_2019.MOMENT.replace(hour=5))
    assert digest_of(later) == digest_of(first)
    make.ServiceVisitFactory(village=make.VillageFactory(), visited_on=date(2019, 3, 5))
    assert digest_of(content_of()) != digest_of(first)


def test_digest_does_not_depend_on_the_order_of_keys(content):
    shuffled = json.loads(json.dumps(content, sort_keys=True))
    assert digest_of(shuffled) == digest_of(content)


@pytest.mark.parametrize("villages", [1, 3])
def test_number_of_queries_does_not_grow_with_the_villages(db, villages):
    year_2019.targets()
    for n in range(villages):
        make.DesignationFactory(village=make.VillageFactory(code=f"33.25.14.200{n}"))
    with CaptureQueriesContext(connection) as asked:
        content_of()
    assert len(asked) == QUERIES


QUERIES = 20


@pytest.mark.parametrize(
    ("part", "whole", "share"),
    [
        (402, 400, "100.5"),
        (1, 3, "33.3"),
        (2, 3, "66.7"),
        (1, 8, "12.5"),
        (5, 80, "6.3"),  # 6.25: halves go away from zero
        (0, 7, "0.0"),
        (3, 0, None),
        (None, 4, None),
        (4, None, None),
    ],
)
def test_percent_has_one_decimal(part, whole, share):
    assert percent(part, whole) == share


def test_snapshot_sees_one_moment_and_writes_nothing(transactional_db):
    year_2019.targets()
    year_2019.villages()
    with snapshot() as moment:
        before = build_content(ReportEdition(year=2019, number=1), moment=moment)
        _designate_from_elsewhere("33.25.14.2009")
        again = build_content(ReportEdition(year=2019, number=1), moment=moment)
        assert digest_of(again) == digest_of(before)
    after = content_of()
    assert len(after["figures"]["villages"]) == len(before["figures"]["villages"]) + 1
    with pytest.raises(InternalError, match="read-only"), snapshot():
        Designation.objects.update(cohort_year=2018)


def _designate_from_elsewhere(code):
    """Another session commits a designation meanwhile."""
    from concurrent.futures import ThreadPoolExecutor

    def designate():
        from django.db import connection as own

        try:
            make.DesignationFactory(village=make.VillageFactory(code=code), cohort_year=2018)
        finally:
            own.close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(designate).result()


def test_summary_has_target_realisation_share_and_the_year_before(figures):
    assert [
        (line["code"], line["target"], line["realisation"], line["percent"], line["before"])
        for line in figures["summary"]
    ] == [
        ("villages", 400, 402, "100.5", 252),
        ("registered", 402, 2, "0.5", None),
        ("officers", 6, 1, "16.7", 1),
        ("reporting", 3, 1, "33.3", 1),
        ("returns", 0, 0, None, 0),
    ]


def test_late_and_missing_returns_are_told(db):
    year_2019.everything()
    randu = make.VillageFactory(code="33.25.14.2004")
    for month, sent in ((1, date(2019, 2, 3)), (2, date(2019, 3, 20)), (3, None)):
        status = {"status": "submitted", "counts": {}, "submitted_at": year_2019.MOMENT} if sent else {}
        make.MonthlyReturnFactory(
            village=randu,
            month=date(2019, month, 1),
            due_on=date(2019, month + 1, 5),
            first_submitted_on=sent,
            **status,
        )
    assert without_keys(content_of()["figures"]["returns"]) == {
        "due": 3,
        "on_time": 1,
        "late": 1,
        "never": 1,
    }
    assert district_content()["figures"]["returns"]["late"] == 1


def test_report_of_a_district_counts_its_villages_alone(db):
    year_2019.everything()
    content = district_content()
    figures = content["figures"]
    check_agreement(content)
    assert (content["reference"], content["place"]) == (
        "DMK-33.25-2019-01",
        {"code": "33.25", "name": "Kabupaten Batang"},
    )
    assert (figures["designated"], figures["provinces"], figures["districts"]) == (2, [], [])
    assert [(line["code"], line["total"]) for line in figures["subdistricts"]] == [("33.25.14", 2)]
    assert [(line["year"], line["published"], line["recorded"]) for line in figures["cohorts"]] == [
        (2019, None, 1)
    ]
    randu = figures["villages"][1]
    assert {part["code"]: part["count"] for part in randu["figures"]}["visits"] == 3
    assert [line["code"] for line in figures["summary"]] == ["officers", "reporting", "returns"]


def test_bulletin_counts_one_month_against_the_one_before(db):
    year_2019.everything()
    content = content_of(kind="bulletin", month=3)
    figures = content["figures"]
    check_agreement(content)
    assert (content["reference"], content["first_day"], content["last_day"]) == (
        "DMB-2019-03-01",
        "2019-03-01",
        "2019-03-31",
    )
    assert (figures["cumulative"], figures["cohorts"]) == (None, [])
    assert (figure(figures, "visits")["count"], figure(figures, "visits")["before"]["count"]) == (3, 0)
    assert [month["month"] for month in figures["months"]][::11] == ["2018-04", "2019-03"]
