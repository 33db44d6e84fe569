"""The two periods a figure can be asked for: a calendar month and a calendar year.

Both run from their first to their last day inclusive, in the calendar of the place they are counted for.
They are values: frozen, comparable, sortable, and safe as keys. `slug` is what stands in an address.
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Self

from django.utils.dates import MONTHS

FIRST_YEAR = 1900
LAST_YEAR = 2199

_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})", re.ASCII)
_YEAR = re.compile(r"[0-9]{4}", re.ASCII)


class PeriodRefused(ValueError):
    """The text or the numbers name no month or year between 1900 and 2199."""


@dataclass(frozen=True, order=True, slots=True)
class Year:
    """One calendar year."""

    year: int

    def __post_init__(self) -> None:
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise PeriodRefused(f"{self.year} is not a year between {FIRST_YEAR} and {LAST_YEAR}.")

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read "2026". Raises `PeriodRefused` for anything else."""
        if not _YEAR.fullmatch(text[:5]):
            raise PeriodRefused("A year is written with four digits, like 2026.")
        return cls(int(text))

    @classmethod
    def current(cls, today: date) -> Self:
        return cls(today.year)

    @property
    def first_day(self) -> date:
        return date(self.year, 1, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, 12, 31)

    def contains(self, day: date) -> bool:
        return day.year == self.year

    def next(self) -> "Year":
        return Year(self.year + 1)

    def previous(self) -> "Year":
        return Year(self.year - 1)

    def months(self) -> Iterator["Month"]:
        """January to December."""
        for month in range(1, 13):
            yield Month(self.year, month)

    @property
    def slug(self) -> str:
        return f"{self.year:04d}"

    @property
    def label(self) -> str:
        return self.slug

    def __str__(self) -> str:
        return self.slug


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """One calendar month."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not FIRST_YEAR <= self.year <= LAST_YEAR or not 1 <= self.month <= 12:
            raise PeriodRefused(
                f"{self.year}-{self.month} is not a month between {FIRST_YEAR} and {LAST_YEAR}."
            )

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read "2026-11". Raises `PeriodRefused` for anything else."""
        match = _MONTH.fullmatch(text[:8])
        if match is None:
            raise PeriodRefused("A month is written as year and month, like 2026-11.")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def current(cls, today: date) -> Self:
        return cls(today.year, today.month)

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    def contains(self, day: date) -> bool:
        return (day.year, day.month) == (self.year, self.month)

    def next(self) -> "Month":
        return Month(self.year + 1, 1) if self.month == 12 else Month(self.year, self.month + 1)

    def previous(self) -> "Month":
        return Month(self.year - 1, 12) if self.month == 1 else Month(self.year, self.month - 1)

    @property
    def slug(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def label(self) -> str:
        """The month in the reader's language: "November 2026", "Mei 2026"."""
        return f"{MONTHS[self.month]} {self.year}"

    def __str__(self) -> str:
        return self.slug
