"""A child is put into a village, with all that hangs on it; nobody outside the village meets any of it.

The crawl (tests/architecture/test_crawl.py) follows every link past such a child, as everybody.
"""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.keys import new_key
from migrants.models import Task
from periods.month import Month, Year
from pillars.actions.child_radar import watch_children
from pillars.actions.child_sessions import log_child_session
from pillars.actions.children import log_home_visit, note_carer, note_school
from pillars.models import Child
from reports.access import PUBLISHED, access_place, nation
from reports.figures import figure_table
from reports.indicators import CATALOGUE
from reports.models import ReportEdition
from reports.yearly.content import build_content
from tests.conftest import NOW, TODAY, Cast
from tests.factories import ChildFactory, FacilitatorFactory, LearningCentreFactory, MigrationFactory

PSEUDONYM = "Kejora Malam"
WORDS = "Tidur di dapur"
CARER = "Mbah Rahasia"
MARKS = (PSEUDONYM, WORDS, CARER)
OUTSIDE = ("kades", "sari", "dewi", "hendro", "lina", "indra", "ratna", "maya", "arif", "sys", "audi")
PRIVATE = [code for code, indicator in CATALOGUE.items() if indicator.private]


def plant_child(cast: Cast) -> Child:
    """Registered, on a roll, changed carer, at risk, visited, watched: each leaves rows, events and tasks."""
    rina = cast.seat("rina")
    centre = LearningCentreFactory(village=cast.randu)
    away = MigrationFactory(person__village=cast.randu, status="abroad")
    child = ChildFactory(centre=centre, pseudonym=PSEUDONYM, migration=away, note=WORDS)
    leader = FacilitatorFactory(centre=centre)
    given = {"held_on": TODAY, "theme": "art", "leaders": [leader], "roll": [child], "present": [child]}
    log_child_session(by=rina, key=new_key(), centre=centre, note=WORDS, **given)
    care = {"carer_kind": "relative", "person": None, "carer_name": CARER}
    note_carer(by=rina, child=child, key=new_key(), since=TODAY, **care)
    note_school(by=rina, child=child, key=new_key(), status="at_risk", since=TODAY, why=WORDS)
    log_home_visit(by=rina, child=child, key=new_key(), visited_on=TODAY, seen=WORDS)
    watch_children(today=TODAY)
    return child


def marks_of(child: Child) -> tuple[str, ...]:
    """What tells of the child: its words, its key, and the keys of the tasks it gave rise to."""
    return (*MARKS, str(child.pk), *(str(task.pk) for task in Task.objects.filter(about_key=child.pk)))


@pytest.fixture
def child(cast):
    return plant_child(cast)


def inside(child):
    """Addresses of the village's own pages about the child."""
    session = child.attendances.get().session
    return [
        reverse("pillars:child-detail", args=[child.pk]),
        reverse("pillars:child-list", args=[child.centre_id]),
        reverse("pillars:child-session-detail", args=[session.pk]),
        reverse("pillars:attendance-sheet", args=[child.centre_id]),
        reverse("pillars:month-list", args=[child.centre_id]),
        reverse("pillars:child-radar"),
    ]


@pytest.mark.parametrize("name", OUTSIDE)
def test_pages_of_a_child_are_shut_outside_the_village(cast, child, name):
    client = cast.client(name)
    refused = {client.get(url).status_code for url in inside(child)}
    assert refused <= {403, 404, 200}
    assert not any(PSEUDONYM in client.get(url).content.decode() for url in inside(child))
    statuses = {client.get(url).status_code for url in inside(child)[:5]}
    assert statuses == ({404} if name in ("sari", "dewi") else {403})


def test_officers_of_the_village_meet_the_child_where_it_is_recorded(cast, child):
    client = cast.client("teguh")
    assert [PSEUDONYM in client.get(url).content.decode() for url in inside(child)] == [True] * 5 + [True]


@pytest.mark.parametrize("name", ["rina", "hendro", "lina", "ratna", "maya"])
def test_no_list_and_no_file_of_children_exists(cast, child, name):
    client = cast.client(name)
    for code in PRIVATE:
        page = client.get(f"/figures/{code}/rows/?period=2026-11")
        assert (code, page.status_code, page.context["listing"]) == (code, 200, None)
        files = [client.get(f"/figures/{code}/rows.{kind}?period=2026-11") for kind in ("csv", "xlsx")]
        assert [answer.status_code for answer in files] == [403, 403]


def test_small_counts_are_hidden_from_district_up_and_known_in_the_village(cast, child):
    november, district = Month(2026, 11), "33.25"

    def count(who, code, place, value=""):
        seat = cast.seat(who)
        where = nation() if place == "" else access_place(seat, place)
        return figure_table([code], [where], november, seat=seat).cell(code, None, value).count

    assert count("rina", "children_served", "33.25.14.2004") == 1
    assert count("rina", "children_served:sex", "33.25.14.2004", "female") == 1
    assert [count("hendro", code, district) for code in PRIVATE if code != "dropouts_prevented"] == [None] * 4
    assert count("hendro", "children_served:sex", district, "female") is None
    assert count("hendro", "children_served", "33.25.14.2004") is None
    assert count("maya", "children_served", "") is None


def test_parts_of_a_figure_are_shown_when_none_is_small(cast, child):
    for sex in ("female", "male"):
        for _one in range(6):
            _at_a_session(ChildFactory(centre=child.centre, sex=sex))
    seat, year = cast.seat("maya"), Year(2026)  # broken down over a year only
    names = ["children_served", "children_served:sex", "children_served:level"]
    table = figure_table(names, [nation()], year, seat=seat)
    assert table.cell("children_served").count == 13
    assert [cell.count for cell in table.split_cells("children_served:sex")] == [7, 6, 0]
    _at_a_session(ChildFactory(centre=child.centre, level="junior"))
    table = figure_table(names, [nation()], year, seat=PUBLISHED)
    assert {cell.count for cell in table.split_cells("children_served:level")} == {None}


def _at_a_session(child: Child) -> None:
    session = child.centre.sessions.get()
    child.attendances.create(session=session, village_id=child.village_id, present=True)


def test_yearly_report_holds_nothing_of_a_child(cast, child):
    content = build_content(ReportEdition(year=2026, number=1), moment=NOW)
    assert [mark for mark in (*MARKS, str(child.pk)) if mark in str(content)] == []
    section = content["figures"]["sections"][2]
    served = next(figure for figure in section["figures"] if figure["code"] == "children_served")
    assert (served["count"], served["hidden"], [part["lines"] for part in served["parts"]]) == (
        None,
        "small",
        [[], []],
    )
