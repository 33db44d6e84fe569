from datetime import UTC, date, datetime

import pytest

from audit.models import Event
from audit.queries import event_page, events_for, history_of

pytestmark = pytest.mark.django_db


def event(**fields) -> Event:
    return Event.objects.create(
        **({"name": "case.closed", "at": datetime(2026, 11, 20, 3, tzinfo=UTC)} | fields)
    )


def test_days_are_inclusive_in_the_zone():
    event(at=datetime(2026, 11, 19, 16, 59, 59, tzinfo=UTC))
    first = event(at=datetime(2026, 11, 19, 17, 0, tzinfo=UTC))
    last = event(at=datetime(2026, 11, 20, 16, 59, 59, tzinfo=UTC))
    event(at=datetime(2026, 11, 20, 17, 0, tzinfo=UTC))
    day = date(2026, 11, 20)
    assert list(events_for(first_day=day, last_day=day)) == [last, first]


def test_each_filter_narrows():
    rina = event(
        actor_id="1",
        actor_name="Rina Wulandari",
        village_code="33.25.14.2004",
        district_code="33.25",
        province_code="33",
    )
    hendro = event(
        name="officer.assigned",
        actor_id="2",
        actor_name="Hendro Wibowo",
        district_code="33.25",
        province_code="33",
    )
    system = event(name="areas.imported")
    assert list(events_for()) == [system, hendro, rina]
    assert list(events_for(name="officer.assigned")) == [hendro]
    assert list(events_for(actor_id="1")) == [rina]
    assert list(events_for(actor_name="wib")) == [hendro]
    assert list(events_for(place_code="33")) == list(events_for(place_code="33.25")) == [hendro, rina]
    assert list(events_for(place_code="33.25.14.2004")) == [rina]
    assert list(events_for(actor_name="wib", name="case.closed")) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_page_costs_one_query(django_assert_num_queries, rows):
    for _ in range(rows):
        event()
    with django_assert_num_queries(1):
        assert len(event_page(events_for()).events) == rows


def test_pages_follow_without_gap_or_repetition():
    made = [event().id for _ in range(7)]
    seen, older_than = [], None
    for expected in (3, 3, 1):
        page = event_page(events_for(), older_than=older_than, rows=3)
        assert len(page.events) == expected
        seen += [row.id for row in page.events]
        older_than = page.older_than
    assert older_than is None
    assert seen == made[::-1]


def test_full_last_page_is_the_last():
    for _ in range(3):
        event()
    assert event_page(events_for(), rows=3).older_than is None


def test_event_that_arrives_meanwhile_does_not_shift_the_pages():
    made = [event().id for _ in range(4)]
    first = event_page(events_for(), rows=2)
    event()
    second = event_page(events_for(), rows=2, older_than=first.older_than)
    assert [row.id for row in first.events + second.events] == made[::-1]


def test_history_is_of_one_thing():
    mine = event(subject_type="migrants.case", subject_id="1")
    event(subject_type="migrants.case", subject_id="2")
    event(subject_type="migrants.person", subject_id="1")
    assert list(history_of("migrants.case", "1")) == [mine]
