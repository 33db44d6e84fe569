"""The last row and column of a sheet that hold a value, by reading its XML properly.

Slow, therefore only for OpenDocument and for sheets that `archives` finds unusual.
"""

from __future__ import annotations

from typing import IO
from xml.parsers import expat

from villages.tables.refusals import broken

MOST_DIGITS = 8


class Corners:
    """`rows`, `columns`: how far values reach, over all sheets read; styled blank cells do not count."""

    def __init__(self) -> None:
        self.rows = 0
        self.columns = 0
        self._row = self._column = 0
        self._repeat_row = self._repeat = 1

    def read_sheet(self, stream: IO[bytes]) -> None:
        """Take in a worksheet part of an XLSX. Raises `TableRefused` when it is not XML."""
        self._row = self._column = 0
        self._parse(stream, self._sheet_begins)

    def read_ods(self, stream: IO[bytes]) -> None:
        """Take in the content of an ODS. Raises `TableRefused` when it is not XML."""
        self._parse(stream, self._ods_begins)

    def _parse(self, stream: IO[bytes], begins: expat._StartElement) -> None:  # type: ignore[name-defined]
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = begins
        parser.StartDoctypeDeclHandler = _no_definitions
        try:
            parser.ParseFile(stream)
        except (expat.ExpatError, ValueError):
            raise broken() from None

    def _sheet_begins(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        if name == "row":
            self._row = _number(attributes.get("r")) or self._row + 1
            self._column = 0
        elif name == "c":
            row, column = _place(attributes.get("r", ""))
            self._column = column or self._column + 1
            self._cell_row = row or self._row
        elif name in {"v", "is", "f"}:
            self.rows = max(self.rows, self._cell_row)
            self.columns = max(self.columns, self._column)

    _cell_row = 0

    def _ods_begins(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        if name == "table":
            self._row = self._repeat_row = 0
        elif name == "table-row":
            self._row += self._repeat_row
            self._repeat_row = _repeats(attributes, "number-rows-repeated")
            self._column = self._repeat = 0
        elif name in {"table-cell", "covered-table-cell"}:
            self._column += self._repeat
            self._repeat = _repeats(attributes, "number-columns-repeated")
            if any(key.endswith(" value-type") for key in attributes):
                self._value()
        elif name == "p":
            self._value()

    def _value(self) -> None:
        self.rows = max(self.rows, self._row + self._repeat_row)
        self.columns = max(self.columns, self._column + self._repeat)


def _no_definitions(*_given: object) -> None:
    raise ValueError


def _number(text: str | None) -> int:
    return int(text) if text and len(text) <= MOST_DIGITS and text.isdigit() else 0


def _repeats(attributes: dict[str, str], name: str) -> int:
    for key, value in attributes.items():
        if key.endswith(" " + name):
            return _number(value) or 1
    return 1


def _place(reference: str) -> tuple[int, int]:
    """Row and column (from 1) of `BC12`; 0 where it says none."""
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters[:4].upper():
        column = column * 26 + ord(letter) - 64
    return _number(reference[len(letters) :]), max(column, 0)
