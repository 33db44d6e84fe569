"""Count = rows: for every indicator, level and role; and what a cell says about itself."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from django.db.models import F

from accounts.roles import Level
from accounts.rules import NotPermitted
from periods.month import Month, Year
from reports.access import PUBLISHED, access_place, may_list_rows, nation, places_below
from reports.cells import Coverage, NoSuchFigure, PartsDiffer, State
from reports.figures import figure_series, figure_table, rows_behind
from reports.indicators import CATALOGUE, UNKNOWN, Span
from reports.places import Place
from tests import factories as make
from tests.conftest import TODAY
from tests.reports.world import CATALOGUE_QUERIES, fill

NOVEMBER = Month(2026, 11)
READERS = ("rina", "kades", "hendro", "lina", "indra", "ratna", "maya", "arif")


def places_of(seat):
    """The reader's own place and every place below it that exists in the world of the tests."""
    codes = ("", "32", "33", "32.12", "33.25", "33.25.14.2004", "33.25.14.2002", "32.12.16.2004")
    own = {
        Level.NATION: "",
        Level.PROVINCE: seat.province_id,
        Level.DISTRICT: seat.district_id,
        Level.VILLAGE: seat.village_id,
    }[seat.level]
    return [access_place(seat, code) for code in codes if own in ("", code) or code.startswith(f"{own}.")]


def names_of(code):
    """The indicator and each of its splits."""
    return [code, *(f"{code}:{split.code}" for split in CATALOGUE[code].splits)]


def cells_of(table, code, place):
    """Every cell of an indicator at a place; at the reader's own also its parts, but for the zeros: the parts
    of a table sum to its whole."""
    if place != table.places[0]:
        return [table.cell(code, place)]
    parts = [cell for name in names_of(code)[1:] for cell in table.split_cells(name, place) if cell.count]
    return [table.cell(code, place), *parts]


@pytest.mark.parametrize(
    ("period", "readers"),
    [(NOVEMBER, READERS), (Month(2026, 10), ("rina", "hendro")), (Year(2026), ("rina", "hendro"))],
    ids=["this month", "a past month", "this year"],
)
def test_count_is_the_number_of_rows(cast, period, readers):
    """For every indicator, split, place and role that may open the rows."""
    fill(cast)
    wrong, compared = [], set()
    for reader in readers:
        seat = cast.seat(reader)
        places = places_of(seat)
        codes = [code for code in CATALOGUE if may_list_rows(seat, CATALOGUE[code])]
        table = figure_table([name for code in codes for name in names_of(code)], places, period, seat=seat)
        for code, place in product(codes, places):
            for cell in cells_of(table, code, place):
                rows = rows_behind(cell.figure.name, place, period, seat=seat, value=cell.value)
                expected = measured(cell.indicator, rows)
                if (cell.count or 0) != expected:
                    wrong.append((reader, place.code, cell.figure.name, cell.value, cell.count, expected))
            compared.add(code)
    assert (wrong, compared) == ([], {code for code, entry in CATALOGUE.items() if not entry.private})


