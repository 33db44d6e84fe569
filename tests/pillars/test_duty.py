from datetime import date

import pytest
from django.urls import reverse

from accounts.rules import NotPermitted
from audit.models import Event
from periods.month import Month
from pillars.actions.duty import confirm_duty, plan_week, say_duty
from pillars.duty_rules import proposed_kind
from pillars.models import DutyDay, DutyPlan, ServiceCentre, SessionOfficer
from pillars.queries.duty import days_by_kind, duty_month, proposals
from tests.conftest import TODAY
from tests.factories import DutyDayFactory, OutreachSessionFactory, ServiceCentreFactory, ServiceVisitFactory

NOVEMBER = Month(2026, 11)
CENTRE = {
    "key": "0193576c-8d1e-7c52-9a40-5f0c2f5be6c1",
    "place": "Balai desa",
    "opening_hours": "Senin sampai Jumat, 08.00",
    "internet": "weak",
}


@pytest.mark.parametrize(
    ("visits", "home", "sessions", "kind"),
    [
        (3, 0, 0, "desk"),
        (3, 1, 0, "desk"),
        (2, 1, 0, "desk"),
        (3, 2, 0, "field"),
        (1, 1, 0, "field"),
        (5, 0, 1, "field"),
    ],
)
def test_log_of_a_day_proposes(visits, home, sessions, kind):
    assert proposed_kind(visits, home, sessions) == kind


def test_visits_and_sessions_propose_and_one_tap_confirms_all(cast):
    rina, teguh = cast.user("rina"), cast.user("teguh")
    ServiceVisitFactory(village=cast.randu, logged_by=rina, visited_on=date(2026, 11, 3))
    ServiceVisitFactory(
        village=cast.randu, logged_by=rina, visited_on=date(2026, 11, 4), channel="home_visit"
    )
    ServiceVisitFactory(village=cast.randu, logged_by=rina, visited_on=date(2026, 10, 30))
    session = OutreachSessionFactory(village=cast.randu, held_on=date(2026, 11, 5))
    for officer in (rina, teguh):
        SessionOfficer.objects.create(session=session, officer=officer)
    assert proposals("33.25.14.2004", [rina.pk, teguh.pk], date(2026, 11, 1), TODAY) == {
        (rina.pk, date(2026, 11, 3)): "desk",
        (rina.pk, date(2026, 11, 4)): "field",
        (rina.pk, date(2026, 11, 5)): "field",
        (teguh.pk, date(2026, 11, 5)): "field",
    }
    say_duty(by=cast.seat("rina"), day=date(2026, 11, 4), kind="sick")
    client = cast.client("rina")
    for _ in range(2):
        assert client.post("/duty/confirm/?month=2026-11").url == "/duty/?month=2026-11"
    counted = {(row.officer, row.kind): row.days for row in days_by_kind(["33.25.14.2004"], NOVEMBER)}
    assert counted == {(rina.pk, "desk"): 1, (rina.pk, "field"): 1, (rina.pk, "sick"): 1}
    assert Event.objects.filter(name="duty.confirmed").count() == 1


def test_withdrawn_visit_proposes_nothing(cast):
    rina = cast.user("rina")
    ServiceVisitFactory(
        village=cast.randu,
        logged_by=rina,
        visited_on=TODAY,
        withdrawn_at="2026-11-23T01:00:00Z",
        withdrawn_by=rina,
    )
    assert confirm_duty(by=cast.seat("rina"), month=NOVEMBER) == 0


def test_days_by_kind_asks_once_for_any_number_of_villages(cast, django_assert_num_queries):
    DutyDayFactory(village=cast.randu, officer=cast.user("rina"))
    DutyDayFactory(village=cast.bandung, officer=cast.user("sari"), kind="leave")
    with django_assert_num_queries(1):
        found = days_by_kind(["33.25.14.2004", "33.25.14.2002"], NOVEMBER)
    assert [(row.village, row.kind, row.days) for row in found] == [
        ("33.25.14.2002", "leave", 1),
        ("33.25.14.2004", "desk", 1),
    ]


def test_what_was_said_of_a_day_may_be_said_otherwise_and_the_log_keeps_both(cast):
    seat = cast.seat("rina")
    for kind in ("desk", "desk", "sick"):
        say_duty(by=seat, day=TODAY, kind=kind)
    assert DutyDay.objects.get().kind == "sick"
    said = Event.objects.filter(name="duty.said").order_by("id")
    assert [event.changes["kind"] for event in said] == [[None, "desk"], ["desk", "sick"]]


@pytest.mark.parametrize(
    ("kind", "allowed"), [("leave", True), ("trip", True), ("desk", False), ("sick", False)]
)
def test_only_leave_and_trips_are_known_beforehand(cast, kind, allowed):
    answer = cast.client("rina").post("/duty/2026-12-01/", {"kind": kind})
    assert (answer.status_code, DutyDay.objects.exists()) == ((302, True) if allowed else (422, False))


