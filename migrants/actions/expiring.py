"""The radar: what ends soon becomes a task of the village, once."""

from __future__ import annotations

from datetime import date, timedelta

from migrants.actions.tasks import raise_task
from migrants.queries.expiring import endings, still_open

DAYS_TO_ACT = 14


def watch_endings(*, today: date) -> int:
    """Every passport, visa, contract, insurance and permit that ends within 90, 60 or 30 days has its task.

    Whoever still has the task of an earlier step keeps that one; a task that was finished comes again at the
    next step, never at the same. Returns how many were raised. Records `task.raised` for each.
    """
    waiting = still_open()
    raised = 0
    for ending in endings(today):
        if (ending.rule.code, str(ending.subject), ending.ends_on) in waiting:
            continue
        delivery = raise_task(
            rule=ending.rule,
            subject=ending.subject,
            occurrence=ending.occurrence(today),
            due_on=min(ending.ends_on, today + timedelta(days=DAYS_TO_ACT)),
            event_on=ending.ends_on,
            migration=ending.journey,
        )
        raised += delivery.made
    return raised