def measured(indicator, rows):
    """What the rows themselves give, worked out without the database."""
    if indicator.measure is None:
        return len(rows)
    known = sorted(number for row in rows if (number := value_in(row, indicator.measure.field)) is not None)
    if indicator.is_median:
        return known[(len(known) - 1) // 2] if known else 0
    return sum(known)


def value_in(row, path):
    for name in path.split("__"):
        row = getattr(row, name)
    return row


def test_parts_of_a_split_sum_to_the_whole(cast):
    fill(cast)
    names = [name for code in CATALOGUE if not CATALOGUE[code].is_median for name in names_of(code)]
    table = figure_table(names, [nation()], Year(2026), seat=PUBLISHED)
    assert [
        name
        for name in names
        if ":" in name
        and sum(cell.count for cell in table.split_cells(name)) != table.cell(name.split(":")[0]).count
    ] == []


def test_split_that_would_lose_records_is_refused(cast, monkeypatch):
    """By a list in which somebody forgot a value, and by a join that meets a record twice."""
    fill(cast)
    person = make.PersonFactory(village=cast.kenanga)
    make.ServiceVisitFactory(village=cast.kenanga, person=person)
    for _twice in range(2):
        make.CaseFactory(village=cast.kenanga, person=person, type="unpaid_wage")
    visits = CATALOGUE["visits"]

    def ask(split):
        monkeypatch.setitem(CATALOGUE, "visits", replace(visits, splits=(split,)))
        return figure_table(["visits:lost"], [nation()], NOVEMBER, seat=PUBLISHED)

    topic = visits.split("topic")
    forgetful = replace(topic, code="lost", values=topic.values[:1], expression=lambda _span: F("topic"))
    with pytest.raises(PartsDiffer, match="no line for"):
        ask(forgetful)
    twice = replace(visits.split("district"), code="lost", expression=lambda _span: F("person__cases__type"))
    with pytest.raises(PartsDiffer, match="10 are not 9"):
        ask(twice)


def test_every_figure_of_workers_has_the_official_dimensions():
    dimensions = {
        "month",
        "district",
        "destination",
        "scheme",
        "sector",
        "job",
        "sex",
        "education",
        "marital",
    }
    for code in ("registrations", "departures", "returns_home"):
        splits = {split.code: split for split in CATALOGUE[code].splits}
        assert dimensions | {"procedural"} <= set(splits)
        span = Span.of(Year(2026), today=TODAY)
        assert {
            code for code, split in splits.items() if split.listed(span)[-1:] not in ((), (UNKNOWN,))
        } == set()


def test_what_nobody_wrote_down_is_a_part_of_its_own(cast):
    person = make.PersonFactory(village=cast.randu, education="", marital_status="")
    make.MigrationFactory(
        person=person, departed_on=date(2026, 11, 4), status="abroad", destination="", job=""
    )
    dimensions = ("destination", "sector", "job", "education", "marital", "scheme", "procedural")
    table = figure_table([f"departures:{code}" for code in dimensions], [nation()], NOVEMBER, seat=PUBLISHED)
    for code in dimensions:
        known = [(cell.value, cell.count) for cell in table.split_cells(f"departures:{code}") if cell.count]
        assert known == [(UNKNOWN, 1)], code


def test_months_and_districts_are_named(cast, english):
    fill(cast)
    table = figure_table(["visits:month", "visits:district"], [nation()], Year(2026), seat=PUBLISHED)
    months = [(cell.label, cell.count) for cell in table.split_cells("visits:month")]
    assert months[-3:] == [("October 2026", 0), ("November 2026", 8), ("Not known", 0)]
    districts = [(str(cell.label), cell.count) for cell in table.split_cells("visits:district")]
    assert districts == [("Kabupaten Batang", 6), ("Kabupaten Indramayu", 2)]


def test_places_below_sum_to_the_place(cast):
    fill(cast)
    seat = cast.seat("hendro")
    district = access_place(seat, "33.25")
    table = figure_table(CATALOGUE, [district, *places_below(seat, district)], NOVEMBER, seat=seat)
    columns = {
        code: table.column(code)
        for code in CATALOGUE
        if not (CATALOGUE[code].is_median or CATALOGUE[code].private)
    }
    assert [
        code for code, (whole, *parts) in columns.items() if whole.count != sum(part.count for part in parts)
    ] == []


def test_worked_numbers_of_the_world(cast):
    fill(cast)
    table = figure_table(list(CATALOGUE), [nation()], NOVEMBER, seat=PUBLISHED)
    assert {code: (table.cell(code).count, table.cell(code).over) for code in CATALOGUE} == {
        "villages_designated": (3, None),
        "villages_active": (3, None),
        "officers_in_post": (4, 6),
        "officer_gaps": (2, None),
        "assignments_ending": (0, None),
        "villages_silent": (1, None),
        "returns_due": (2, None),
        "returns_on_time": (2, 2),
        "villages_with_services": (2, 3),
        "villages_with_business": (2, 3),
        "villages_with_parenting": (0, 3),
        "villages_with_books": (1, 3),
        "visits": (8, None),
        "registrations": (4, None),
        "departures": (4, None),
        "returns_home": (0, None),
        "departures_non_procedural": (1, 4),
        "papers_complete": (0, 4),
        "villagers_abroad": (4, None),
        "villagers_abroad_known": (4, 20),
        "outreach_women": (80, None),
        "outreach_men": (60, None),
        "recruiters_seen": (2, None),
        "illicit_offers_reported": (2, None),
        "notices_shown": (2, None),
        "service_centres": (2, None),
        "duty_days": (2, None),
        "open_cases": (9, None),
        "idle_cases": (5, None),
        "cases_reported": (8, None),
        "cases_closed": (4, None),
        "closing_days": (42, None),
        "restricted_cases": (None, None),
        "referrals_waiting": (4, None),
        "referrals_sent": (4, None),
        "referral_days": (2, None),
        "outreach_sessions": (4, None),
        "business_groups": (4, None),
        "group_members": (8, None),
        "learning_centres": (4, None),
        "finance_bodies": (6, None),
        "finance_members": (8, None),
        "finance_bodies_legal": (1, None),
        "finance_bodies_numbered": (1, None),
        "annual_meetings": (1, None),
        "member_savings": (51_000, None),
        "loans_outstanding": (100_000, None),
        "loans_late": (1, None),
        "surplus_shared": (260_000, None),
        "groups_formed": (4, None),
        "groups_alive_12": (4, 4),
        "groups_alive_24": (4, 4),
        "businesses": (8, None),
        "businesses_export_ready": (4, 8),
        "businesses_with_nib": (4, 8),
        "business_permits": (4, None),
        "turnover_median": (1_000_000, None),
        "businesses_alive_6": (4, 4),
        "businesses_alive_12": (4, 4),
        "businesses_alive_24": (0, 0),
        "migrant_households": (4, None),
        "migrant_households_in_business": (4, 4),
        "business_jobs": (12, None),
        "returnees_in_business": (4, 4),
        "children_served": (0, None),
        "child_sessions": (0, None),
        "child_attendance": (0, 0),
        "carers_trained": (0, None),
        "children_at_risk": (0, None),
        "children_followed_up": (0, None),
        "dropouts_prevented": (0, None),
        "trainings": (4, None),
        "training_participants": (4, None),
        "trained_started": (4, 4),
        "aid_value": (4_000_000, None),
        "aid_pieces": (4, None),
        "aid_in_use": (12, 28),
        "aid_idle": (4, 28),
        "aid_broken": (4, 28),
        "aid_lost": (4, 28),
        "aid_unsuitable": (4, 28),
        "aid_forgotten": (4, None),
        "mentoring_visits": (4, None),
        "businesses_with_market": (4, 8),
        "contributions": (4, None),
        "contribution_value": (20_000_000, None),
    }


def test_cell_says_how_many_villages_logged(cast):
    fill(cast)
    table = figure_table(["visits"], [nation(), Place("33.25", "Batang")], NOVEMBER, seat=PUBLISHED)
    assert [table.coverage(place) for place in ("", "33.25")] == [Coverage(2, 3), Coverage(1, 2)]


def test_cell_says_how_many_returns_are_late_and_when_too_few_reported(cast):
    """Of October one return of three came, from Batang; the village that sent it alone wrote anything."""
    make.MonthlyReturnFactory(village=cast.randu, sent=True)
    make.ServiceVisitFactory(village=cast.randu, visited_on=date(2026, 10, 5))
    places = [nation(), Place("33.25", "Batang"), Place("33.25.14.2004", "Randu")]
    table = figure_table(["visits", "villages_active"], places, Month(2026, 10), seat=PUBLISHED)
    assert [table.coverage(place) for place in places] == [
        Coverage(1, 3, 2),
        Coverage(1, 2, 1),
        Coverage(1, 1, 0),
    ]
    assert [cell.is_thin for cell in table.column("visits")] == [True, False, False]
    assert [cell.is_thin for cell in table.column("villages_active")] == [False] * 3  # the ministry tells it
    assert {cell.state for cell in table.row(nation())} == {State.SETTLED}
    year = figure_table(["visits"], [nation()], Year(2026), seat=PUBLISHED).cell("visits")
    assert (year.coverage.late, year.state) == (3, State.PROVISIONAL)


def test_ratio_keeps_what_is_not_known_in_its_denominator(cast):
    fill(cast)
    table = figure_table(["departures_non_procedural"], [nation()], NOVEMBER, seat=PUBLISHED)
    cell = table.cell("departures_non_procedural")
    assert (cell.count, cell.over, cell.share) == (1, 4, 25.0)


def test_share_of_nothing_is_not_known(cast):
    table = figure_table(["departures_non_procedural"], [nation()], NOVEMBER, seat=PUBLISHED)
    cell = table.cell("departures_non_procedural")
    assert (cell.count, cell.over, cell.share) == (0, 0, None)


@pytest.mark.parametrize(
    ("period", "provisional"),
    [(NOVEMBER, True), (Month(2026, 10), False), (Year(2026), True), (Year(2025), False)],
)
def test_figure_is_provisional_while_its_period_runs(cast, period, provisional):
    table = figure_table(["visits"], [nation()], period, seat=PUBLISHED)
    assert table.cell("visits").provisional is provisional


def test_period_that_has_not_begun_has_no_figure(cast):
    table = figure_table(["visits", "open_cases"], [nation()], Month(2026, 12), seat=PUBLISHED)
    assert [table.cell(code).count for code in ("visits", "open_cases")] == [None, None]


def test_figure_of_today_is_not_known_for_other_days(cast):
    fill(cast)
    table = figure_table(["papers_complete"], [nation()], Month(2026, 10), seat=PUBLISHED)
    assert table.cell("papers_complete").count is None


def test_standing_figure_is_counted_on_the_last_day_of_a_past_period(cast):
    make.CaseFactory(
        village=cast.randu,
        reported_on=date(2026, 9, 1),
        status="closed",
        closed_on=date(2026, 11, 2),
        close_reason="solved",
    )
    counts = {
        month: figure_table(["open_cases"], [nation()], Month(2026, month), seat=PUBLISHED)
        .cell("open_cases")
        .count
        for month in (8, 9, 10, 11)
    }
    assert counts == {8: 0, 9: 1, 10: 1, 11: 0}


def test_unknown_cohort_year_stays_unknown(cast):
    table = figure_table(["villages_designated:cohort"], [nation()], Year(2026), seat=PUBLISHED)
    cells = table.split_cells("villages_designated:cohort")
    assert {cell.value: cell.count for cell in cells} == {"2016": 1, "unknown": 2}


def test_series_counts_each_month(cast):
    fill(cast)
    make.ServiceVisitFactory(village=cast.randu, visited_on=date(2026, 9, 30))
    months = [Month(2026, month) for month in (9, 10, 11)]
    (series,) = figure_series(["visits"], Place("33", "Jawa Tengah"), months, seat=PUBLISHED)
    assert [cell.count for cell in series.cells()] == [1, 0, 6]


def test_series_breaks_down_like_the_table(cast):
    fill(cast)
    months = [Month(2026, 10), NOVEMBER]
    (series,) = figure_series(["departures:procedural"], nation(), months, seat=PUBLISHED)
    table = figure_table(["departures:procedural"], [nation()], NOVEMBER, seat=PUBLISHED)
    assert [cell.count for cell in series.last_cells] == [
        cell.count for cell in table.split_cells("departures:procedural")
    ]


def test_standing_figure_has_no_series(cast):
    with pytest.raises(ValueError, match="not counted over a period"):
        figure_series(["open_cases"], nation(), [NOVEMBER], seat=PUBLISHED)


@pytest.mark.parametrize("name", ["nonsense", "visits:nonsense", ""])
def test_unknown_figure_is_refused(db, name):
    with pytest.raises(NoSuchFigure):
        figure_table([name], [nation()], NOVEMBER, seat=PUBLISHED)


@pytest.mark.parametrize(
    ("reader", "code"),
    [
        ("rina", "33.25"),
        ("rina", "33.25.14.2002"),
        ("hendro", "32.12"),
        ("hendro", ""),
        ("ratna", "32"),
        ("sys", ""),
        ("audi", ""),
    ],
)
def test_place_of_others_is_refused(cast, reader, code):
    with pytest.raises(NotPermitted):
        figure_table(["visits"], [Place(code, "?")], NOVEMBER, seat=cast.seat(reader))


@pytest.mark.parametrize("reader", ["kades", "ratna", "maya", "arif"])
def test_rows_of_people_are_refused_to_readers_of_numbers(cast, reader):
    seat = cast.seat(reader)
    with pytest.raises(NotPermitted):
        rows_behind("visits", access_place(seat, places_of(seat)[0].code), NOVEMBER, seat=seat)


@pytest.mark.parametrize("figures", [["visits"], ["visits", "visits:topic"], list(CATALOGUE)], ids=len)
def test_number_of_queries_does_not_grow_with_places(cast, django_assert_num_queries, figures):
    fill(cast)
    seat = cast.seat("hendro")
    one = [access_place(seat, "33.25")]
    every = [*one, *places_below(seat, one[0])]
    for places in (one, every):
        with django_assert_num_queries({1: 1, 2: 1}.get(len(figures), CATALOGUE_QUERIES)):
            figure_table(figures, places, NOVEMBER, seat=seat)
