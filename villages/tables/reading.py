"""Open a table and hand out its rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from villages.tables.limits import Limits

Cell = str | float | int | bool | date | datetime | time | timedelta


@dataclass(frozen=True, slots=True)
class SheetInfo:
    """One sheet: its name ("" for CSV), and whether people see it when they open the file."""

    index: int
    name: str
    visible: bool


class Table:
    """An opened file. `rows(index)` yields every row of a sheet from row 1, column A; blank cells are ""."""

    path: Path
    format: str  # "xlsx", "xls", "ods", "csv"
    sheets: tuple[SheetInfo, ...]
    row_total: int  # of all sheets, blank ones too

    def rows(self, index: int) -> Iterator[list[Cell]]:
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError


def open_table(path: Path, *, limits: Limits, name: str = "") -> Table:
    """The file, found harmless. `name`: what the person called it. Raises `TableRefused`."""
    raise NotImplementedError
