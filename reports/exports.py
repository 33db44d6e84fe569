"""Lists and tables as CSV and XLSX: the same columns, the same rows, nothing a spreadsheet would run.

CSV is UTF-8 with a byte order mark, comma between cells and CRLF between lines (RFC 4180): Excel opens it by
its import dialog, LibreOffice and every program directly. XLSX needs no choices; it is the one for offices.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from typing import Any

import rustpy_xlsxwriter as xlsx
from django.db import transaction
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.rules import NotPermitted
from audit.actions import record
from reports.events import LIST_EXPORTED
from villages.access import Seat

MOST_ROWS = 10_000
BYTE_ORDER_MARK = "\ufeff"
# What makes a spreadsheet read a text as a formula, also in its full-width form (C33).
_FORMULA = re.compile(r"[=+\-@\t\r＝＋－＠]")

Value = str | int | float | None


class TooManyRows(NotPermitted):
    """The list is longer than a file may be."""


@transaction.atomic
def check_and_record_export(
    *, by: Seat, rows: QuerySet[Any] | None, what: str, place: str, kind: str
) -> None:
    """The export of a list is on record, with who, what, where and how many. Call it before sending anything.

    `rows` None: a table of figures, which has no records. Raises `TooManyRows` beyond 10,000 rows.
    Records `list.exported`. Queries: 2.
    """
    count = 0 if rows is None else rows.order_by()[: MOST_ROWS + 1].count()
    if count > MOST_ROWS:
        raise TooManyRows(
            _("This list has more than 10.000 rows. Choose a shorter period or a smaller place.")
        )
    record(
        LIST_EXPORTED,
        by=by,
        subject_label=what,
        village=place,
        changes={"rows": (None, count), "file": (None, kind)},
    )


def csv_lines(header: Sequence[str | Promise], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The file line by line, so that it is sent while it is read."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    yield BYTE_ORDER_MARK
    for row in chain([header], rows):
        writer.writerow([defused(cell_value(cell)) for cell in row])
        yield _taken(buffer)


def _taken(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def xlsx_bytes(sheet: str, header: Sequence[str | Promise], rows: Iterable[Sequence[Any]]) -> bytes:
    """The file with one sheet. Text cells are written as text, so that nothing in them is ever run."""
    titles = _distinct([_text(title) for title in header])
    records = [
        {title: cell_value(cell) for title, cell in zip(titles, row, strict=True)} for row in rows
    ] or [dict.fromkeys(titles)]
    file = io.BytesIO()
    xlsx.write_worksheet(records, file, sheet_name=sheet[:31], freeze_row=1, autofit=True, bold_headers=True)
    return file.getvalue()


def _distinct(titles: list[str]) -> list[str]:
    """Titles of columns, a second one of the same words told apart."""
    seen: dict[str, int] = {}
    for place, title in enumerate(titles):
        seen[title] = seen.get(title, 0) + 1
        if seen[title] > 1:
            titles[place] = f"{title} ({seen[title]})"
    return titles


def cell_value(value: Any) -> Value:
    """A number as a number, a day as 31-12-2026, nothing as nothing, anything else as one line of text."""
    if value is None or isinstance(value, int | float):
        return value
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    return _text(value)


def _text(value: object) -> str:
    return " ".join(str(value).split("\n")).replace("\x00", "")


def defused(value: Value) -> Value:
    """Text a spreadsheet would take for a formula gets an apostrophe in front; numbers stay numbers."""
    if isinstance(value, str) and _FORMULA.match(value.lstrip(" ")):
        return f"'{value}"
    return value
