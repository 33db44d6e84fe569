"""Lists and tables as CSV and XLSX: the same columns, the same rows, nothing a spreadsheet would run.

CSV is UTF-8 with a byte order mark, comma between cells and CRLF between lines (RFC 4180): Excel opens it by
its import dialog, LibreOffice and every program directly. XLSX needs no choices; it is the one for offices.

Each file says what it holds: filters, time, who, rows, and what its fields mean. In XLSX that is a second
sheet. A CSV has no place for it that every reader would skip, so it is a second file at the same address with
`about=1`, to which the first one links (`describedby`).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from typing import Any, BinaryIO

import rustpy_xlsxwriter as xlsx
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.rules import NotPermitted
from audit.actions import record
from reports.events import LIST_EXPORTED
from reports.queries.whole import WholeList, is_under_way
from villages.access import Seat

MOST_ROWS = 10_000  # of a list that Python makes and holds; a whole list is as long as it is
SHEET_ROWS = 1_048_575  # as many as a sheet holds below its titles
MOST_SHEETS = 3  # each takes some twenty seconds, and a web process has two minutes for an answer
LARGE_ROWS = 50_000  # more than so many keep a web process busy for seconds: one such file at a time
BYTE_ORDER_MARK = "\ufeff"
# What makes a spreadsheet read a text as a formula, also in its full-width form (C33).
_FORMULA = re.compile(r"[=+\-@\t\r＝＋－＠]")

Value = str | int | float | None


@dataclass(frozen=True)
class About:
    """What a reader of a file has to know besides its rows. `filters`: what was chosen, each with its label;
    `meanings`: what the fields and the figures mean."""

    title: str | Promise
    by: Seat
    filters: Sequence[tuple[str | Promise, Any]]
    meanings: Sequence[tuple[str | Promise, str | Promise]]

    @property
    def header(self) -> list[str | Promise]:
        return [_("About this file"), self.title]

    def lines(self, rows: int, sheets: int = 1) -> list[tuple[str | Promise, Any]]:
        """Line by line, with the number of rows, and of the sheets they fill where one is not enough."""
        made = timezone.localtime()
        return [
            *self.filters,
            (_("Made"), f"{made:%d-%m-%Y %H.%M} {made:%Z}"),
            (_("Made by"), f"{self.by.full_name}, {self.by.role_label}"),
            (_("Rows"), rows),
            *([(_("Sheets"), sheets)] if sheets > 1 else []),
            (_("Days"), _("Written day-month-year. An empty field: not known, or not to be seen by you.")),
            *self.meanings,
        ]


class TooManyRows(NotPermitted):
    """The list is longer than a file may be."""


class AnotherUnderWay(NotPermitted):
    """A large file is being made for somebody."""


@transaction.atomic
def check_and_record_export(
    *, by: Seat, rows: WholeList | QuerySet[Any] | None, what: str, place: str, kind: str
) -> None:
    """The export of a list is on record, with who, what, where and how many. Call it before sending anything.

    `rows` None: a table of figures, which has no records. Raises `TooManyRows` beyond 10,000 rows that Python
    makes and beyond what the sheets of an XLSX hold; `AnotherUnderWay` when two files of more than 50,000
    rows would be made at once. Records `list.exported`. Queries: 2, one more for more than 50,000 rows.
    """
    count = _checked(rows, kind)
    record(
        LIST_EXPORTED,
        by=by,
        subject_label=what,
        village=place,
        changes={"rows": (None, count), "file": (None, kind)},
    )


def _checked(rows: WholeList | QuerySet[Any] | None, kind: str) -> int:
    if rows is None:
        return 0
    if not isinstance(rows, WholeList):
        if (count := rows.order_by()[: MOST_ROWS + 1].count()) > MOST_ROWS:
            raise TooManyRows(
                _("This list has more than 10.000 rows. Choose a shorter period or a smaller place.")
            )
        return count
    count = rows.number
    if kind == "xlsx" and count > MOST_SHEETS * SHEET_ROWS:
        raise TooManyRows(_("This list is too long for sheets. Download it as CSV."))
    if count > LARGE_ROWS and is_under_way():
        raise AnotherUnderWay(_("Another large file is being made. Try again in a minute."))
    return count


def csv_file(
    header: Sequence[str | Promise], rows: WholeList | Iterable[Sequence[Any]]
) -> Iterator[str | bytes]:
    """The file piece by piece, so that it is sent while it is read."""
    if isinstance(rows, WholeList):
        return chain(csv_lines(header, []), rows.csv())
    return csv_lines(header, rows)


def csv_lines(header: Sequence[str | Promise], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The file line by line."""
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


def write_xlsx(
    file: BinaryIO | str,
    sheet: str,
    header: Sequence[str | Promise],
    rows: WholeList | Iterable[Sequence[Any]],
    about: About | None = None,
) -> None:
    """The file holds the rows, and what they are on a last sheet. Text cells are written as text, so that
    nothing in them is ever run. A list that is longer than a sheet goes on in a second one with the same
    titles. Rows are taken one at a time: memory does not grow with them where `file` is a path, while the
    whole file is laid up for one that is open."""
    records = _Records(header, rows)
    sheets = [(_numbered(sheet, turn), records.on_sheet(turn)) for turn in range(1, records.sheets + 1)]
    if about:
        sheets.append((_("About"), records.told(about)))
    xlsx.write_worksheets(sheets, file, freeze_panes={"general": {"row": 1}}, autofit=True, bold_headers=True)


def _numbered(sheet: str, turn: int) -> str:
    """The name of a sheet, of 31 characters at most: "visits", "visits 2"."""
    ending = f" {turn}" if turn > 1 else ""
    return sheet[: 31 - len(ending)] + ending


class _Records:
    """Rows as the writer takes them, one sheet after the other, counted on the way."""

    def __init__(self, header: Sequence[str | Promise], rows: WholeList | Iterable[Sequence[Any]]) -> None:
        self.titles = _distinct([_text(title) for title in header])
        self.number = 0
        if isinstance(rows, WholeList):
            self.sheets = max(1, -(-rows.number // SHEET_ROWS))
            self.cells = rows.cells()
        else:
            self.sheets = 1
            self.cells = (tuple(map(cell_value, row)) for row in rows)

    def on_sheet(self, turn: int) -> Iterator[dict[str, Value]]:
        """As many of the rows left as a sheet holds. The last sheet takes all, so that none is left out in
        silence: one that came since they were counted. Without any, one empty row carries the titles."""
        before = self.number
        for row in islice(self.cells, SHEET_ROWS if turn < self.sheets else None):
            self.number += 1
            yield dict(zip(self.titles, row, strict=True))
        if self.number == before:
            yield dict.fromkeys(self.titles)

    def told(self, about: About) -> Iterator[dict[str, Value]]:
        """The lines about them: the writer asks for these when it has the rows."""
        yield from _Records(about.header, about.lines(self.number, self.sheets)).on_sheet(1)


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
