"""Give the file back with the columns Hasil and Keterangan."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from migrants.registers.reasons import Outcome
from villages.tables import Limits


class Note(NamedTuple):
    """What is written beside one row: `sheet` and `row` as in AssessedRow, sentences already made."""

    sheet: int
    row: int
    outcome: Outcome
    text: str


def write_annotated(source: Path, target: Path, notes: Iterable[Note], *, limits: Limits) -> None:
    """`target` is an XLSX with every sheet and row of the source at its old place and two more columns.
    `notes` in file order. Values only: formulas come back as their results, texts as texts."""
    raise NotImplementedError
