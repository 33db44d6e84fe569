"""Reads about businesses: the list, one with its history, papers and months, what is still to be asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from statistics import median_low

from django.db.models import Exists, OuterRef, QuerySet

from periods.month import Month
from pillars.access import visible_businesses
from pillars.enums import BusinessStatus
from pillars.models import Business, BusinessGroup, BusinessPermit, BusinessStep, Turnover
from villages.access import Seat

MONTHS_SHOWN = 12


def businesses_in_list(seat: Seat, *, status: str = "", sector: str = "") -> QuerySet[Business]:
    """Businesses the seat may see, with village, group and owner, narrowed by what is given. `status` "open":
    all that are not closed."""
    rows = visible_businesses(seat).select_related("village", "group", "owner")
    if status == "open":
        rows = rows.exclude(status=BusinessStatus.CLOSED)
    elif status:
        rows = rows.filter(status=status)
    return rows.filter(sector=sector) if sector else rows


def businesses_of(group: BusinessGroup) -> QuerySet[Business]:
    """The businesses of a group, the newest first."""
    return group.businesses.order_by("-started_on", "-id")


def steps_of(business: Business) -> QuerySet[BusinessStep]:
    """The history of a business, the newest first, with who wrote it."""
    return business.steps.select_related("logged_by").order_by("-happened_on", "-logged_at", "-id")


def permits_of(business: Business) -> QuerySet[BusinessPermit]:
    """The papers of a business, by kind, the newest first."""
    return business.permits.order_by("kind", "-issued_on", "id")


@dataclass(frozen=True)
class MonthLine:
    """A month of a business. `told` None: nobody asked yet."""

    month: Month
    told: Turnover | None


@dataclass(frozen=True)
class YearOfMonths:
    """Twelve months of a business, the newest first, and what they say together."""

    lines: list[MonthLine]

    @property
    def known(self) -> list[int]:
        """The turnovers that are known, oldest first."""
        return [n for n in self.drawn if n is not None]

    @property
    def drawn(self) -> list[int | None]:
        """The turnover of each month, oldest first; None where it is not known."""
        return [line.told.turnover if line.told else None for line in reversed(self.lines)]

    @property
    def median(self) -> int | None:
        """The median of the months that are known, of two in the middle the lower; None when none is. A
        month that is not known counts as nothing, not as zero."""
        return median_low(self.known) if self.known else None


def months_of(business: Business, today: date) -> YearOfMonths:
    """The last twelve months that are over and in which the business ran. Queries: 1."""
    found: list[Month] = []
    month = Month.current(today).previous()
    if business.closed_on:
        month = min(month, Month.current(business.closed_on))
    while len(found) < MONTHS_SHOWN and month.last_day >= business.started_on:
        found.append(month)
        month = month.previous()
    told = {
        row.first_day: row for row in business.turnovers.filter(first_day__in=[m.first_day for m in found])
    }
    return YearOfMonths([MonthLine(month, told.get(month.first_day)) for month in found])


def not_asked(seat: Seat, month: Month) -> QuerySet[Business]:
    """Businesses that ran in a month and of which nobody wrote the turnover, by name."""
    told = Turnover.objects.filter(business=OuterRef("pk"), first_day=month.first_day)
    rows = visible_businesses(seat).filter(~Exists(told), started_on__lte=month.last_day)
    open_then = rows.exclude(closed_on__lt=month.first_day)
    return open_then.select_related("group", "owner").order_by("name", "id")


def permits_ending(first: date, last: date) -> Iterator[BusinessPermit]:
    """Papers of businesses that are not closed which expire from the first to the last day, in the whole
    country; only the newest of a kind of a business. One query, read row by row."""
    newer = BusinessPermit.objects.filter(
        business=OuterRef("business"), kind=OuterRef("kind"), issued_on__gt=OuterRef("issued_on")
    )
    rows = BusinessPermit.objects.filter(~Exists(newer), expires_on__range=(first, last))
    rows = rows.exclude(business__status=BusinessStatus.CLOSED).select_related("business")
    yield from rows.order_by("pk").iterator()
