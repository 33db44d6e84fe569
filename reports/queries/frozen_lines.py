"""The records behind a frozen number, one by one, as far as a reader may see them today: what each said, and
what became of it."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.paging import KeysetPage
from accounts.roles import Permission
from reports.access import own_place
from reports.cells import has_figure
from reports.freezing.keys import OVER, period_named
from reports.freezing.records import Record, Records, versions_now
from reports.indicators import Column, Indicator, Span
from reports.indicators.reading import Field
from reports.indicators.shape import Measure
from reports.models import FrozenSet
from reports.queries.frozen_values import FrozenValue, Then
from reports.queries.listing import columns_for, href_of, on_page
from villages.access import Seat
from villages.models import Village
from villages.models.placed import placed_within

PAGE_ROWS = 50


class Since(StrEnum):
    """What became of a record since it was counted."""

    SAME = "same"
    CHANGED = "changed"
    BESIDE = "beside"
    UNTOLD = "untold"
    DROPPED = "dropped"
    MERGED = "merged"
    CLOSED = "closed"
    GONE = "gone"

    @property
    def label(self) -> str | Promise:
        return {
            Since.SAME: _("The same"),
            Since.CHANGED: _("Changed"),
            Since.BESIDE: _("Changed, in what is not kept"),
            Since.UNTOLD: _("Changed; shown as of today"),
            Since.DROPPED: _("Counted no more"),
            Since.MERGED: _("Put together with another"),
            Since.CLOSED: _("Moved, or closed to you"),
            Since.GONE: _("Deleted"),
        }[self]


@dataclass(frozen=True)
class FrozenLine:
    """One frozen record. No `values`: there is nothing to show but its id and what became of it."""

    record: Record
    since: Since
    values: tuple[FrozenValue, ...] = ()
    href: str = ""


@dataclass(frozen=True)
class Asked:
    """Who opens which set of frozen records. `part` "over": those of the denominator."""

    seat: Seat
    kept: FrozenSet
    indicator: Indicator
    part: str

    @property
    def measure(self) -> Measure | None:
        over = self.indicator.over
        return (over.measure if over else None) if self.part == OVER else self.indicator.measure

    @property
    def columns(self) -> tuple[Column, ...]:
        """What is shown of a record; nothing of those of a denominator, which have a list of their own."""
        columns = () if self.part == OVER else columns_for(self.indicator, self.seat)
        return tuple(column for column in columns if on_page(column, own_place(self.seat)))

    def counted_today(self, keys: list[str]) -> QuerySet[Any] | None:
        """Those of the records that the figure still counts; None where it cannot be counted any more."""
        span = Span.of(period_named(self.kept.period), today=timezone.localdate())
        if not has_figure(self.indicator, span):
            return None
        over = self.indicator.over
        rows = over.rows if self.part == OVER and over else self.indicator.rows
        return rows(span).filter(pk__in=keys)


def page_of(asked: Asked, rows: list[Record], records: Records, after: str) -> KeysetPage[FrozenLine]:
    """One page of these records of a set, each with what it said and what became of it. Queries: 3, one more
    where a record lies in another village today."""
    page = cut_out(rows, after)
    return KeysetPage(rows=_lines(asked, list(page.rows), records), after=page.after, is_first=page.is_first)


def cut_out(rows: list[Any], after: str) -> KeysetPage[Any]:
    """One page of a list in hand; `after` says how many come before it."""
    begin = int(after) if after.isascii() and after.isdigit() and len(after) < 9 else 0
    more = str(begin + PAGE_ROWS) if begin + PAGE_ROWS < len(rows) else ""
    return KeysetPage(rows=rows[begin : begin + PAGE_ROWS], after=more, is_first=not begin)


def _lines(asked: Asked, rows: list[Record], records: Records) -> list[FrozenLine]:
    """What each record said and what became of it. Queries: 3, one more where a record moved."""
    model: type[Model] = apps.get_model(asked.kept.source)
    keys = [record.key for record in rows]
    found = model._base_manager.filter(pk__in=keys)
    there = {str(pk) for pk in found.values_list("pk", flat=True)}
    counting = asked.counted_today(keys)
    known = {str(row.pk): row for row in _readable(asked, found, records.columns)}
    counted = None
    if counting is not None:
        # The rows of the figure's own question carry what it adds to them, which the columns may read.
        still = {str(row.pk): row for row in _readable(asked, counting, records.columns)}
        counted, known = still.keys(), known | still
    then = Then(asked.indicator, asked.columns, records, _villages_before(asked, rows, known))
    lines = []
    for record in rows:
        row = known.get(record.key)
        since = _since(record, row, record.key in there, counted)
        lines.append(
            FrozenLine(record, since) if row is None else _line(then, record, row, since, asked.seat)
        )
    return lines


def _line(then: Then, record: Record, row: Any, since: Since, seat: Seat) -> FrozenLine:
    """One record that the reader may see, `row` as it is today."""
    values = then.values_of(record, row) if then.columns else ()
    if since in (Since.SAME, Since.CHANGED):
        if any(value.changed for value in values):
            since = Since.CHANGED
        elif since == Since.CHANGED:
            since = Since.BESIDE if then.told and values else Since.UNTOLD
    return FrozenLine(record, since, values, href_of(row, then.indicator, seat) if values else "")


def _villages_before(asked: Asked, rows: list[Record], known: dict[str, Any]) -> dict[str, Village]:
    """The villages in which records lay that lie in another one today. Queries: 1 where there are any."""
    if not asked.columns:
        return {}
    lies_in = Field(f"{asked.indicator.place_path}village_id")
    left = {row.place for row in rows if row.key in known and lies_in(known[row.key]) != row.place}
    if not left:
        return {}
    return {
        village.pk: village
        for village in Village.objects.filter(pk__in=left).select_related("district", "province")
    }


def _readable(asked: Asked, rows: QuerySet[Any], columns: tuple[str, ...]) -> QuerySet[Any]:
    """Those the reader may see today, with what the columns read and the version of today."""
    rows = _open_to(asked.seat, rows, asked.indicator.place_path)
    if asked.part != OVER and asked.indicator.related:
        rows = rows.select_related(*asked.indicator.related)
    versioned = versions_now(rows, columns)
    return rows if versioned is None else versioned


def _since(record: Record, row: Any, exists: bool, counted: Container[str] | None) -> Since:
    if row is None:
        return Since.CLOSED if exists else Since.GONE
    if getattr(row, "merged_into_id", None) is not None:
        return Since.MERGED
    if counted is not None and record.key not in counted:
        return Since.DROPPED
    return Since.SAME if getattr(row, "_version", "") == record.version else Since.CHANGED


def _open_to(seat: Seat, rows: QuerySet[Any], path: str) -> QuerySet[Any]:
    """Of these records those that lie in the seat's place today and are not restricted to others."""
    rows = rows.filter(placed_within(seat, path))
    if seat.may(Permission.ANSWER_REFERRALS):
        return rows
    fields = {field.name for field in rows.model._meta.concrete_fields}
    if "restricted" in fields:
        return rows.filter(restricted=False)
    return rows.filter(case__restricted=False) if "case" in fields else rows
