"""A small village is held against its officers, its migrant households and its own year before."""

from datetime import date

import pytest

from periods.month import Month, Year
from reports.indicators import Span
from reports.places import Place
from reports.queries.comparison import comparison, officer_months
from tests import factories as make
from tests.conftest import TODAY

KENDAL = Place("33.24", "Kendal")
BELOW = [Place("33.24.01.2001", "Boja"), Place("33.24.01.2002", "Cepiring")]


@pytest.fixture
def kendal(cast):
    """Boja: two officers all October, two households, six visits. Cepiring: one officer from 16 October on,
    no household, one visit; in October 2025 Boja had four visits."""
    boja, cepiring = (make.VillageFactory(code=place.code) for place in BELOW)
    for village, slot, begins in ((boja, 1, 1), (boja, 2, 1), (cepiring, 1, 16)):
        make.OfficerAssignmentFactory(
            village=village, slot=slot, starts_on=date(2026, 10, begins), ends_on=date(2026, 10, 31)
        )
    for _home in range(2):
        person = make.PersonFactory(village=boja, household=make.HouseholdFactory(village=boja))
        make.MigrationFactory(person=person, registered_on=date(2026, 10, 2))
    for village, year, visits in ((boja, 2026, 6), (cepiring, 2026, 1), (boja, 2025, 4)):
        for _visit in range(visits):
            make.ServiceVisitFactory(village=village, visited_on=date(year, 10, 20))
    return cast


def test_rates_and_change_of_a_month(kendal):
    found = comparison("visits", KENDAL, BELOW, Month(2026, 10), seat=kendal.seat("maya"))
    lines = [
        (
            line.cell.count,
            round(line.officer_months, 2),
            line.households,
            line.per_officer_month and round(line.per_officer_month, 2),
            line.per_households,
            line.change,
        )
        for line in (*found.parts, found.whole)
    ]
    assert lines == [
        (6, 2.0, 2, 3.0, 300.0, 2),
        (1, 0.52, 0, 1.94, None, 1),
        (7, 2.52, 2, 2.78, 350.0, 3),
    ]


def test_what_is_not_made_by_villages_or_not_a_number_of_records_has_no_rate(kendal):
    for figure in ("villages_designated", "turnover_median", "departures_non_procedural"):
        whole = comparison(figure, KENDAL, BELOW, Month(2026, 10), seat=kendal.seat("maya")).whole
        assert (whole.per_officer_month, whole.per_households) == (None, None)
    standing = comparison("open_cases", KENDAL, BELOW, Month(2026, 10), seat=kendal.seat("maya")).whole
    assert (standing.per_officer_month, standing.per_households) == (None, 0.0)


def test_running_period_is_held_against_the_same_days(kendal):
    boja = BELOW[0].code
    for day in (date(2025, 11, 23), date(2025, 11, 24)):
        make.ServiceVisitFactory(village_id=boja, visited_on=day)
    found = comparison("visits", KENDAL, BELOW, Month(2026, 11), seat=kendal.seat("maya"))
    assert found.parts[0].before.count == 1


def test_officer_months_of_a_year_and_of_one_not_begun(kendal):
    year = officer_months(KENDAL, BELOW, Span.of(Year(2026), today=TODAY))
    assert {code: round(months, 1) for code, months in year.items()} == {
        "33.24": 2.6,
        "33.24.01.2001": 2.0,
        "33.24.01.2002": 0.5,
    }
    ahead = officer_months(KENDAL, BELOW, Span.of(Year(2027), today=TODAY))
    assert set(ahead.values()) == {0.0}


def test_page_compares_in_the_order_of_names(kendal):
    for place in BELOW:
        make.DesignationFactory(village_id=place.code)
    page = kendal.client("maya").get("/figures/?place=33.24&period=2026-10").content.decode()
    lines = page.split('id="compared"')[1].split("</tbody>")[0].split("<tr")[2:]
    assert [place.code in line for place, line in zip(BELOW, lines, strict=True)] == [True, True]
    assert ("3,0" in lines[0], "dari 2,0" in lines[0], "+2" in lines[0]) == (True, True, True)