def test_officer_says_nothing_of_days_outside_the_term(cast):
    with pytest.raises(NotPermitted):
        say_duty(by=cast.seat("rina"), day=date(2019, 1, 2), kind="desk")


@pytest.mark.parametrize("day", ["2026-02-30", "nonsense", "2026-13-01", "9" * 40])
def test_day_that_does_not_exist_is_absent(cast, day):
    assert cast.client("rina").get(f"/duty/{day}/").status_code == 404


def test_month_shows_what_was_said_proposed_and_planned(cast):
    rina = cast.user("rina")
    DutyDayFactory(village=cast.randu, officer=rina, day=date(2026, 11, 2), kind="trip")
    ServiceVisitFactory(village=cast.randu, logged_by=rina, visited_on=date(2026, 11, 3))
    plan_week(by=cast.seat("rina"), plan={(rina, 1): "field"})
    line = next(line for line in duty_month(cast.randu, NOVEMBER, TODAY) if line.officer == rina)
    shown = {cell.day.day: cell for cell in line.cells}
    assert (shown[2].kind, shown[3].kind, shown[3].proposed) == ("trip", None, "desk")
    assert (shown[17].planned, shown[24].planned) == ("", "field")  # Tuesdays; the first is over
    assert (line.open, dict(line.counts)["trip"]) == (1, 1)


@pytest.mark.parametrize("rows", [1, 3])
def test_month_costs_the_same_at_any_length(cast, django_assert_num_queries, rows):
    for day in range(1, rows + 1):
        DutyDayFactory(village=cast.randu, officer=cast.user("rina"), day=date(2026, 11, day))
    client = cast.client("kades")
    with django_assert_num_queries(8):
        client.get("/duty/")


def test_district_reads_the_record_of_its_villages_alone(cast):
    DutyDayFactory(village=cast.bandung, officer=cast.user("sari"), kind="sick")
    page = cast.client("hendro").get("/duty/", {"village": "33.25.14.2002"})
    assert [line.officer for line, _weeks, _own in page.context["lines"]] == [cast.user("sari")]
    assert cast.client("hendro").get("/duty/", {"village": "32.12.16.2004"}).status_code == 404
    assert cast.client("rina").get("/duty/", {"village": "33.25.14.2002"}).context["village"] == cast.randu


# --- the centre and its week ------------------------------------------------------------------------------


def test_centre_is_described_once_a_village_and_changed_afterwards(cast):
    client = cast.client("rina")
    client.post("/service-centres/edit/", CENTRE | {"total_computer": "2", "usable_computer": "1"})
    client.post("/service-centres/edit/", CENTRE | {"key": "", "place": "Kantor desa", "total_printer": "1"})
    centre = ServiceCentre.objects.get()
    things = {row.kind: (row.total, row.usable) for row in centre.equipment.all()}
    assert (centre.place, centre.district_id, things) == ("Kantor desa", "33.25", {"printer": (1, 1)})
    event = Event.objects.filter(name="service_centre.described").latest("id")
    assert event.changes == {
        "place": ["Balai desa", "Kantor desa"],
        "equipment": ["computer 1/2", "printer 1/1"],
    }


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"usable_printer": "2", "total_printer": "1"}, "usable_printer"),
        ({"total_desk": "-1"}, "total_desk"),
        ({"internet": "5G"}, "internet"),
        ({"phone": "12"}, "phone"),
        ({"opened_on": "30-02-2020"}, "opened_on"),
        ({"place": "x" * 121}, "place"),
    ],
)
def test_centre_refuses_what_cannot_be(cast, said, wrong):
    answer = cast.client("rina").post("/service-centres/edit/", CENTRE | said)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [wrong])
    assert ServiceCentre.objects.count() == 0


def test_week_plan_holds_a_line_for_each_officer_and_weekday(cast):
    said = {
        f"officer{n}_{day}": "field" if n == 2 and day == 1 else "desk" for n in (1, 2) for day in range(7)
    }
    client = cast.client("rina")
    client.post("/duty/plan/", said)
    client.post("/duty/plan/", said)
    assert DutyPlan.objects.count() == 14
    assert DutyPlan.objects.get(kind="field").officer == cast.user("teguh")
    assert Event.objects.filter(name="duty.planned").count() == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_centre_page_costs_the_same_at_any_length(cast, django_assert_num_queries, rows):
    centre = ServiceCentreFactory(village=cast.randu)
    for kind in ("desk", "printer", "phone")[:rows]:
        centre.equipment.create(kind=kind, total=2, usable=1)
    client = cast.client("hendro")
    with django_assert_num_queries(7):
        client.get(reverse("pillars:service-detail", args=[centre.pk]))
    with django_assert_num_queries(4):
        client.get("/service-centres/")
