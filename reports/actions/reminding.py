"""Returns are opened when their month is over, and officers are reminded before and after the last day."""

from __future__ import annotations

from datetime import date, timedelta

from migrants.actions.expiring import DAYS_TO_ACT
from migrants.actions.tasks import raise_task
from migrants.task_rules import TaskRule
from periods.month import Month
from reports.actions.returns import open_return
from reports.queries.returns import returns_to_remind, villages_without_row
from reports.return_forms import form_of
from reports.task_rules import RETURN_DUE, RETURN_LATE
from villages.models import MonthlyReturn


def watch_returns(*, today: date) -> int:
    """Every village in the programme has a return of the month that ended, and the tasks that are due: one
    before the last day, one after it, each once for ever. Returns how many tasks were raised.

    Records `monthly_return.opened` and `task.raised`, by nobody.
    """
    month = Month.current(today).previous()
    for village in villages_without_row(month):
        open_return(by=None, village=village, month=month)
    raised = 0
    for row in returns_to_remind(month):
        if row.due_on < today:
            raised += _remind(RETURN_LATE, row, today + timedelta(days=DAYS_TO_ACT))
        elif form_of(month).remind_on(month) <= today:
            raised += _remind(RETURN_DUE, row, row.due_on)
    return raised


def _remind(rule: TaskRule, row: MonthlyReturn, due_on: date) -> bool:
    return raise_task(
        rule=rule,
        subject=row.pk,
        due_on=due_on,
        event_on=row.due_on,
        village=row.village_id,
        about=f"{row.month:%m-%Y}",
        about_key=row.pk,
    ).made
