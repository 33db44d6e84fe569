"""The list behind a figure: its columns for this reader, its lines, one page of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from accounts.paging import KeysetPage, keyset_page
from reports.access import Reader, may_see_names
from reports.cells import Cell
from reports.figures import rows_behind
from reports.indicators import Column, Indicator
from reports.places import FINENESS, Place
from reports.queries.whole import WholeList

PAGE_ROWS = 50


@dataclass(frozen=True)
class Line:
    """One record of a list: its values in the order of the columns. `href` "" where it cannot be opened."""

    values: tuple[tuple[Column, Any], ...]
    href: str


@dataclass(frozen=True)
class Listing:
    """One page of the records a cell counts."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    page: KeysetPage[Any]


def listing(cell: Cell, *, seat: Reader, cursor: str = "") -> Listing:
    """One page of the records behind a cell, as far as the reader may see. One query."""
    indicator = cell.indicator
    columns = tuple(column for column in columns_for(indicator, seat) if on_page(column, cell.place))
    page = keyset_page(records(cell, seat=seat), order=indicator.order, cursor=cursor, size=PAGE_ROWS)
    return Listing(columns, tuple(lines(page.rows, columns, indicator, seat)), page)


def records(cell: Cell, *, seat: Reader) -> QuerySet[Any]:
    """Every record behind a cell with what its columns read, in the order of the list."""
    rows = rows_behind(cell.figure.name, cell.place, cell.period, seat=seat, value=cell.value, day=cell.day)
    return rows.select_related(*cell.indicator.related).order_by(*cell.indicator.order)


def whole_list(cell: Cell, *, seat: Reader) -> WholeList:
    """The same records without pages, for a file: with every column this reader sees. No query yet."""
    return WholeList(records(cell, seat=seat), columns_for(cell.indicator, seat))


def columns_for(indicator: Indicator, seat: Reader) -> tuple[Column, ...]:
    """The columns this reader sees: without names for whoever may not see people."""
    named = may_see_names(seat, indicator)
    return tuple(column for column in indicator.columns if named or not column.named)


def on_page(column: Column, place: Place) -> bool:
    """Whether a page about the place shows the column: one about a district does not repeat its name in every
    line."""
    if column.file_only:
        return False
    return column.level is None or FINENESS.index(column.level) > FINENESS.index(place.level)


def lines(
    rows: Iterable[Any], columns: tuple[Column, ...], indicator: Indicator, seat: Reader
) -> Iterator[Line]:
    """One line a record."""
    for row in rows:
        values = tuple((column, column.read(row)) for column in columns)
        yield Line(values, href_of(row, indicator, seat))


def href_of(row: Any, indicator: Indicator, seat: Reader) -> str:
    """The address of a record's own page; "" where there is none or this reader sees no names."""
    if not indicator.detail or not may_see_names(seat, indicator):
        return ""
    return reverse(indicator.detail, args=[getattr(row, indicator.detail_key)])
