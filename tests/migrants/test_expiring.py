from datetime import date, timedelta

import pytest

from migrants.actions.expiring import watch_endings
from migrants.actions.tasks import finish_task
from migrants.models import Task
from migrants.tasks import watch_endings as job
from tests.conftest import TODAY
from tests.factories import DocumentFactory, MigrationFactory, PersonFactory


def abroad(cast, **facts):
    passport = facts.pop("passport", None)
    person = PersonFactory(village=cast.randu, passport_expires_on=passport)
    facts = {"status": "abroad", "departed_on": date(2024, 1, 1)} | facts
    return MigrationFactory(person=person, **facts)


def raised():
    rows = Task.objects.order_by("made_at", "pk").values_list("rule", "occurrence", "event_on", "due_on")
    return list(rows)


@pytest.mark.parametrize(
    ("left", "step"), [(91, None), (90, 90), (61, 90), (60, 60), (30, 30), (0, 30), (-1, None)]
)
def test_contract_end_becomes_a_task_of_its_step(cast, left, step):
    ends = TODAY + timedelta(days=left)
    abroad(cast, contract_ends_on=ends)
    watch_endings(today=TODAY)
    due = min(ends, date(2026, 12, 7))
    assert raised() == ([("contract_ends", f"{ends}:{step}", ends, due)] if step else [])


@pytest.mark.parametrize(
    ("kind", "rule"),
    [
        ("work_visa", "visa_ends"),
        ("social_security", "insurance_ends"),
        ("stay_permit", "stay_permit_ends"),
    ],
)
def test_paper_that_ends_becomes_a_task(cast, kind, rule):
    DocumentFactory(migration=abroad(cast), kind=kind, expires_on=date(2026, 12, 23))
    watch_endings(today=TODAY)
    assert [task.rule for task in Task.objects.all()] == [rule]


@pytest.mark.parametrize("status", ["prospective", "abroad"])
def test_passport_becomes_a_task_of_its_person(cast, status):
    journey = abroad(cast, passport=date(2026, 12, 23), status=status)
    watch_endings(today=TODAY)
    task = Task.objects.get()
    assert (task.rule, task.person, task.migration) == ("passport_ends", journey.person, journey)


def test_ended_journey_is_left_alone(cast):
    ended = abroad(
        cast,
        status="returned",
        returned_on=date(2026, 1, 1),
        passport=date(2026, 12, 23),
        contract_ends_on=date(2026, 12, 23),
    )
    DocumentFactory(migration=ended, kind="work_visa", expires_on=date(2026, 12, 23))
    assert watch_endings(today=TODAY) == 0


def test_nobody_gets_the_same_task_twice(cast):
    abroad(cast, contract_ends_on=TODAY + timedelta(days=80))
    assert [watch_endings(today=TODAY) for _turn in range(3)] == [1, 0, 0]
    later = TODAY + timedelta(days=25)  # 55 days left, and the first task is not done
    assert watch_endings(today=later) == 0
    finish_task(by=cast.seat("rina"), task=Task.objects.get())
    assert [watch_endings(today=TODAY), watch_endings(today=later), watch_endings(today=later)] == [0, 1, 0]
    assert Task.objects.count() == 2


def test_renewed_paper_is_warned_of_anew(cast):
    journey = abroad(cast, contract_ends_on=TODAY + timedelta(days=20))
    watch_endings(today=TODAY)
    journey.contract_ends_on = TODAY + timedelta(days=400)
    journey.save()
    assert watch_endings(today=TODAY + timedelta(days=380)) == 1


def test_job_looks_today_and_the_officer_sees_the_task(cast):
    abroad(cast, contract_ends_on=TODAY + timedelta(days=20))
    job()
    page = cast.client("rina").get("/tasks/").content.decode()
    assert "Kontrak segera berakhir: tanyakan perpanjangan atau kepulangan" in page
