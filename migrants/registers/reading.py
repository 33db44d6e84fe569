"""Read a register by its plan: assessed rows in batches, each row in exactly one outcome."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from migrants.registers.facts import Facts
from migrants.registers.places import PlaceLookup
from migrants.registers.plans import Plan
from migrants.registers.reasons import Finding, Outcome
from migrants.registers.surveying import SheetUse
from villages.tables import Limits

BATCH = 2_000

# (rows done, rows of the file). Called once a batch; whatever it raises ends the reading and closes the file.
Progress = Callable[[int, int], None]


@dataclass(slots=True)
class AssessedRow:
    """One row of the file. `row` is 1-based, as the spreadsheet program shows it; 0: a whole empty sheet.
    The importing side adds its own findings by `add`."""

    sheet: int
    row: int
    outcome: Outcome
    findings: tuple[Finding, ...] = ()
    facts: Facts | None = None

    def add(self, finding: Finding) -> None:
        """The row has one finding more and the worst outcome of all."""
        raise NotImplementedError


@dataclass(slots=True)
class SheetCount:
    index: int
    name: str
    use: SheetUse
    counts: Counter[Outcome]


class RegisterReading:
    """One reading of one file. Deterministic: the same file, plan and look-up give the same batches, so a job
    that was killed may begin again and pass over batches it has stored."""

    counts: Counter[Outcome]
    sheets: list[SheetCount]

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
        raise NotImplementedError

    def batches(self) -> Iterator[list[AssessedRow]]:
        """Rows in file order, at most BATCH at a time. Raises `TableRefused` before the first batch."""
        raise NotImplementedError
