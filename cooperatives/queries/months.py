"""Reads about closed months and those that wait to be closed."""

from __future__ import annotations

from dataclasses import dataclass

from cooperatives.models import ClosedMonth, FinanceBody, JournalEntry, TrialCheck
from cooperatives.month_rules import open_months
from periods import Month


@dataclass(frozen=True, slots=True)
class MonthWaiting:
    """A month that may be closed. `trial`: who checked its trial balance as it stands; None: nobody yet."""

    month: Month
    trial: TrialCheck | None


def months_waiting(body: FinanceBody) -> list[MonthWaiting]:
    """The months that are over and open, the oldest first. Four queries however many months."""
    checks: dict[Month, TrialCheck] = {}
    for trial in (
        TrialCheck.objects.filter(body=body).select_related("checked_by").order_by("checked_at", "pk")
    ):
        checks[Month(trial.month.year, trial.month.month)] = trial
    months = list(open_months(body))
    days = list(JournalEntry.objects.filter(body=body).values_list("day", flat=True)) if checks else []
    waiting = []
    for month in months:
        check = checks.get(month)
        stands = check is not None and check.entries == sum(day <= month.last_day for day in days)
        waiting.append(MonthWaiting(month, check if stands else None))
    return waiting


def standing_check(body: FinanceBody, month: Month) -> TrialCheck | None:
    """The latest check of the month's trial balance, when no entry came since; else None. Two queries."""
    checks = TrialCheck.objects.filter(body=body, month=month.first_day).select_related("checked_by")
    latest = checks.order_by("-checked_at", "-pk").first()
    return latest if latest is not None and latest.entries == entries_until(body, month) else None


def entries_until(body: FinanceBody, month: Month) -> int:
    """How many entries the books have up to the end of a month."""
    return JournalEntry.objects.filter(body=body, day__lte=month.last_day).count()


def closed_months(body: FinanceBody) -> list[ClosedMonth]:
    """The closed months, the latest first, with the two people of each. One query."""
    rows = ClosedMonth.objects.filter(body=body).select_related("checked_by", "counted_by")
    return list(rows.order_by("-month"))
