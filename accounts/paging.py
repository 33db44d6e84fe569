"""Keyset paging: page 10,000 costs what page 1 costs, and nothing is ever counted to the end.

    page = keyset_page(visits, order=("-visited_on", "-id"), cursor=request.GET.get("after", ""))
    page.rows, page.after   # `after` is the cursor of the next page, "" on the last one

`{% pager page %}` draws it. The order must end in a unique column.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

Row = TypeVar("Row")
Drawn = TypeVar("Drawn")
PAGE_ROWS = 25
_UNCOMPARABLE = re.compile(r"[\x00\ud800-\udfff]")
CAP = 1000


@dataclass(frozen=True)
class KeysetPage(Generic[Row]):
    """One page of rows. `before` is "" on the first page (a link without a cursor leads there)."""

    rows: list[Row]
    after: str
    is_first: bool
    before: str = ""

    def __iter__(self) -> Any:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def drawn(self, line: Callable[[Row], Drawn]) -> KeysetPage[Drawn]:
        """The same page with a line made of each row."""
        return KeysetPage([line(row) for row in self.rows], self.after, self.is_first, self.before)


def keyset_page(
    rows: QuerySet[Any, Row], *, order: tuple[str, ...], cursor: str = "", size: int = PAGE_ROWS
) -> KeysetPage[Row]:
    """The page that follows the cursor; a cursor that cannot be read starts from the beginning. One query."""
    values = _read(cursor, len(order))
    if values is not None:
        try:
            rows = rows.filter(_after(order, values))
        except (ValueError, ValidationError):  # a cursor made by hand: not a date, not a key
            values = None
    found = list(rows.order_by(*order)[: size + 1])
    more = len(found) > size
    found = found[:size]
    after = cursor_of(found[-1], order) if more else ""
    return KeysetPage(rows=found, after=after, is_first=values is None)


def cursor_of(row: object, order: tuple[str, ...]) -> str:
    """The cursor of the page behind this row, for lists whose sort values must not stand in an address."""
    return _write([_value(row, name) for name in order])


def capped_count(rows: QuerySet[Any]) -> tuple[int, bool]:
    """Count to at most 1,000: the number, and whether there are more ("1.000+" is the honest answer)."""
    counted = rows.order_by()[: CAP + 1].count()
    return min(counted, CAP), counted > CAP


def _after(order: tuple[str, ...], values: list[Any]) -> Q:
    """Rows strictly behind the cursor. The first column is also compared alone, so that its index is used."""
    clause = Q()
    equal: dict[str, Any] = {}
    for name, value in zip(order, values, strict=True):
        field, step = name.lstrip("-"), "lt" if name.startswith("-") else "gt"
        clause |= Q(**equal, **{f"{field}__{step}": value})
        equal[field] = value
    first, step = order[0].lstrip("-"), "lte" if order[0].startswith("-") else "gte"
    return Q(**{f"{first}__{step}": values[0]}) & clause


def _value(row: object, name: str) -> Any:
    value: Any = row
    for part in name.lstrip("-").split("__"):
        value = getattr(value, part)
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _write(values: list[Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def _read(cursor: str, columns: int) -> list[Any] | None:
    if not cursor or len(cursor) > 400:
        return None
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except ValueError:
        return None
    if not isinstance(values, list) or len(values) != columns or not all(map(_is_text, values)):
        return None
    return values


def _is_text(value: object) -> bool:
    """Whether the database can compare with it: a cursor made by hand may hold a NUL or half a character."""
    return isinstance(value, str) and not _UNCOMPARABLE.search(value)
