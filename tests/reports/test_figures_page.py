"""Angka: every figure of a place, one compared between places, and the table as a file."""

import pytest

from reports.indicators import CATALOGUE
from tests import factories as make
from tests.reports.test_rows import csv_rows, xlsx_rows
from tests.reports.world import CATALOGUE_QUERIES, fill


@pytest.mark.parametrize("period", ["", "2026-11", "2026-10", "2026", "2019"])
def test_page_knows_months_and_years(cast, period):
    assert cast.client("maya").get(f"/figures/?period={period}").status_code == 200


@pytest.mark.parametrize("query", ["place=33.25.14.2002", "place=32", "period=2015", "period=x", "figure=x"])
def test_address_of_others_or_of_nothing_is_not_found(cast, query):
    assert cast.client("rina").get(f"/figures/?{query}").status_code == 404


def test_place_leads_down_and_up(cast):
    fill(cast)
    client = cast.client("maya")
    assert "?place=33&amp;period=2026-11" in client.get("/figures/").content.decode()
    province = client.get("/figures/?place=33").content.decode()
    assert "?place=33.25&amp;period=2026-11" in province
    village = client.get("/figures/?place=33.25.14.2004").content.decode()
    assert [code in village for code in ("?place=&amp;", "?place=33&amp;", "?place=33.25&amp;")] == [True] * 3


def test_trail_ends_at_the_own_place(cast):
    fill(cast)
    village = cast.client("hendro").get("/figures/?place=33.25.14.2004").content.decode()
    assert [code in village for code in ("?place=&amp;", "?place=33&amp;", "?place=33.25&amp;")] == [
        False,
        False,
        True,
    ]


def test_table_file_has_a_row_for_each_figure_and_place(cast):
    fill(cast)
    client = cast.client("hendro")
    lines = csv_rows(client.get("/figures/table.csv"))
    assert len(lines) - 1 == len(CATALOGUE) * 3
    assert len(xlsx_rows(client.get("/figures/table.xlsx"))) == len(lines)


def test_small_cells_are_hidden_in_the_file_too(cast):
    make.CaseFactory(village=cast.kenanga, type="trafficking_suspected")
    lines = csv_rows(cast.client("maya").get("/figures/table.csv"))
    shown = {(line[0], line[5]) for line in lines if line[2] == "restricted_cases"}
    assert shown == {("", "<5"), ("32", "<5"), ("33", "0")}


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("name", "besides"), [("rina", 3), ("hendro", 6), ("maya", 6)])
def test_number_of_queries_does_not_grow(cast, django_assert_num_queries, name, besides, rows):
    """Those of the whole catalogue, and `besides` for the page."""
    for turn in range(rows):
        make.DesignationFactory(village=make.VillageFactory(code=f"33.25.14.20{turn + 10}"))
        make.ServiceVisitFactory(village=cast.randu)
    client = cast.client(name)
    client.get("/figures/")
    with django_assert_num_queries(CATALOGUE_QUERIES + besides):
        client.get("/figures/")
