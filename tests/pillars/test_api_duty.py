"""An officer's own duty for programs."""

from audit.models import Event
from pillars.models import DutyDay
from tests.factories import DutyDayFactory, DutyReportFactory, OutreachSessionFactory
from tests.migrants.calling import API, get, send


def test_days_are_said_and_confirmed_and_the_report_is_counted_from_the_log(cast):
    rina = cast.client("rina")
    session = OutreachSessionFactory(village=cast.randu, held_on="2026-10-14")
    session.officers.create(officer=cast.user("rina"))
    DutyDayFactory(village=cast.randu, officer=cast.user("teguh"))
    assert send(rina, "duty-reports/", {"month": "2026-10"})[0] == 409  # no day is confirmed
    assert send(rina, "duty-days/2026-10-13/", {"kind": "sick"}) == (
        200,
        {"village": cast.randu.code, "day": "2026-10-13", "kind": "sick", "from_log": False},
    )
    assert send(rina, "duty-days/2026-10-13/", {"kind": "leave"})[1]["kind"] == "leave"
    assert send(rina, "duty-days/2026-13-13/", {"kind": "leave"})[0] == 404
    assert send(rina, "duty-days/2026-10-13/", {"kind": "asleep"})[0] == 400
    assert send(rina, "duty-days/confirmed/", {"month": "2026-10"}) == (
        200,
        {"month": "2026-10", "days": 1},
    )
    assert send(rina, "duty-days/confirmed/", {"month": "2026-10"})[1]["days"] == 0
    days = get(rina, "duty-days/")["duty-days"]
    assert [(day["day"], day["from_log"]) for day in days] == [("2026-10-14", True), ("2026-10-13", False)]
    status, report = send(rina, "duty-reports/", {"month": "2026-10"})
    assert (status, report["officer"], report["month"], report["version"]) == (
        200,
        cast.user("rina").full_name,
        "2026-10",
        1,
    )
    assert (report["counts"]["sessions"], report["counts"]["days"]["leave"]) == (1, 1)
    assert send(rina, "duty-reports/", {"month": "2026-10"}) == (200, report)
    assert send(rina, "duty-reports/", {"month": "2026-11"})[0] == 409  # the month runs
    assert get(cast.client("hendro"), f"duty-reports/{report['id']}/") == report
    assert DutyDay.objects.count() == 3
    assert list(Event.objects.order_by("id").values_list("name", flat=True)) == [
        "duty.said",
        "duty.said",
        "duty.confirmed",
        "duty_report.made",
    ]


def test_report_of_another_village_is_absent(cast):
    theirs = DutyReportFactory(assignment=cast.user("dewi").assignments.get())
    assert cast.client("rina").get(f"{API}duty-reports/{theirs.pk}/").status_code == 404
    assert get(cast.client("rina"), "duty-reports/") == {"duty-reports": [], "after": ""}


def test_service_centre_is_described_and_keeps_what_is_left_out(cast):
    rina = cast.client("rina")
    assert send(rina, "service-centres/", {"place": "Balai desa"})[0] == 400  # hours and internet are asked
    body = {"place": "Balai desa", "opening_hours": "08.00 sampai 15.00", "internet": "none"}
    status, told = send(rina, "service-centres/", {**body, "total_computer": 2, "usable_computer": 1})
    assert status == 200, told
    assert told["equipment"] == [{"kind": "computer", "total": 2, "usable": 1}]
    status, changed = send(rina, "service-centres/", {"phone": "0810-0000-1234"})
    assert (status, changed) == (200, told | {"phone": "+6281000001234"})
    assert get(cast.client("hendro"), "service-centres/") == {"service-centres": [changed], "after": ""}
    assert cast.client("dewi").get(f"{API}service-centres/{told['id']}/").status_code == 404
