"""Tile = list = export = API = PDF: every number of every page, as everybody, is the number of its records.

What a figure measures (rupiah, days) is not how many records it has; then the page of the records, the file
of figures and the API must still say the same number.
"""

from urllib.parse import parse_qs, urlsplit

import pytest

from reports.access import access_indicator, may_list_rows
from reports.indicators import CATALOGUE
from reports.models import ReportEdition
from reports.yearly.content import build_content
from tests.conftest import NOW
from tests.migrants.calling import get
from tests.reports.pages import counted, figure_links
from tests.reports.test_rows import csv_rows
from tests.reports.world import fill

PAGES = ("/", "/figures/?figure=departures&split=procedural")
LEAST_TILES = {"rina": 70, "kades": 70, "hendro": 90, "lina": 90, "ratna": 80, "maya": 80, "arif": 80}


def told_by_the_api(client, query):
    """What the API says of every cell of a place and a period, or of one figure broken down: (figure, value)
    -> number."""
    if "split" not in query:
        answer = get(client, "figures/", **query)
        return {(code, ""): cell["count"] for code, cell in answer["figures"].items()}
    code, split = query.pop("figure"), query.pop("split")
    answer = get(client, f"figures/{code}/", **query)
    return {(code, part["value"]): part["count"] for part in answer["splits"][split]}


@pytest.mark.parametrize("name", LEAST_TILES)
def test_tile_is_list_is_export_is_api(cast, name):
    fill(cast)
    client, seat = cast.client(name), cast.seat(name)
    tiles = {tile for page in PAGES for tile in figure_links(client.get(page).content.decode())}
    assert len(tiles) >= LEAST_TILES[name]
    wrong, api = [], {}
    for address, shown in sorted(tiles):
        parts = urlsplit(address)
        code = parts.path.split("/")[2]
        asked = {key: values[0] for key, values in parse_qs(parts.query).items()}
        value, query = asked.pop("value", ""), asked | {"figure": code}
        key = tuple(query[name] for name in ("place", "period", "split") if name in query)
        kept = (*key, code) if "split" in query else key
        if kept not in api:
            api[kept] = told_by_the_api(client, query)
        said, listed = counted(client, address)
        numbers = {"tile": shown, "page": said, "api": api[kept][code, value]}
        if listed and may_list_rows(seat, indicator := access_indicator(code)):
            lines = len(csv_rows(client.get(address.replace("/rows/", "/rows.csv")))) - 1
            rows = {"list": listed, "file": lines}
            numbers |= rows if indicator.measure is None else {}
            if listed != lines:
                wrong.append((address, rows))
        if len(set(numbers.values())) != 1:
            wrong.append((address, numbers))
    assert wrong == []


def test_printed_number_is_the_number_of_the_page(cast):
    """The yearly report of the year, as the ministry reads the same figures on the page and by the API."""
    fill(cast)
    content = build_content(ReportEdition(year=2026, number=1), moment=NOW)
    printed = {
        figure["code"]: (figure["count"], figure["over"])
        for section in content["figures"]["sections"]
        for figure in section["figures"]
    }
    told = get(cast.client("maya"), "figures/", period="2026")["figures"]
    assert len(printed) > 50
    assert printed == {code: (told[code]["count"], told[code]["over"]) for code in printed}
    assert set(printed) <= set(CATALOGUE)
