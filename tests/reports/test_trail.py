"""The log for the auditor: filters, pages, one line an event."""

import pytest
from django.db import transaction

from audit.actions import record
from audit.events import event_names
from tests.reports.pages import AFTER


def write(by, name, number=1, **said):
    with transaction.atomic():
        for _turn in range(number):
            record(name, by=by, subject_label="LY-2611-ABCDE", **said)


def lines(page):
    return page.count("<time ")


def test_trail_shows_who_did_what(cast):
    write(cast.seat("rina"), "visit.logged", village=cast.randu)
    page = cast.client("audi").get("/audit/").content.decode()
    assert lines(page) == 1
    assert "Rina Wulandari" in page
    assert "33.25.14.2004" in page


def test_trail_is_narrowed_by_event_person_and_day(cast):
    write(cast.seat("rina"), "visit.logged")
    write(cast.seat("sari"), "case.opened")
    client = cast.client("audi")

    def found(query):
        return lines(client.get(f"/audit/?{query}").content.decode())

    assert [
        found("name=case.opened"),
        found("actor_name=wulan"),
        found("first_day=01-01-2026"),
        found("last_day=22-11-2030&name=visit.logged"),
        found("name=case.opened&actor_name=wulan"),
    ] == [1, 1, 2, 1, 0]


def test_impossible_day_is_said_and_kept(cast):
    response = cast.client("audi").get("/audit/?first_day=31/02/2026")
    assert response.status_code == 422
    assert "31/02/2026" in response.content.decode()


def pages(client):
    """Every page of the log, from the latest on."""
    page = client.get("/audit/").content.decode()
    while True:
        yield page
        after = AFTER.search(page)
        if after is None:
            return
        page = client.get("/audit/" + after[1]).content.decode()


def test_trail_is_paged_without_loss(cast):
    write(cast.seat("rina"), "visit.logged", 120)
    assert sum(lines(page) for page in pages(cast.client("audi"))) == 120


@pytest.mark.parametrize("after", ["x", "-1", "0", "9" * 40, "%00"])
def test_cursor_made_by_hand_does_no_harm(cast, after):
    assert cast.client("audi").get(f"/audit/?after={after}").status_code in {200, 400}


def test_every_event_makes_a_line(cast):
    for name in event_names():
        write(cast.seat("rina"), name)
    assert sum(lines(page) for page in pages(cast.client("audi"))) == len(event_names())


@pytest.mark.parametrize("rows", [1, 3])
def test_number_of_queries_does_not_grow(cast, django_assert_num_queries, rows):
    """Who asks (3), the lines, and the last check of the ledgers."""
    write(cast.seat("rina"), "visit.logged", rows)
    client = cast.client("audi")
    with django_assert_num_queries(5):
        client.get("/audit/")
