"""Small counts stay hidden from whoever does the sums."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from periods.month import Month
from reports.access import PUBLISHED, access_place, nation
from reports.figures import figure_table
from reports.places import Place
from reports.small_cells import SMALLEST_SHOWN, Hidden, closed_places, hidden_cells
from tests import factories as make


def tree(districts):
    """Counts and parents of a country from counts of districts."""
    counts: dict[str, int] = {}
    parents: dict[str, str] = {}
    for code, count in districts.items():
        for key in (code, code[:2], ""):
            counts[key] = counts.get(key, 0) + count
        parents |= {code: code[:2], code[:2]: ""}
    return counts, parents


def attack(counts, parents, hidden):
    """Try every country that fits what is shown; what a small count may be in any of them."""
    leaves = [key for key in counts if key not in parents.values()]
    top = max(counts.values(), default=0) + 6

    def possible(key):
        if key not in hidden:
            return [counts[key]]
        return range(1, SMALLEST_SHOWN) if hidden[key] == Hidden.SMALL else range(1, top)

    seen = {key: set() for key in counts}
    for values in product(*(possible(leaf) for leaf in leaves)):
        world = dict(zip(leaves, values, strict=True))
        for key in counts:
            if key not in world:
                world[key] = 0
        for leaf in leaves:
            key = leaf
            while (parent := parents.get(key)) is not None:
                world[parent] += world[leaf]
                key = parent
        if all(world[key] in possible(key) for key in counts):
            for key, value in world.items():
                seen[key].add(value)
    return seen


@pytest.mark.parametrize(
    ("districts", "expected"),
    [
        ({}, {}),
        ({"33.25": 7}, {}),
        ({"33.25": 2}, {"33.25": Hidden.SMALL, "33": Hidden.SMALL, "": Hidden.SMALL}),
        ({"33.25": 2, "33.26": 9}, {"33.25": Hidden.SMALL, "33.26": Hidden.WITHHELD}),
        ({"33.25": 2, "33.26": 3}, {"33.25": Hidden.SMALL, "33.26": Hidden.SMALL}),
    ],
)
def test_hidden_cells_of_small_countries(districts, expected):
    counts, parents = tree(districts)
    assert hidden_cells(counts, parents) == expected


@settings(max_examples=60)
@given(
    st.dictionaries(
        st.sampled_from(["11.01", "11.02", "11.03", "12.01", "12.02"]), st.integers(1, 8), max_size=4
    )
)
def test_nobody_works_out_a_small_count(districts):
    counts, parents = tree(districts)
    hidden = hidden_cells(counts, parents)
    seen = attack(counts, parents, hidden)
    for key, count in counts.items():
        if 0 < count < SMALLEST_SHOWN:
            assert key in hidden
            assert len(seen[key]) > 1, (districts, hidden, key)


def restricted(cast, randu, kenanga):
    for village, number in ((cast.randu, randu), (cast.kenanga, kenanga)):
        for _turn in range(number):
            make.CaseFactory(village=village, type="trafficking_suspected")


def shown(reader, places, seat):
    table = figure_table(["restricted_cases"], places, Month(2026, 11), seat=seat)
    return {cell.place.code: (cell.count, cell.hidden) for cell in table.column("restricted_cases")}


def test_ministry_sees_small_counts_hidden_on_every_page(cast):
    restricted(cast, 2, 6)
    seat = cast.seat("maya")
    places = [access_place(seat, code) for code in ("", "33", "32")]
    assert shown("maya", places, seat) == {
        "": (8, None),
        "33": (None, Hidden.SMALL),
        "32": (None, Hidden.WITHHELD),
    }
    # asked alone, the same count is as hidden as among its sisters
    assert shown("maya", places[2:], seat) == {"32": (None, Hidden.WITHHELD)}


def test_coordinator_sees_the_own_district_in_full(cast):
    restricted(cast, 2, 6)
    seat = cast.seat("hendro")
    places = [access_place(seat, code) for code in ("33.25", "33.25.14.2004")]
    assert shown("hendro", places, seat) == {"33.25": (2, None), "33.25.14.2004": (2, None)}


@pytest.mark.parametrize("reader", ["rina", "kades", "lina", "ratna", "maya"])
def test_village_never_shows_its_restricted_cases(cast, reader):
    restricted(cast, 7, 7)
    seat = cast.seat(reader)
    places = [access_place(seat, "33.25.14.2004")]
    assert shown(reader, places, seat) == {"33.25.14.2004": (None, Hidden.WITHHELD)}


@pytest.mark.parametrize("reader", ["rina", "lina", "ratna", "maya", "hendro"])
def test_open_figures_do_not_change_with_a_restricted_case(cast, reader):
    seat = cast.seat(reader)
    codes = [
        "open_cases",
        "cases_reported",
        "idle_cases",
        "referrals_waiting",
        "referrals_sent",
        "cases_closed",
    ]
    own = {"rina": "33.25.14.2004", "ratna": "33", "maya": "", "lina": "33.25", "hendro": "33.25"}[reader]
    place = access_place(seat, own)

    def counted():
        table = figure_table(codes, [place], Month(2026, 11), seat=seat)
        return [table.cell(code).count for code in codes]

    before = counted()
    case = make.CaseFactory(village=cast.randu, type="sexual_violence", status="referred")
    make.ReferralFactory(case=case)
    assert counted() == before


def test_published_report_hides_like_the_ministry(cast):
    restricted(cast, 2, 6)
    assert shown("", [nation(), Place("33", "Jawa Tengah")], PUBLISHED) == {
        "": (8, None),
        "33": (None, Hidden.SMALL),
    }


# A figure broken down, as children by sex


def broken_down(districts):
    """Parts and parents of a country from the parts of districts."""
    parts: dict[str, dict[str, int]] = {}
    for code, values in districts.items():
        for key in (code, code[:2], ""):
            of = parts.setdefault(key, {})
            for value, count in values.items():
                of[value] = of.get(value, 0) + count
    return parts, {code: code[:2] if len(code) > 2 else "" for code in parts if code}


def test_parts_are_shown_where_none_is_small():
    parts, parents = broken_down({"33.25": {"female": 6, "male": 5}, "33.26": {"female": 9, "male": 0}})
    assert closed_places(parts, parents, ()) == set()


def test_place_with_a_small_part_takes_a_sister_along():
    """Only Batang has a small part, but Jawa Tengah less Kendal and Demak would give it away."""
    districts = {
        "33.25": {"female": 16, "male": 4},
        "33.24": {"female": 8, "male": 9},
        "33.21": {"female": 30, "male": 30},
    }
    assert closed_places(*broken_down(districts), ()) == {"33.25", "33.24"}


def test_lone_place_with_a_small_part_shuts_what_it_is_summed_into():
    assert closed_places(*broken_down({"33.25": {"female": 16, "male": 4}}), ()) == {"33.25", "33", ""}


def test_place_whose_whole_is_hidden_shows_no_part():
    districts = {code: {"female": 9, "male": 9} for code in ("33.25", "33.26", "33.27")}
    assert closed_places(*broken_down(districts), {"33.25"}) == {"33.25", "33.26"}


@given(
    st.dictionaries(
        st.sampled_from(["33.25", "33.24", "33.21", "32.12", "32.13", "52.03"]),
        st.dictionaries(st.sampled_from(["female", "male"]), st.integers(1, 12), min_size=1),
        min_size=1,
    )
)
def test_no_sum_gives_a_shut_place_away(districts):
    parts, parents = broken_down(districts)
    closed = closed_places(parts, parents, ())
    assert {
        place for place, of in parts.items() if any(0 < n < SMALLEST_SHOWN for n in of.values())
    } <= closed
    for parent in parts:
        children = {place for place in parts if parents.get(place) == parent}
        shut = children & closed
        if children:
            assert (parent in closed and len(shut) > 0) or (parent not in closed and len(shut) != 1)
