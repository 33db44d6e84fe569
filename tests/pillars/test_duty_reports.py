"""Duty reports: made from the log, countersigned, frozen; stipends follow from countersigned ones alone."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from audit.models import Event
from migrants.case_states import IllegalStep
from periods.month import Month
from pillars.duty_report_states import MOVES, Way, check_can_report, moved
from pillars.enums import DutyReportStatus
from pillars.models import DutyReport, SessionOfficer
from pillars.queries.duty_reports import duty_counts, months_of_term, stipend_lines, stipends
from tests import factories as make
from tests.conftest import TODAY

OCTOBER = Month(2026, 10)


@pytest.mark.parametrize("status", ["", *DutyReportStatus.values])
@pytest.mark.parametrize("way", Way)
def test_only_steps_of_the_table_are_made(status, way):
    try:
        found = moved(status, way)
    except IllegalStep:
        found = None
    assert found == MOVES.get((status, way))


@pytest.mark.parametrize(
    ("month", "days", "says"),
    [
        (Month(2026, 11), 9, "This month is not over. Make the report from 1 December 2026 on."),
        (OCTOBER, 0, "Confirm your duty days of this month first."),
    ],
)
def test_refusal_says_what_is_missing(english, month, days, says):
    with pytest.raises(IllegalStep) as refused:
        check_can_report(month, today=TODAY, days_said=days)
    assert refused.value.sentence == says


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (date(2024, 1, 1), date(2026, 12, 31), 36),
        (date(2024, 1, 15), date(2027, 1, 14), 36),
        (date(2024, 1, 15), date(2024, 1, 31), 1),
        (date(2024, 1, 15), date(2024, 2, 20), 2),
    ],
)
def test_months_of_a_term(first, last, months):
    assert months_of_term(first, last) == months


def log_october(cast):
    """Two visits (one at a home), a session, a task and a day of rina; one visit of another month."""
    rina = cast.user("rina")
    for day, channel in (
        (date(2026, 10, 1), "walk_in"),
        (date(2026, 10, 31), "home_visit"),
        (TODAY, "phone"),
    ):
        make.ServiceVisitFactory(village=cast.randu, logged_by=rina, visited_on=day, channel=channel)
    session = make.OutreachSessionFactory(village=cast.randu, held_on=date(2026, 10, 7))
    SessionOfficer.objects.create(session=session, officer=rina)
    ended = {"status": "done", "ended_by": rina, "made_by": rina}
    make.TaskFactory(village=cast.randu, ended_at=datetime(2026, 9, 30, 18, tzinfo=UTC), **ended)  # 01.00 WIB
    make.TaskFactory(village=cast.randu, ended_at=datetime(2026, 10, 31, 18, tzinfo=UTC), **ended)
    make.DutyDayFactory(village=cast.randu, officer=rina, day=date(2026, 10, 1))


def test_counts_come_from_the_log_of_the_month(cast):
    log_october(cast)
    assert duty_counts(cast.user("rina"), cast.randu, OCTOBER) == {
        "services": 2,
        "home_visits": 1,
        "sessions": 1,
        "tasks": 1,
        "days": {"desk": 1, "field": 0, "trip": 0, "leave": 0, "sick": 0},
    }


def test_story_of_a_stipend(cast):
    rina, hendro = cast.client("rina"), cast.client("hendro")
    make_it, wages = reverse("pillars:duty-report-make"), reverse("reports:stipend-list") + "?month=2026-10"
    assert rina.post(make_it, {"month": "2026-10"}).status_code == 409
    log_october(cast)
    for _turn in range(2):
        assert rina.post(make_it, {"month": "2026-10"}).status_code == 302
    report = DutyReport.objects.get()
    make.DutyReportFactory(
        assignment=report.assignment,
        month=date(2026, 9, 1),
        signed=True,
        countersigned_by=cast.user("hendro"),
    )
    make.DutyReportFactory(assignment=cast.user("teguh").assignments.get())
    assert "Rp1.900.000" not in hendro.get(wages).content.decode()
    make.ServiceVisitFactory(village=cast.randu, logged_by=cast.user("rina"), visited_on=date(2026, 10, 9))
    rina.post(make_it, {"month": "2026-10"})
    sign = reverse("pillars:duty-report-countersign", args=[report.pk])
    assert hendro.post(sign, {"version": "1"}).status_code == 409
    for _turn in range(2):
        assert hendro.post(sign, {"version": "2"}).status_code == 302
    assert rina.post(make_it, {"month": "2026-10"}).status_code == 409
    report.refresh_from_db()
    assert (report.counts["services"], report.stipend_rupiah) == (3, 1_900_000)
    assert [(line.report.pk, line.paid, line.term) for line in stipend_lines(stipends(OCTOBER))] == [
        (report.pk, 2, months_of_term(report.assignment.starts_on, report.assignment.ends_on))
    ]
    own = rina.get(reverse("pillars:duty-report-detail", args=[report.pk])).content.decode()
    theirs = hendro.get(wages).content.decode()
    said = f"2 dari {months_of_term(report.assignment.starts_on, report.assignment.ends_on)}"
    assert [(said in page, "Rp1.900.000" in page) for page in (own, theirs)] == [(True, True)] * 2
    file = b"".join(hendro.get(reverse("reports:stipends-csv") + "?month=2026-10").streaming_content).decode()
    assert (file.count("\r\n"), ",1900000,2," in file) == (2, True)
    assert Event.objects.filter(name="duty_report.countersigned").count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        DutyReport.objects.filter(pk=report.pk).update(stipend_rupiah=0)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("name", "page", "queries"),
    [("rina", "pillars:duty-report-list", 5), ("hendro", "reports:stipend-list", 5)],
)
def test_number_of_queries_does_not_grow(cast, django_assert_num_queries, name, page, queries, rows):
    for turn in range(rows):
        village = cast.randu if turn == 0 else make.VillageFactory(code=f"33.25.14.20{turn + 10}")
        officer = (
            cast.user("rina").assignments.get()
            if turn == 0
            else make.OfficerAssignmentFactory(village=village)
        )
        make.DutyReportFactory(assignment=officer, signed=True)
    client, address = cast.client(name), reverse(page)
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200
