"""Open a table and hand out its rows, whatever program wrote it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, TypeVar

from django.utils.translation import gettext as _
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from villages.tables.archives import check_archive, encrypted
from villages.tables.limits import Limits
from villages.tables.refusals import TableRefused, broken, empty, too_big, too_many_rows, too_wide
from villages.tables.separated import SeparatedText
from villages.tables.trial import survives

Cell = str | float | int | bool | date | datetime | time | timedelta

_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SheetInfo:
    """One sheet: its name ("" for CSV), and whether people see it when they open the file."""

    index: int
    name: str
    visible: bool


class Table(ABC):
    """An opened file, found harmless. Use it as a context manager."""

    def __init__(self, path: Path, kind: str, limits: Limits) -> None:
        self.path, self.format, self.limits = path, kind, limits
        self.sheets: tuple[SheetInfo, ...] = ()

    @abstractmethod
    def rows(self, index: int) -> Iterator[list[Any]]:
        """Every row of a sheet from row 1 and column A on; blank cells are "". Rows may differ in length."""

    @abstractmethod
    def height(self, index: int) -> int:
        """Rows of a sheet down to its last value."""

    @abstractmethod
    def width(self, index: int) -> int:
        """Columns of a sheet up to its last value."""

    def merges(self, index: int) -> list[tuple[int, int, int, int]]:  # noqa: ARG002
        """Joined cells: first row, first column, last row, last column, from 0; none where not known."""
        return []

    def close(self) -> None:  # noqa: B027 - not every format has something to let go of
        """Let go of the file. Text was read whole and holds nothing open."""

    def __enter__(self) -> Table:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.close()


class _Workbook(Table):
    """XLSX, XLS and ODS through calamine, one sheet in memory at a time."""

    def __init__(self, path: Path, kind: str, limits: Limits) -> None:
        super().__init__(path, kind, limits)
        self._book = _careful(lambda: CalamineWorkbook.from_path(path))
        found = self._book.sheets_metadata
        if len(found) > limits.sheets:
            raise TableRefused(
                "too_many_sheets",
                _("The file has more than %(most)s sheets. Split it into several files.")
                % {"most": limits.sheets},
            )
        self.sheets = tuple(
            SheetInfo(index, sheet.name, sheet.visible == SheetVisibleEnum.Visible)
            for index, sheet in enumerate(found)
        )
        self._index = -1
        self._sheet: Any = None
        self._heights: dict[int, int] = {}

    def _at(self, index: int) -> Any:
        if index != self._index:
            self._sheet = None  # let go of one sheet before the next is laid out
            sheet = _careful(lambda: self._book.get_sheet_by_index(index))
            last = sheet.end or (-1, -1)
            rows, columns = last[0] + 1, last[1] + 1
            if columns > self.limits.columns:
                raise too_wide(self.limits.columns)
            self._heights[index] = rows
            if sum(self._heights.values()) > self.limits.rows:
                raise too_many_rows(self.limits.rows)
            self._index, self._sheet = index, sheet
        return self._sheet

    def height(self, index: int) -> int:
        if index not in self._heights:
            self._at(index)
        return self._heights[index]

    def width(self, index: int) -> int:
        last = self._at(index).end
        return last[1] + 1 if last else 0

    def merges(self, index: int) -> list[tuple[int, int, int, int]]:
        found = self._at(index).merged_cell_ranges or []
        return [(top, left, bottom, right) for (top, left), (bottom, right) in found]

    def rows(self, index: int) -> Iterator[list[Any]]:
        sheet = self._at(index)
        if sheet.start is None:
            return
        before = sheet.start[1]
        rows = iter(sheet.iter_rows())  # begins with row 1, but with the first column that is used
        if not before:
            yield from rows
            return
        padding: list[Any] = [""] * before
        for row in rows:
            yield padding + row

    def close(self) -> None:
        self._sheet = None
        self._index = -1
        self._book.close()


class _Text(Table):
    """A CSV file: one sheet without a name."""

    def __init__(self, path: Path, limits: Limits) -> None:
        super().__init__(path, "csv", limits)
        self._text = SeparatedText(path.read_bytes(), limits)
        self.sheets = (SheetInfo(0, "", True),)

    def height(self, index: int) -> int:  # noqa: ARG002
        return self._text.row_total

    def width(self, index: int) -> int:  # noqa: ARG002
        return self._text.width

    def rows(self, index: int) -> Iterator[list[Any]]:  # noqa: ARG002
        return self._text.rows()


def open_table(path: Path, *, limits: Limits) -> Table:
    """The file, found harmless. What it is is told by its content, not by its name. Raises `TableRefused`."""
    size = path.stat().st_size
    if not size:
        raise empty()
    if size > limits.packed:
        raise too_big()
    with path.open("rb") as file:
        head = file.read(8)
    if head.startswith(_EMPTY_ZIP):
        raise broken()
    if head.startswith(_ZIP):
        return _Workbook(path, check_archive(path, limits), limits)
    if head == _OLE:
        if _LOCKED in path.read_bytes():
            raise encrypted()
        if not survives(path):
            raise broken()
        return _Workbook(path, "xls", limits)
    return _Text(path, limits)


def _careful(read: Callable[[], T]) -> T:
    """What `read` gives; whatever calamine cannot digest is a damaged file."""
    try:
        return read()
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # a panic of the Rust side is no Exception
        if "password" in f"{type(error).__name__} {error}".lower():
            raise encrypted() from None
        raise broken() from None
