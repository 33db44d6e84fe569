"""The records behind a frozen number, one by one: as far as a reader may see, and what became of each."""

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
from reports.freezing.records import Record, versions_now
from reports.indicators import Column, Indicator, Span
from reports.indicators.shape import Measure
from reports.models import FrozenSet
from reports.queries.listing import Line, columns_for, lines, on_page
from villages.access import Seat
from villages.models.placed import placed_within

PAGE_ROWS = 50


class Since(StrEnum):
    """What became of a record since it was counted."""

    SAME = "same"
    CHANGED = "changed"
    DROPPED = "dropped"
    MERGED = "merged"
    CLOSED = "closed"
    GONE = "gone"

    @property
    def label(self) -> str | Promise:
        return {
            Since.SAME: _("As it was counted"),
            Since.CHANGED: _("Changed since; shown as it is today"),
            Since.DROPPED: _("Stands, but is counted no more"),
            Since.MERGED: _("Put together with another record since"),
            Since.CLOSED: _("Moved since, or not open to you any more"),
            Since.GONE: _("Deleted since"),
        }[self]


@dataclass(frozen=True)
class FrozenLine:
    """One frozen record. `line` None: there is nothing to show but its id and what became of it."""

    record: Record
    since: Since
    line: Line | None


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


def page_of(asked: Asked, rows: list[Record], columns: tuple[str, ...], after: str) -> KeysetPage[FrozenLine]:
    """One page of the records, each with what became of it. Queries: 3."""
    page = cut_out(rows, after)
    return KeysetPage(rows=_lines(asked, list(page.rows), columns), after=page.after, is_first=page.is_first)


def cut_out(rows: list[Any], after: str) -> KeysetPage[Any]:
    """One page of a list in hand; `after` says how many come before it."""
    begin = int(after) if after.isascii() and after.isdigit() and len(after) < 9 else 0
    more = str(begin + PAGE_ROWS) if begin + PAGE_ROWS < len(rows) else ""
    return KeysetPage(rows=rows[begin : begin + PAGE_ROWS], after=more, is_first=not begin)


def _lines(asked: Asked, records: list[Record], columns: tuple[str, ...]) -> list[FrozenLine]:
    """What became of each record. Queries: 3."""
    model: type[Model] = apps.get_model(asked.kept.source)
    keys = [record.key for record in records]
    rows = model._base_manager.filter(pk__in=keys)
    there = {str(pk) for pk in rows.values_list("pk", flat=True)}
    counting = asked.counted_today(keys)
    known = {str(row.pk): row for row in _readable(asked, rows, columns)}
    counted = None
    if counting is not None:
        # The rows of the figure's own question carry what it adds to them, which the columns may read.
        still = {str(row.pk): row for row in _readable(asked, counting, columns)}
        counted, known = still.keys(), known | still
    return [
        FrozenLine(
            record,
            _since(record, known.get(record.key), record.key in there, counted),
            _drawn(asked, known.get(record.key)),
        )
        for record in records
    ]


def _drawn(asked: Asked, row: Any) -> Line | None:
    """The line of a record; None where it is closed to the reader, and where a column reads what only the
    figure's own question adds, which counts this record no more."""
    if row is None or not asked.columns:
        return None
    try:
        return next(iter(lines([row], asked.columns, asked.indicator, asked.seat)))
    except AttributeError:
        return None


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
    for name in ("restricted", "case"):
        if name in fields:
            return rows.filter(**{"restricted" if name == "restricted" else "case__restricted": False})
    return rows
