"""C49: whoever may not open the records of a figure with small cells cannot work out 1 to 4 of them from all
that is published: places of every level, months against their year, parts against their whole, figures that
are open against those that are not."""

from datetime import date
from itertools import product

import pytest
from django.db import transaction
from django.db.models import Count, Value
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.rules import NotPermitted
from migrants.enums import HEALTH_TYPES, CaseType
from migrants.models import Case, Referral
from periods.month import Month, Year
from reports.access import PUBLISHED, may_list_rows
from reports.figures import figure_series, figure_table
from reports.indicators import CATALOGUE, Span
from reports.places import Place, codes_around
from reports.queries.listing import listing
from reports.small_cells import SMALLEST_SHOWN, Hidden, closed_places, hidden_cells
from tests import factories as make
from tests.conftest import TODAY
from tests.reports.differencing import Reader, Sum

YEAR = Year(2026)
MONTHS = [Month(2026, month) for month in (9, 10, 11)]
VILLAGES = ("33.25.14.2004", "33.25.14.2002", "33.24.01.2001", "32.12.16.2004", "32.13.01.2001")
DISTRICTS = sorted({code[:5] for code in VILLAGES})
KINDS = {str(word) for word in CaseType.labels} | {"Lainnya, termasuk sakit dan kecelakaan"}
AREAS = ("", "32", "33", *DISTRICTS, *VILLAGES)


def said(of, count, hidden):
    """What a cell says about a sum."""
    if count is not None:
        return Sum(of, count, count)
    return Sum(of, 1, SMALLEST_SHOWN - 1) if hidden == Hidden.SMALL else Sum(of, 0, None)


def worked_out(truth, cells):
    """The hidden numbers of 1 to 4 that a reader of the cells works out. `cells`: where, when (None: the
    year), which part (None: the whole), count, hidden."""

    def things(place, month, part):
        return frozenset(
            thing
            for thing in truth
            if place in codes_around(thing[0]) and month in (None, thing[1]) and part in (None, thing[2])
        )

    keyed = [(things(*cell[:3]), *cell) for cell in cells]
    reader = Reader([said(of, count, hidden) for of, *_where, count, hidden in keyed])
    hidden = [(of, where) for of, *where, count, _how in keyed if count is None]
    small = [(of, where) for of, where in hidden if 0 < sum(truth[one] for one in of) < SMALLEST_SHOWN]
    return [where for of, where in small if reader.known(of, truth) is not None], len(small)


def published(truth):
    """The cells that the rules show of a country of districts, months and parts."""
    places = sorted({around for district, _month, _part in truth for around in codes_around(district)})
    parents = {place: place[:2] if len(place) > 2 else "" for place in places if place}

    def by(number):
        parts = {}
        for thing, count in truth.items():
            for around in codes_around(thing[0]) if count else ():
                of = parts.setdefault(around, {})
                of[thing[number]] = of.get(thing[number], 0) + count
        return parts

    whole = {place: sum(parts.values()) for place, parts in by(1).items()}
    hidden = hidden_cells(whole, parents)
    for place in places:
        yield place, None, None, None if place in hidden else whole.get(place, 0), hidden.get(place)
    for number in (1, 2):
        parts = by(number)
        closed = closed_places(parts, parents, hidden)
        for place, value in product(places, {thing[number] for thing in truth}):
            count = None if place in closed else parts.get(place, {}).get(value, 0)
            yield place, *((value, None) if number == 1 else (None, value)), count, None


SOME = st.dictionaries(
    st.tuples(st.sampled_from(["33.25", "33.24", "32.12"]), st.sampled_from("ab"), st.sampled_from("fm")),
    st.integers(1, 9),
    min_size=1,
    max_size=8,
)


@settings(max_examples=40)
@given(SOME)
def test_rules_give_no_small_number_away(told):
    """Over every country of three districts, two months and two parts: the reader knows the places, the
    months and the parts, not where they are zero."""
    truth = dict.fromkeys(product(["33.25", "33.24", "32.12"], "ab", "fm"), 0) | told
    assert worked_out(truth, list(published(truth)))[0] == []


