"""Figures for programs: what the page shows, and no more."""

import pytest

from reports.indicators import CATALOGUE
from tests.migrants.calling import get
from tests.reports.pages import figure_links
from tests.reports.world import fill


@pytest.mark.parametrize(("name", "place", "few"), [("hendro", "33.25", False), ("maya", "", True)])
def test_figures_answer_what_the_page_shows(cast, name, place, few):
    fill(cast)
    client = cast.client(name)
    answer = get(client, "figures/")
    assert (answer["place"], answer["period"], set(answer["figures"])) == (place, "2026-11", set(CATALOGUE))
    shown = {
        address.split("/")[2]: count
        for address, count in figure_links(client.get("/figures/").content.decode())
        if f"place={place}&" in address and "split=" not in address
    }
    told = {code: cell["count"] for code, cell in answer["figures"].items() if cell["count"] is not None}
    assert {code: told[code] for code in shown} == shown
    hidden = {code for code, cell in answer["figures"].items() if cell["hidden"]}
    assert hidden.isdisjoint(shown)
    assert ("restricted_cases" in hidden) is few


def test_figures_of_another_place_are_absent(cast):
    assert cast.client("rina").get("/api/v1/figures/", {"place": "33"}).status_code == 404
