"""Working days: Monday to Friday, without public and collective holidays.

The holidays are data (`data/holidays.csv`): date, kind (`national`: libur nasional, `collective`: cuti
bersama), name, and the joint decree of three ministers (SKB) that set it. A decree comes each year in autumn
and may be changed within the year. For a year without data only the weekends are left out, and
`years_without_holidays` says so to whoever shows the number: it is never taken for a year without holidays.
"""

from __future__ import annotations

import csv
from datetime import date, timedelta
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data" / "holidays.csv"
SATURDAY = 5
DECREE_MONTH = 10  # the decree of a year is signed in September or October before it


@cache
def holidays() -> dict[date, str]:
    """Every public and collective holiday we have a decree for, with its Indonesian name."""
    with DATA.open(encoding="utf-8", newline="") as file:
        return {date.fromisoformat(line["date"]): line["name"] for line in csv.DictReader(file)}


@cache
def years_known() -> frozenset[int]:
    """The years whose holidays we know."""
    return frozenset(day.year for day in holidays())


def years_without_holidays(first: date, last: date) -> tuple[int, ...]:
    """The years from the first to the last day of which no holiday is known."""
    return tuple(year for year in range(first.year, last.year + 1) if year not in years_known())


def years_to_load(today: date) -> tuple[int, ...]:
    """The years whose holidays somebody has to load now: this one, and from October on, when its decree is
    out, the next one; empty when both are there.
    """
    years = [today.year] + [today.year + 1] * (today.month >= DECREE_MONTH)
    return tuple(year for year in years if year not in years_known())


def is_working_day(day: date) -> bool:
    """Whether offices work on that day; in a year without data every Monday to Friday."""
    return day.weekday() < SATURDAY and day not in holidays()


def working_days_between(first: date, last: date) -> int:
    """Working days after the first day, up to and with the last; 0 when the last is not later."""
    days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    return sum(1 for day in days if is_working_day(day))


def add_working_days(day: date, count: int) -> date:
    """The day that lies so many working days after (below zero: before) that day; the day itself for 0."""
    step = timedelta(days=1 if count > 0 else -1)
    while count:
        day += step
        if is_working_day(day):
            count -= step.days
    return day
