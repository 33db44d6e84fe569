"""Read a register by its plan: assessed rows in batches, each row in exactly one outcome."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path

from migrants.registers.companies import CompanyReader
from migrants.registers.kinds import Column, RegisterKind
from migrants.registers.lines import LineSorter, says_something
from migrants.registers.people import PeopleReader
from migrants.registers.places import PlaceLookup
from migrants.registers.plans import Plan
from migrants.registers.reasons import Finding, Outcome, Reason, outcome_of
from migrants.registers.rows import AssessedRow, Sheet
from migrants.registers.shapes import SheetShape, SheetUse, shape_of
from migrants.registers.surveying import no_heading
from villages.tables import Limits, Table, open_table

__all__ = ["BATCH", "AssessedRow", "Progress", "RegisterReading", "SheetCount"]

BATCH = 2_000
SELDOM = 200_000  # objects made between two looks of the garbage collector

# (rows done, rows of the file as far as known). Called once a batch; what it raises ends the reading.
Progress = Callable[[int, int], None]

_SHEET_REASONS = {
    SheetUse.EMPTY: Reason.EMPTY_SHEET,
    SheetUse.SUMMARY: Reason.SUMMARY_SHEET,
    SheetUse.NO_HEADING: Reason.NO_HEADING,
    SheetUse.LEFT_OUT: Reason.SHEET_LEFT_OUT,
}


@dataclass(slots=True)
class SheetCount:
    """What became of the rows of one sheet."""

    index: int
    name: str
    use: SheetUse
    counts: Counter[Outcome] = field(default_factory=Counter)


class RegisterReading:
    """One reading of one file. Deterministic: the same file, plan and look-up give the same batches, so a job
    that was killed may begin again and pass over batches it has stored."""

    def __init__(
        self,
        path: Path,
        *,
        plan: Plan,
        places: PlaceLookup,
        today: date,
        limits: Limits,
        progress: Progress | None = None,
    ) -> None:
        self.path, self.plan, self.limits, self.progress = path, plan, limits, progress
        self.counts: Counter[Outcome] = Counter()
        self.sheets: list[SheetCount] = []
        self._reader: PeopleReader | CompanyReader = (
            CompanyReader(today)
            if plan.kind == RegisterKind.COMPANIES
            else PeopleReader(plan.kind, places, today)
        )
        self._done = self._total = 0

    def batches(self) -> Iterator[list[AssessedRow]]:
        """Rows in file order, at most BATCH at a time. Raises `TableRefused`, mostly before the first batch;
        in a workbook of several sheets a later one may still be refused."""
        with _seldom_collecting(), open_table(self.path, limits=self.limits) as table:
            found_data = False
            for info in table.sheets:
                shape = shape_of(table, info, self.plan.kind)
                found_data = found_data or shape.use is SheetUse.DATA
                use = SheetUse.LEFT_OUT if info.index in self.plan.skipped_sheets else shape.use
                self._total += shape.height
                count = SheetCount(info.index, info.name, use)
                self.sheets.append(count)
                rows = self._data(table, shape) if use is SheetUse.DATA else self._aside(table, shape, use)
                for batch in rows:
                    outcomes = Counter(row.outcome for row in batch)
                    count.counts += outcomes
                    self.counts += outcomes
                    if self.progress is not None:
                        self.progress(self._done, self._total)
                    yield batch
            if not found_data:
                raise no_heading(table)

    def _aside(self, table: Table, shape: SheetShape, use: SheetUse) -> Iterator[list[AssessedRow]]:
        """Sheets that hold no data: each row that says something is counted as skipped."""
        finding = (Finding(_SHEET_REASONS[use], "", shape.info.name),)
        outcome = outcome_of(finding[0].reason)
        batch = []
        if use is not SheetUse.EMPTY and shape.info.visible:
            for number, row in enumerate(table.rows(shape.info.index), 1):
                if says_something(row):
                    batch.append(AssessedRow(shape.info.index, number, outcome, finding))
                if len(batch) == BATCH:
                    yield batch
                    batch = []
        self._done += shape.height
        yield batch or [AssessedRow(shape.info.index, 0, outcome, finding)]

    def _data(self, table: Table, shape: SheetShape) -> Iterator[list[AssessedRow]]:
        sheet = _sheet_of(shape, self.plan)
        assert shape.heading is not None
        context = self.plan.contexts.get(shape.info.index, shape.context)
        sorter = LineSorter(shape.heading, dict(sheet.columns), context)
        begun, first = self._done, shape.heading.below + 1
        rows = islice(table.rows(shape.info.index), shape.heading.below, None)
        while chunk := list(islice(rows, BATCH)):
            sorted_ = sorter.sort(chunk, first)
            first += len(chunk)
            self._done = begun + first - 1
            batch = self._reader.assess(sheet, sorted_.numbers, sorted_.rows, sorted_.contexts)
            if sorted_.asides:
                batch += [
                    AssessedRow(sheet.index, number, outcome_of(finding.reason), (finding,))
                    for number, finding in sorted_.asides
                ]
                batch.sort(key=lambda row: row.row)
            yield batch
        self._done = begun + shape.height


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    """Let the garbage collector look less often. Rows make no cycles, and there are always some thousands of
    them about: looking through them every 700 objects takes a sixth of the time and finds nothing."""
    before = gc.get_threshold()
    gc.set_threshold(SELDOM, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _sheet_of(shape: SheetShape, plan: Plan) -> Sheet:
    """The sheet with its columns as the plan says, else as proposed."""
    assert shape.heading is not None
    columns: dict[Column, int] = {}
    for at, column in sorted(plan.mappings.get(shape.heading.fingerprint, shape.proposed).items()):
        if column is not Column.IGNORED:
            columns.setdefault(column, at)
    return Sheet(shape.info.index, shape.info.name, shape.heading, columns, shape.defaults)