# Real records, and every table somebody may read


def children(village, month, status, number):
    """So many children of the village at risk since a day of the month, half of them visited later on; each
    was on the roll of the month's session."""
    centre = make.LearningCentreFactory(village=village)
    session = make.ChildSessionFactory(centre=centre, held_on=date(2026, month, 5))
    for turn in range(number):
        child = make.ChildFactory(centre=centre, sex=("female", "male")[turn % 2])
        make.AttendanceFactory(session=session, child=child)
        make.SchoolStatusFactory(child=child, status=status, since=date(2026, month, 2))
        if turn % 2:
            make.HomeVisitFactory(child=child, visited_on=date(2026, month + turn % 3 // 2, 9))


@pytest.fixture
def country(cast):
    """Numbers of children each of which some other table would tell, were it not hidden too."""
    randu, bandung, kendal, kenanga, losarang = (make.VillageFactory(code=code) for code in VILLAGES)
    for village, month, status, number in (
        (randu, 9, "at_risk", 6),
        (randu, 10, "at_risk", 2),
        (randu, 10, "dropped_out", 5),
        (bandung, 9, "dropped_out", 7),
        (kendal, 9, "at_risk", 8),
        (kendal, 10, "at_risk", 6),
        (kendal, 11, "dropped_out", 5),
        (kenanga, 9, "at_risk", 3),
        (kenanga, 11, "at_risk", 4),
        (losarang, 10, "at_risk", 9),
    ):
        children(village, month, status, number)
    for village, number in ((randu, 3), (kendal, 6), (kenanga, 5)):
        for _turn in range(number):
            make.CaseFactory(village=village, type="trafficking_suspected")
    return cast


def true_numbers(code, split):
    """How many records of each district, month and part there are."""
    entry = CATALOGUE[code]
    truth = {}
    for month in MONTHS:
        span = Span.of(month, today=TODAY)
        rows = entry.rows(span)
        value = entry.split(split).expression(span) if split else Value("")
        grouped = rows.annotate(_split=value).order_by().values_list("district_id", "_split")
        found = {(district, part): n for district, part, n in grouped.annotate(n=Count("*"))}
        parts = CATALOGUE[code].split(split).values if split else [""]
        for district, part in product(DISTRICTS, parts):
            truth[district, month, part] = found.get((district, part), 0)
    return truth


def cells_shown(code, split, reader):
    """Every cell of the figure that is published above the villages."""
    places = [Place(area, area) for area in AREAS if len(area) < 13]
    names = [code, f"{code}:{split}"] if split else [code]
    for period in (YEAR, *MONTHS):
        month = None if period == YEAR else period
        table = figure_table(names, places, period, seat=reader)
        for place in places:
            cells = [table.cell(code, place), *(table.split_cells(names[1], place) if split else [])]
            for cell in cells:
                yield place.code, month, cell.value or None, cell.count, cell.hidden


@pytest.mark.parametrize("name", ["maya", ""], ids=["ministry", "public"])
def test_no_reader_of_numbers_works_out_a_small_one(country, name):
    """Sensitive figures whose months add up to the year: solved as one system of sums."""
    reader = country.seat(name) if name else PUBLISHED
    found = {}
    for code, split in (("children_at_risk", "status"), ("child_attendance", ""), ("dropouts_prevented", "")):
        truth = true_numbers(code, split)
        found[code] = worked_out(truth, list(cells_shown(code, split, reader)))
    assert {code: known for code, (known, _small) in found.items()} == {code: [] for code in found}
    assert found["children_at_risk"][1] > 5  # there was something to find


def test_months_that_do_not_add_up_give_no_small_number_away(country):
    """A child of two months counts in each: a year is at least its fullest month, at most all of them."""
    reader = country.seat("maya")
    for code in ("children_served", "children_followed_up"):
        for month in MONTHS:
            places = [Place(area, area) for area in AREAS if len(area) < 13]
            table = figure_table([code], places, month, seat=reader)
            shown = [table.cell(code, place).count for place in places]
            assert [count for count in shown if count is not None and 0 < count < SMALLEST_SHOWN] == []
            hidden = {place for place in AREAS[1:3] if table.cell(code, place).count is None}
            assert len(hidden) != 1 or table.cell(code, "").count is None


def test_village_parts_of_a_month_and_past_days_show_nothing(country):
    reader = country.seat("maya")
    codes = [code for code, entry in CATALOGUE.items() if entry.small_cells]
    splits = [f"{code}:{split.code}" for code in codes for split in CATALOGUE[code].splits]
    village = figure_table([*codes, *splits], [Place(VILLAGES[0], "Randu")], YEAR, seat=reader)
    assert {cell.count for cell in village.row(VILLAGES[0])} == {None}
    month = figure_table(splits, [Place("", "Indonesia")], MONTHS[0], seat=reader)
    assert {cell.count for name in splits for cell in month.split_cells(name)} == {None}
    past = figure_table(codes, [Place("", "Indonesia")], YEAR, seat=reader, day=date(2026, 11, 22))
    assert {cell.count for cell in past.row("")} == {None}
    with pytest.raises(NotPermitted):
        figure_series(["children_at_risk"], Place("33", "Jawa Tengah"), MONTHS, seat=reader)


@pytest.mark.parametrize("name", ["ratna", "maya", "lina"])
def test_no_open_figure_moves_with_a_restricted_case(cast, name):
    """Nor does it move how many villages reported: not even one that wrote nothing else."""
    seat = cast.seat(name)
    own = {"ratna": "33", "maya": "", "lina": "33.25"}[name]
    places = [Place(code, code) for code in AREAS if code in Place(own, "")]
    codes = [code for code, entry in CATALOGUE.items() if not entry.small_cells]

    def seen():
        return [
            (cell.indicator.code, cell.place.code, cell.count, cell.over, cell.coverage)
            for period in (YEAR, MONTHS[-1])
            for _place, cells in figure_table(codes, places, period, seat=seat)
            for cell in cells
        ]

    before = seen()
    case = make.CaseFactory(village=cast.bandung, type="sexual_violence", status="referred")
    make.ReferralFactory(case=case)
    make.CaseFactory(
        village=cast.bandung, type="child_neglect", status="closed", closed_on=TODAY, close_reason="solved"
    )
    assert seen() == before


def test_no_figure_or_list_tells_illness_from_other_kinds(cast):
    """C49, health: whatever is shown is the same when the kind of every case is about health, or is not."""
    village = Place(VILLAGES[0], VILLAGES[0])
    places = {"ratna": Place("33", "33"), "lina": Place("33.25", "33.25")}
    readers = [(cast.seat(name), places.get(name, Place("", ""))) for name in ("ratna", "maya", "lina")]
    codes = [code for code, entry in CATALOGUE.items() if entry.source in (Case, Referral)]
    codes = [code for code in codes if not CATALOGUE[code].small_cells]
    splits = [f"{code}:{split.code}" for code in codes for split in CATALOGUE[code].splits]

    def seen():
        for seat, place in (*readers, (PUBLISHED, Place("", ""))):
            table = figure_table([*codes, *splits], [place, village], YEAR, seat=seat)
            for cell in (cell for part in splits for cell in table.split_cells(part, village)):
                yield cell.figure.name, cell.value, cell.count
                if cell.count and seat is not PUBLISHED and may_list_rows(seat, cell.indicator):
                    values = [line.values for line in listing(cell, seat=seat).lines]
                    yield [(column.code, said) for line in values for column, said in line if said in KINDS]

    def world(kind):
        with transaction.atomic():
            case = make.CaseFactory(village=cast.randu, type=kind, status="referred")
            make.ReferralFactory(case=case)
            done = {"status": "closed", "closed_on": TODAY, "close_reason": "solved"}
            make.CaseFactory(village=cast.randu, type=kind, **done)
            found = list(seen())
            transaction.set_rollback(True)
        return found

    usual = world("other")
    assert [kind for kind in HEALTH_TYPES if world(kind) != usual] == []
    assert ("cases_reported:type", "other", 2) in usual
    assert world("unpaid_wage") != usual
