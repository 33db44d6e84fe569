"""Which figures are read from kept counts, and for which days.

Counting a year of the nation's visits reads a million rows; PostgreSQL keeps them by district and month
(`models.kept`), so only the days of a month that is not whole are counted. A village's are few: they are
counted, as is every figure broken down in a way that nobody keeps.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import BigIntegerField, QuerySet, Sum

from accounts.roles import Level
from migrants.enums import Procedural
from periods.month import Month
from reports.enums import KeptSource
from reports.indicators import Span
from reports.indicators.services import (
    departures,
    departures_outside_the_path,
    registrations,
    visits,
)
from reports.indicators.shape import Rows
from reports.models import KeptCount

NUMBER = Sum("number", default=0, output_field=BigIntegerField())


@dataclass(frozen=True)
class Kept:
    """Where the number of a set of records is kept. `split`: the code of the split that its values answer;
    `value`: the only value that counts."""

    source: KeptSource
    split: str = ""
    value: str = ""

    def rows(self, span: Span) -> QuerySet[Any]:
        """The kept counts of the months of a span that holds whole months."""
        kept = KeptCount.objects.filter(source=self.source, month__range=(span.first, span.last))
        return kept.filter(value=self.value) if self.value else kept


KEPT: dict[Rows, Kept] = {
    visits: Kept(KeptSource.VISITS),
    registrations: Kept(KeptSource.REGISTRATIONS),
    departures: Kept(KeptSource.DEPARTURES, split="procedural"),
    departures_outside_the_path: Kept(KeptSource.DEPARTURES, value=Procedural.NON_PROCEDURAL),
}


def parted(rows: Rows, split: str, level: Level, span: Span) -> tuple[QuerySet[Any] | None, Span | None]:
    """The kept counts of these records, whole or by a split, at places of a level; and the days whose records
    have to be counted. None where there are none."""
    kept = KEPT.get(rows)
    if kept is None or level == Level.VILLAGE or split not in ("", kept.split):
        return None, span
    months, days = _whole_months(span)
    return (kept.rows(months) if months else None), days


def _whole_months(span: Span) -> tuple[Span | None, Span | None]:
    """The days of the span that make whole months, and those after them; None where there are none."""
    last = Month.current(span.last)
    if span.last == last.last_day:
        return span, None
    if span.last <= span.first or last.first_day == span.first:
        return None, span
    return replace(span, last=last.previous().last_day), replace(span, first=last.first_day)
