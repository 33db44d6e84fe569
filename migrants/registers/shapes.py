"""What one sheet is: data with a heading, empty, a summary, or words without a heading."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import Any

from migrants.registers.headings import SEARCHED, TALLEST, Heading, find_heading, our_columns, text_of
from migrants.registers.kinds import Column, RegisterKind
from migrants.registers.places import PlaceWords
from migrants.registers.plans import ColumnMap
from migrants.registers.titles import block_of, merged, name_of_sheet, place_of_titles
from villages.tables import SheetInfo, Table

LOOKED_AT = 200  # rows read to know a sheet
SAMPLES = 3
LONGEST_SAMPLE = 60

_SUMMARY = re.compile(r"^\W{0,9}(?:rekap|ringkasan|summary|grafik|pivot|dashboard)", re.IGNORECASE)
_SIXTEEN = re.compile(r"\W{0,9}[0-9]{4}[ .]?[0-9]{4}[ .]?[0-9]{4}[ .]?[0-9]{4}\W{0,9}", re.ASCII)
# Only one column of a sheet can hold such a thing; of several, the first sure one does.
_MAY_REPEAT = frozenset({Column.IGNORED, Column.NUMBER})


class SheetUse(StrEnum):
    DATA = "data"
    EMPTY = "empty"
    SUMMARY = "summary"
    NO_HEADING = "no_heading"
    LEFT_OUT = "left_out"  # a person said so


@dataclass(frozen=True)
class SheetShape:
    """One sheet before its rows are read. `proposed`: by column from 0; `defaults`: what a block above the
    heading says for all rows; `context`: places of title and sheet name."""

    info: SheetInfo
    use: SheetUse
    heading: Heading | None
    proposed: ColumnMap
    context: PlaceWords
    defaults: Mapping[Column, str]
    samples: tuple[tuple[str, ...], ...]
    height: int

    @property
    def sure(self) -> int:
        """How many columns are called by a known name."""
        return sum(sure for _column, sure in self.heading.columns) if self.heading else 0


def shape_of(table: Table, info: SheetInfo, kind: RegisterKind) -> SheetShape:
    """What a sheet is, by its first rows."""
    height = table.height(info.index)
    rows = list(islice(table.rows(info.index), LOOKED_AT))
    heading = find_heading(rows[: SEARCHED + TALLEST + 1], table.merges(info.index), kind)
    if heading is None:
        use = SheetUse.NO_HEADING
        if not any(cell != "" for row in rows for cell in row) and height <= LOOKED_AT:
            use = SheetUse.EMPTY
        elif _SUMMARY.match(info.name) or any(_SUMMARY.match(text) for text in _titles(rows[:5])):
            use = SheetUse.SUMMARY
        return SheetShape(info, use, None, {}, PlaceWords(), {}, (), height)
    below = [row for row in rows[heading.below :] if any(cell != "" for cell in row)]
    samples = tuple(_samples(below, at) for at in range(len(heading.labels)))
    proposed = _proposed(heading, samples)
    if _SUMMARY.match(info.name) and not {Column.NIK, Column.LICENCE} & set(proposed.values()):
        return SheetShape(info, SheetUse.SUMMARY, None, {}, PlaceWords(), {}, (), height)
    above = rows[: heading.top]
    context = place_of_titles(_titles(above), info.name)
    bare = name_of_sheet(info.name)
    if bare and Column.VILLAGE not in proposed.values() and not context.village:
        context = merged(context, PlaceWords(village=bare))
    defaults = block_of([[text_of(cell) for cell in row if text_of(cell)] for row in above])
    return SheetShape(info, SheetUse.DATA, heading, proposed, context, defaults, samples, height)


def _titles(rows: list[list[Any]]) -> list[str]:
    return [" ".join(text_of(cell) for cell in row if text_of(cell)) for row in rows]


def _samples(rows: list[list[Any]], at: int) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for row in rows:
        value = shown(row[at]) if at < len(row) else ""
        if value:
            found.setdefault(value[:LONGEST_SAMPLE])
        if len(found) == SAMPLES:
            break
    return tuple(found)


def _proposed(heading: Heading, samples: tuple[tuple[str, ...], ...]) -> dict[int, Column]:
    """Each column at most once, sure names before guesses; a column of 16-digit numbers is the NIK."""
    proposed: dict[int, Column] = {}
    own = our_columns(heading)
    taken: set[Column] = set()
    for wanted in (True, False):
        for at, (column, sure) in enumerate(heading.columns):
            if sure != wanted or at in proposed or at in own or column == Column.IGNORED:
                continue
            if column in _MAY_REPEAT or column not in taken:
                proposed[at] = column
                taken.add(column)
    if Column.NIK not in taken and Column.LICENCE not in taken:
        for at, values in enumerate(samples):
            if at not in proposed and values and all(map(_SIXTEEN.fullmatch, values)):
                label = heading.label(at).lower()
                if "kk" not in label and "keluarga" not in label and "pengadu" not in label:
                    proposed[at] = Column.NIK
                    break
    return proposed


def shown(value: Any) -> str:
    """A cell as the spreadsheet would show it: dates day first, whole numbers without a point."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, float) and value == value and abs(value) < 1e17 and value == int(value):
        return str(int(value))
    if hasattr(value, "strftime") and hasattr(value, "year"):
        return f"{value.day:02d}-{value.month:02d}-{value.year:04d}"
    return str(value)
