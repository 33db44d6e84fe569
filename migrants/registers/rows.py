"""A sheet about to be read, its cells by column, and what becomes of each row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

from migrants.registers.cells import Remembered, Trouble
from migrants.registers.facts import Facts
from migrants.registers.headings import Heading
from migrants.registers.kinds import Column
from migrants.registers.reasons import Finding, Outcome, outcome_of, worse
from migrants.registers.shapes import shown

LONGEST_VALUE = 80
Place = tuple[int, str, int]  # sheet, its name, row


@dataclass(slots=True)
class AssessedRow:
    """One row of the file. `sheet` is 0-based, `row` 1-based as the spreadsheet program shows it; 0: a whole
    sheet without rows. The importing side adds its own findings by `add`."""

    sheet: int
    row: int
    outcome: Outcome
    findings: tuple[Finding, ...] = ()
    facts: Facts | None = None

    def add(self, finding: Finding) -> None:
        """The row has one finding more and the worst outcome of all."""
        self.findings = (*self.findings, finding)
        self.outcome = worse(self.outcome, outcome_of(finding.reason))
        if self.outcome in (Outcome.SKIPPED, Outcome.REFUSED):
            self.facts = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """What reading a data sheet needs: `columns` by what they hold; `defaults` hold for every row."""

    index: int
    name: str
    heading: Heading
    columns: Mapping[Column, int]
    defaults: Mapping[Column, str]

    def label(self, column: Column) -> str:
        """What the file calls a column; "" when it has none."""
        return self.heading.label(self.columns[column]) if column in self.columns else ""


class CellBlock:
    """Some rows of a sheet, read column by column. `troubles`: by position, what was unreadable."""

    def __init__(self, sheet: Sheet, rows: Sequence[Sequence[Any]]) -> None:
        self.sheet, self.rows = sheet, rows
        self.troubles: dict[int, list[Finding]] = {}
        width = max(sheet.columns.values(), default=-1) + 1
        if any(len(row) < width for row in rows):
            rows = [[*row, *([""] * (width - len(row)))] for row in rows]
        self._columns: list[tuple[Any, ...]] = list(zip(*rows, strict=False))

    def cells(self, column: Column) -> Sequence[Any]:
        """The raw cells of a column; blanks when the sheet has none."""
        at = self.sheet.columns.get(column, -1)
        return self._columns[at] if at >= 0 and self._columns else ("",) * len(self.rows)

    def known(self, column: Column, remembered: Remembered, missing: Any = "") -> Iterable[Any]:
        """The column through a memory of spellings; `missing` for all when the sheet has no such column."""
        if column not in self.sheet.columns:
            return repeat(missing, len(self.rows))
        values = list(map(remembered.__getitem__, self.cells(column)))
        return self.settled(column, values) if remembered.met_trouble else values

    def read(self, column: Column, read: Callable[[Any], Any], missing: Any = "") -> Iterable[Any]:
        """The column through a reader, for values that are seldom the same twice."""
        if column not in self.sheet.columns:
            return repeat(missing, len(self.rows))
        return self.settled(column, list(map(read, self.cells(column))))

    def settled(self, column: Column, values: list[Any]) -> list[Any]:
        """The values of a column with what is kept in place of every trouble."""
        for position in [at for at, value in enumerate(values) if type(value) is Trouble]:
            self.trouble(position, values[position].reason, column)
            values[position] = values[position].kept
        return values

    @staticmethod
    def where(first: Place, here: Place) -> str:
        """How a row speaks of an earlier one: its number, with the sheet's name when that is another."""
        return str(first[2]) if first[0] == here[0] else f"{first[1]}!{first[2]}"

    def trouble(self, position: int, reason: Any, column: Column, detail: str = "") -> None:
        """Note what is wrong in a row."""
        self.troubles.setdefault(position, []).append(self.finding(position, reason, column, detail))

    def finding(self, position: int, reason: Any, column: Column, detail: str = "") -> Finding:
        """A finding with the heading and the value as the file has them."""
        at = self.sheet.columns.get(column, -1)
        row = self.rows[position]
        value = shown(row[at])[:LONGEST_VALUE] if 0 <= at < len(row) else ""
        return Finding(reason, self.sheet.label(column), value, detail)
