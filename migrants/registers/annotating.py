"""Give the file back: every sheet and row at its old place, with two columns more, Hasil and Keterangan.

Always as XLSX, also for XLS, ODS and CSV: the one format that every office opens and that keeps dates,
leading zeros and colours. Values only: formulas come back as their results, and no text can become a formula.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter

from migrants.registers.headings import EXPLANATION, RESULT
from migrants.registers.plans import Plan
from migrants.registers.reasons import Outcome, outcome_label
from migrants.registers.shapes import SheetShape, shape_of
from villages.tables import Limits, Table, open_table

LONGEST_CELL = 32_767  # of the XLSX format
WIDEST, NARROWEST = 40, 6
LOOKED_AT = 60  # rows, for the widths of columns
FIRST_DAY = date(1900, 3, 1)  # before it spreadsheets disagree on the calendar
LONG_NUMBER = 1e11  # from here on a spreadsheet would write 3.3E+15

COLOURS = {
    Outcome.IMPORTED: "#DDEFE3",
    Outcome.SKIPPED: "#E9E9E6",
    Outcome.REVIEW: "#FBEFCF",
    Outcome.REFUSED: "#F8DEDA",
}
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")


class Note(NamedTuple):
    """What is written beside one row: `sheet` and `row` as in AssessedRow, sentences already made."""

    sheet: int
    row: int
    outcome: Outcome
    text: str


def write_annotated(source: Path, target: Path, notes: Iterable[Note], *, plan: Plan, limits: Limits) -> None:
    """`target` is the annotated XLSX. `notes` in file order, at most one a row; rows without one stay
    blank, and so do sheets that hold nothing.

    One row is in memory at a time, besides the sheet as read. Raises `TableRefused` as reading does.
    """
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "dd-mm-yyyy",
    }
    waiting = _Notes(notes)
    with open_table(source, limits=limits) as table, xlsxwriter.Workbook(str(target), options) as book:
        formats = _Formats(book)
        names: set[str] = set()
        for info in table.sheets:
            shape = shape_of(table, info, plan.kind)
            sheet = book.add_worksheet(_name(info.name, names))
            if not info.visible and len(table.sheets) > 1 and info.index:
                sheet.hide()
            _write_sheet(sheet, table, shape, waiting, formats)


class _Notes:
    """Notes in file order, handed out as the rows pass by."""

    def __init__(self, notes: Iterable[Note]) -> None:
        self._notes = iter(notes)
        self._next = next(self._notes, None)

    def at(self, sheet: int, row: int) -> Note | None:
        """The note of this row; those of rows passed by are dropped."""
        while self._next is not None and (self._next.sheet, self._next.row) < (sheet, row):
            self._next = next(self._notes, None)
        found = self._next
        return found if found is not None and (found.sheet, found.row) == (sheet, row) else None


class _Formats:
    """The few formats of the book."""

    def __init__(self, book: Any) -> None:
        self.heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self.long = book.add_format({"num_format": "0"})
        self.moment = book.add_format({"num_format": "dd-mm-yyyy hh:mm"})
        self.text = book.add_format({"text_wrap": True, "valign": "top"})
        self.outcomes = {
            outcome: book.add_format({"bg_color": colour, "valign": "top"})
            for outcome, colour in COLOURS.items()
        }


def _write_sheet(sheet: Any, table: Table, shape: SheetShape, notes: _Notes, formats: _Formats) -> None:
    index = shape.info.index
    width = table.width(index)
    heading = shape.heading
    for at, wide in enumerate(_widths(table.rows(index), width)):
        sheet.set_column(at, at, wide)
    sheet.set_column(width, width, 14)
    sheet.set_column(width + 1, width + 1, 60)
    if heading is not None:
        sheet.freeze_panes(heading.below, 0)
    for number, row in enumerate(table.rows(index)):
        in_heading = heading is not None and heading.top <= number < heading.below
        for at, cell in enumerate(row):
            if cell != "":
                _write_cell(sheet, number, at, cell, formats, formats.heading if in_heading else None)
        if heading is not None and number == heading.top:
            sheet.write_string(number, width, RESULT, formats.heading)
            sheet.write_string(number, width + 1, EXPLANATION, formats.heading)
        note = notes.at(index, number + 1)
        if note is not None:
            sheet.write_string(number, width, outcome_label(note.outcome), formats.outcomes[note.outcome])
            if note.text:
                sheet.write_string(number, width + 1, note.text[:LONGEST_CELL], formats.text)


def _write_cell(sheet: Any, row: int, at: int, cell: Any, formats: _Formats, look: Any) -> None:
    """One value as what it is; whatever is neither number nor date as text."""
    if isinstance(cell, bool):
        sheet.write_boolean(row, at, cell, look)
    elif isinstance(cell, (int, float)) and abs(cell) < 1e300:
        sheet.write_number(row, at, cell, formats.long if look is None and abs(cell) >= LONG_NUMBER else look)
    elif isinstance(cell, datetime) and cell.date() >= FIRST_DAY:
        sheet.write_datetime(row, at, cell, formats.moment)
    elif isinstance(cell, date) and not isinstance(cell, datetime) and cell >= FIRST_DAY:
        sheet.write_datetime(row, at, cell, look)
    else:
        sheet.write_string(row, at, str(cell)[:LONGEST_CELL], look)


def _widths(rows: Iterator[list[Any]], width: int) -> list[int]:
    widest = [NARROWEST] * width
    for row in islice(rows, LOOKED_AT):
        if sum(cell != "" for cell in row) < 3:
            continue  # titles reach over the columns
        for at, cell in enumerate(row):
            longest = max(map(len, str(cell).splitlines()), default=0)
            widest[at] = max(widest[at], 11 if isinstance(cell, date) else min(longest + 1, WIDEST))
    return widest


def _name(name: str, names: set[str]) -> str:
    """A name that the format allows, and no other sheet has."""
    plain = _NOT_IN_NAMES.sub(" ", name).strip()[:28] or "Data"
    found, number = plain, 2
    while found.lower() in names:
        found, number = f"{plain} {number}", number + 1
    names.add(found.lower())
    return found
