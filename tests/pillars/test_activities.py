from datetime import date, time

import pytest
from django.urls import reverse

from accounts.keys import new_key
from accounts.rules import NotPermitted
from audit.models import Event
from periods.month import Month
from pillars.actions.activities import copy_month, drop_activity, note_held, same_weekday
from pillars.models import OutreachSession, PlannedActivity
from pillars.queries.activities import month_of_activities
from tests.factories import OutreachSessionFactory, PlannedActivityFactory, TrainingFactory

NOVEMBER = Month(2026, 11)
ACTIVITY = {
    "key": "0193576c-8d1e-7c52-9a40-5f0c2f5be6d1",
    "what": "Rapat pengurus",
    "kind": "meeting",
    "pillar": "cooperative",
    "planned_on": "30-11-2026",
    "starts_at": "9.30",
}


def shown(seat, village, month=NOVEMBER):
    days = month_of_activities(seat, village, month).days
    return {
        day.day.day: [row.what for row in day.planned] + [each.label for each in day.held] for day in days
    }


@pytest.mark.parametrize(
    ("day", "month", "there"),
    [
        (date(2026, 10, 6), NOVEMBER, date(2026, 11, 3)),  # the first Tuesday
        (date(2026, 10, 27), NOVEMBER, date(2026, 11, 24)),  # the fourth
        (date(2026, 10, 31), NOVEMBER, None),  # a fifth Saturday, of which November has four
        (date(2026, 11, 30), Month(2026, 12), None),
        (date(2026, 12, 1), Month(2027, 1), date(2027, 1, 5)),
    ],
)
def test_same_weekday_of_another_month(day, month, there):
    assert same_weekday(day, month) == there


def test_activity_planned_stands_once_in_its_month(cast):
    client = cast.client("rina")
    for _ in range(2):
        assert client.post("/activities/new/", ACTIVITY).url == "/activities/?month=2026-11"
    row = PlannedActivity.objects.get()
    assert (row.village, row.district_id, row.starts_at) == (cast.randu, "33.25", time(9, 30))
    assert shown(cast.seat("kades"), cast.randu) == {30: ["Rapat pengurus"]}


def test_month_shows_what_the_pillars_held_beside_the_plan(cast):
    OutreachSessionFactory(village=cast.randu, held_on=date(2026, 11, 5), topic="documents")
    OutreachSessionFactory(village=cast.bandung, held_on=date(2026, 11, 6))
    TrainingFactory(
        village=cast.randu, title="Menjahit", first_on=date(2026, 11, 9), last_on=date(2026, 11, 9)
    )
    PlannedActivityFactory(village=cast.randu, what="Rapat", planned_on=date(2026, 11, 24))
    PlannedActivityFactory(village=cast.bandung, what="Rahasia Bandung", planned_on=date(2026, 11, 24))
    found = shown(cast.seat("rina"), cast.randu)
    assert found == {5: [found[5][0]], 9: ["Menjahit"], 24: ["Rapat"]}
    page = cast.client("hendro").get("/activities/", {"month": "2026-11", "village": "33.25.14.2002"})
    assert "Rahasia Bandung" in page.content.decode()
    assert "Rahasia Bandung" not in cast.client("rina").get("/activities/").content.decode()


def test_session_written_down_for_a_plan_takes_its_place_in_the_calendar(cast):
    plan = PlannedActivityFactory(
        village=cast.randu,
        kind="session",
        planned_on=date(2026, 11, 20),
        place="Musala",
        what="Sosialisasi RT 3",
    )
    client, address = cast.client("rina"), f"/outreach/new/?planned={plan.pk}"
    form = client.get(address).context["form"]
    assert (form["held_on"].value(), form["place"].value()) == ("20-11-2026", "Musala")
    said = {"key": str(new_key()), "held_on": "21-11-2026", "place": "Musala", "topic": "finance"}
    client.post(address, said | {"women": "4", "men": "2"})
    plan.refresh_from_db()
    assert (plan.session, plan.held_on) == (OutreachSession.objects.get(), date(2026, 11, 21))
    assert list(shown(cast.seat("rina"), cast.randu)) == [21]
    assert "Sosialisasi RT 3" not in client.get("/activities/").content.decode()


def test_plan_held_without_a_record_of_its_own_stays_in_the_calendar(cast):
    plan = PlannedActivityFactory(village=cast.randu, planned_on=date(2026, 11, 10))
    cast.client("rina").post(reverse("pillars:activity-held", args=[plan.pk]), {"held_on": "11-11-2026"})
    assert shown(cast.seat("rina"), cast.randu) == {11: [plan.what]}


def test_what_was_held_is_not_dropped_and_what_was_dropped_is_not_held(cast):
    seat = cast.seat("rina")
    held, dropped = PlannedActivityFactory.create_batch(2, village=cast.randu, planned_on=date(2026, 11, 10))
    note_held(by=seat, activity=held, held_on=date(2026, 11, 10))
    drop_activity(by=seat, activity=dropped, why="Hujan")
    with pytest.raises(NotPermitted):
        drop_activity(by=seat, activity=held, why="Hujan")
    with pytest.raises(NotPermitted):
        note_held(by=seat, activity=dropped, held_on=date(2026, 11, 10))
    with pytest.raises(NotPermitted):
        note_held(by=seat, activity=PlannedActivityFactory(village=cast.randu), held_on=date(2026, 12, 1))
    assert Event.objects.get(name="activity.dropped").reason == "Hujan"


def test_plan_of_the_month_before_is_copied_once(cast):
    first = PlannedActivityFactory(village=cast.randu, what="Rapat", planned_on=date(2026, 10, 6))
    note_held(by=cast.seat("rina"), activity=first, held_on=date(2026, 10, 6))
    PlannedActivityFactory(village=cast.randu, planned_on=date(2026, 10, 13), dropped_why="Hujan")
    PlannedActivityFactory(village=cast.bandung, planned_on=date(2026, 10, 13))
    assert [copy_month(by=cast.seat("rina"), month=NOVEMBER) for _ in range(2)] == [1, 0]
    copy = PlannedActivity.objects.get(village=cast.randu, planned_on=date(2026, 11, 3))
    assert (copy.what, copy.is_open) == ("Rapat", True)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("starts_at", "25.00"),
        ("starts_at", "9.60"),
        ("starts_at", "pagi"),
        ("planned_on", "31-11-2026"),
        ("what", ""),
        ("what", "x" * 121),
        ("kind", "pesta"),
        ("pillar", "kelima"),
    ],
)
def test_form_refuses_what_cannot_be(cast, field, value):
    answer = cast.client("rina").post("/activities/new/", ACTIVITY | {field: value})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert PlannedActivity.objects.count() == 0


@pytest.mark.parametrize("month", ["2026-13", "nonsense", "", "9999-99"])
def test_month_that_does_not_exist_is_this_one(cast, month):
    assert cast.client("rina").get("/activities/", {"month": month}).context["month"] == NOVEMBER


@pytest.mark.parametrize("rows", [1, 3])
def test_month_costs_the_same_at_any_length(cast, django_assert_num_queries, rows):
    PlannedActivityFactory.create_batch(rows, village=cast.randu)
    OutreachSessionFactory.create_batch(rows, village=cast.randu)
    client = cast.client("rina")
    with django_assert_num_queries(9):
        client.get("/activities/")
