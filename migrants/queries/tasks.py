"""Reads about tasks. All come through the door, so those of restricted cases are left out for everybody but
their handlers and the district coordinator."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from migrants.access import visible_tasks
from migrants.models import Case, Task
from migrants.models.tasks import TaskQuerySet
from migrants.task_rules import RULES
from villages.access import Seat

_RELATED = ("person", "case__person", "village")


def tasks_due(seat: Seat, by_day: date) -> QuerySet[Task]:
    """Open tasks to be done on that day or before, the oldest first, with whom they are about."""
    return visible_tasks(seat).due_by(by_day).select_related(*_RELATED).order_by("due_on", "id")


def tasks_in_list(seat: Seat, *, over: bool = False) -> QuerySet[Task]:
    """Tasks the seat may see, open ones or those that are over, with whom they are about."""
    rows = visible_tasks(seat).select_related(*_RELATED)
    return rows.exclude(status="open") if over else rows.open()


def tasks_for_programs(seat: Seat) -> TaskQuerySet:
    """Tasks the seat may see, with whom they are about, but for those of rules that need a permission of
    their own: what they say of children stays with the pages."""
    kept = [rule.code for rule in RULES.values() if rule.needs is not None]
    return visible_tasks(seat).exclude(rule__in=kept).select_related(*_RELATED)


def tasks_of_case(seat: Seat, case: Case) -> QuerySet[Task]:
    """Open tasks of a case the seat may see, the oldest first."""
    return visible_tasks(seat).open().filter(case=case).select_related(*_RELATED).order_by("due_on", "id")
