"""Two dimensions: every cell is its list, every sum the whole, and files say the same."""

import pytest

from periods.month import Month, Year
from reports.access import PUBLISHED, nation, places_below
from reports.figures import rows_behind
from reports.queries import pivot as pivots
from reports.queries.pivot import MONTHS, PIVOTED, PLACES, PivotDisagrees, axes_of, pivot
from tests.reports.pages import counted, figure_links
from tests.reports.test_rows import csv_rows, xlsx_rows
from tests.reports.world import fill

NOVEMBER = Month(2026, 11)


def every_cell(made):
    return [*(cell for line in made.lines for cell in (*line.cells, line.total)), *made.totals, made.whole]


@pytest.mark.parametrize(
    ("name", "rows", "columns", "period"),
    [
        ("hendro", PLACES, "procedural", NOVEMBER),
        ("hendro", "destination", "sex", NOVEMBER),
        ("hendro", PLACES, MONTHS, Year(2026)),
        ("rina", MONTHS, "procedural", Year(2026)),
        ("rina", "sex", "", NOVEMBER),
    ],
)
def test_cell_counts_its_rows(cast, name, rows, columns, period):
    fill(cast)
    seat = cast.seat(name)
    place = pivots.Place("33.25", "Batang") if name == "hendro" else pivots.Place("33.25.14.2004", "Randu")
    figure = PIVOTED["registrations" if "sex" in (rows, columns) else "departures"]
    made = pivot(figure, rows, columns, place, period, seat=seat)
    assert (made.rows, made.columns) == (rows, columns)
    wrong = [
        (cell.figure.name, cell.place.code, cell.value, cell.count)
        for cell in every_cell(made)
        if rows_behind(cell.figure.name, cell.place, cell.period, seat=seat, value=cell.value).count()
        != (cell.count or 0)
    ]
    assert (wrong, made.whole.count) == ([], 3)


def test_every_figure_adds_up_by_every_dimension(cast, django_assert_max_num_queries):
    """`pivot` raises where rows, columns and the whole disagree."""
    fill(cast)
    below = places_below(PUBLISHED, nation())
    for indicator in PIVOTED.values():
        axes = list(axes_of(indicator, below, NOVEMBER))
        for rows, columns in zip(axes[::2], [*axes[1::2], ""], strict=False):
            with django_assert_max_num_queries(3):
                pivot(indicator, rows, columns, nation(), NOVEMBER, seat=PUBLISHED)
    village, randu = cast.seat("rina"), pivots.Place("33.25.14.2004", "Randu")
    for indicator in PIVOTED.values():  # of some figures one dimension is left in a village, of some none
        columns = next((split.code for split in indicator.splits), "")
        pivot(indicator, "", columns, randu, NOVEMBER, seat=village)
    for code in ("visits", "registrations", "cases_closed"):
        with django_assert_max_num_queries(3):
            pivot(PIVOTED[code], MONTHS, PLACES, nation(), Year(2026), seat=PUBLISHED)


def test_parts_that_are_not_the_whole_are_refused(cast, monkeypatch):
    fill(cast)
    shown = pivots._Counted._cell

    def one_too_many(self, row, column):
        cell = shown(self, row, column)
        return pivots.Cell(**{**vars(cell), "count": (cell.count or 0) + (cell.value == "procedural")})

    monkeypatch.setattr(pivots._Counted, "_cell", one_too_many)
    with pytest.raises(PivotDisagrees, match="departures"):
        pivot(PIVOTED["departures"], PLACES, "procedural", nation(), NOVEMBER, seat=PUBLISHED)


def test_page_opens_what_it_counts_and_files_say_the_same(cast):
    fill(cast)
    client = cast.client("hendro")
    query = "figure=registrations&rows=destination&columns=sex&period=2026-11"
    page = client.get(f"/figures/by-two/?{query}").content.decode()
    links = [link for link in figure_links(page) if link[1]]
    assert len(links) > 3
    assert [link for link in links if counted(client, link[0])[0] != link[1]] == []
    written = csv_rows(client.get(f"/figures/by-two/table.csv?{query}"))
    assert written[-1][-1] == "3"
    sheet = xlsx_rows(client.get(f"/figures/by-two/table.xlsx?{query}"))
    assert [[str(int(v)) if isinstance(v, float) else v for v in row] for row in sheet] == written


def test_dimension_the_figure_has_not_gives_way(cast):
    client = cast.client("maya")
    assert client.get("/figures/by-two/?figure=visits&rows=procedural&columns=month").status_code == 200
    for query in ("figure=nonsense", "figure=children_served", "place=99", "period=x"):
        assert client.get(f"/figures/by-two/?{query}").status_code == 404


def test_small_numbers_stay_hidden(cast):
    fill(cast)
    made = pivot(PIVOTED["restricted_cases"], PLACES, "", nation(), NOVEMBER, seat=cast.seat("maya"))
    assert {cell.count for cell in every_cell(made)} <= {None, 0}
    assert made.has_hidden
