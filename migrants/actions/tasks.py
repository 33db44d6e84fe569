"""Writes about tasks: a rule raises one, an officer adds, finishes or drops one."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.actions import record
from migrants import events
from migrants.case_states import IllegalStep
from migrants.deliveries import Delivery, deliver_once
from migrants.enums import TaskStatus
from migrants.models import Case, Migration, Person, Task
from migrants.rules import check_in_village, village_of
from migrants.task_rules import TaskRule
from villages.access import Seat


@transaction.atomic
def raise_task(
    *,
    rule: TaskRule,
    subject: UUID | str,
    due_on: date,
    occurrence: str = "",
    event_on: date | None = None,
    person: Person | None = None,
    migration: Migration | None = None,
    case: Case | None = None,
    village: str = "",
    about: str = "",
    about_key: UUID | None = None,
) -> Delivery[Task]:
    """A rule's task stands in the village of whom it is about; `made` False: it was raised before, whatever
    became of it.

    `subject` and `occurrence`: what the rule looked at, and which time of several (a day, a threshold).
    `event_on`: the day the rule speaks of. At least one of person, journey and case is needed, or else the
    code of a village; `about` and `about_key` then name the thing of an app above (`TaskRule.page`). Records
    `task.raised`, by nobody. Queries: 2, or 1 when it was raised before.
    """
    whole = case or migration
    whom = whole or person
    if whom is None and not village:
        raise ValueError("A task is about somebody or something.")
    task, made = Task.objects.get_or_create(
        rule=rule.code,
        subject=str(subject),
        occurrence=occurrence,
        defaults={
            "village_id": whom.village_id if whom else village,
            "person": person or (whole.person if whole else None),
            "migration": migration,
            "case": case,
            "due_on": due_on,
            "event_on": event_on,
            "about": about,
            "about_key": about_key,
        },
    )
    if made:
        _record(events.TASK_RAISED, None, task)
    return Delivery(task, made)


@transaction.atomic
def add_task(
    *,
    by: Seat,
    key: UUID,
    text: str,
    due_on: date,
    person: Person | None = None,
    case: Case | None = None,
) -> Delivery[Task]:
    """A task an officer wrote stands in the village; same key: the first one, and nothing is written.

    Raises NotPermitted, `IllegalStep` for a case that is over. Records `task.added` without the words.
    """
    village = village_of(by)
    for thing in (person, case):
        if thing is not None:
            check_in_village(by, thing)
    if case is not None and not case.is_open:
        raise IllegalStep(_("This case is over. Open it again before you add a task."))

    def make() -> Task:
        task = Task(pk=key, village=village, person=person, case=case, due_on=due_on, made_by=by.user)
        if person is None and case is not None:
            task.person = case.person
        task.text = text
        task.save(force_insert=True)
        _record(events.TASK_ADDED, by, task)
        return task

    return deliver_once(Task.objects.visible_to(by), key, make)


@transaction.atomic
def finish_task(*, by: Seat, task: Task) -> Task:
    """The task is done; a second call changes nothing.

    Raises NotPermitted, `IllegalStep` for a task that was dropped. Records `task.finished`.
    """
    task = _locked(by, task)
    if task.status == TaskStatus.DROPPED:
        raise IllegalStep(_("This task was dropped already."))
    return task if task.status == TaskStatus.DONE else _end(by, task, TaskStatus.DONE)


@transaction.atomic
def drop_task(*, by: Seat, task: Task, why: str) -> Task:
    """The task is not needed, and why; a second call changes nothing.

    Raises NotPermitted, `IllegalStep` for a task that is done. Records `task.dropped` without the words.
    """
    task = _locked(by, task)
    if task.status == TaskStatus.DONE:
        raise IllegalStep(_("This task is done already."))
    return task if task.status == TaskStatus.DROPPED else _end(by, task, TaskStatus.DROPPED, why)


def drop_tasks_of(case: Case, *, by: Seat) -> None:
    """Nothing is left to do on a case that is over. Inside a transaction that holds its row."""
    for task in Task.objects.select_for_update(of=("self",)).open().filter(case=case).order_by("pk"):
        _end(by, task, TaskStatus.DROPPED, _("The case is over."))


def finish_raised(rule: TaskRule, subject: UUID | str, *, by: Seat) -> None:
    """What this rule asked for is done, if its task is still open. Inside a transaction."""
    rows = Task.objects.select_for_update(of=("self",)).open()
    for task in rows.filter(rule=rule.code, subject=str(subject)):
        _end(by, task, TaskStatus.DONE)


def _locked(by: Seat, task: Task) -> Task:
    check_in_village(by, task)
    row: Task = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
    return row


def _end(by: Seat, task: Task, status: TaskStatus, why: str = "") -> Task:
    task.status, task.ended_at, task.ended_by = status, timezone.now(), by.user
    task.why = why
    task.save(update_fields=["status", "ended_at", "ended_by", "why_sealed"])
    _record(events.TASK_FINISHED if status == TaskStatus.DONE else events.TASK_DROPPED, by, task)
    return task


def _record(event: str, by: Seat | None, task: Task) -> None:
    """The log says which task by its day alone: its words may tell of a case."""
    record(event, by=by, subject=task, subject_label=f"{task.due_on:%d-%m-%Y}", village=task.village_id)
