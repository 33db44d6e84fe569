"""The file as it was uploaded, with what became of each row written beside it."""

from __future__ import annotations

import tempfile
from io import BytesIO
from pathlib import Path

from migrants.intake.checking import limits_of
from migrants.intake.jobs import scope_of
from migrants.intake.storing import OPEN_PREFIX, opened
from migrants.models import RegisterImport
from migrants.queries.imports import notes_of
from migrants.registers.annotating import Note, write_annotated
from migrants.registers.plans import Plan
from migrants.registers.reasons import Outcome


def annotated_file(register: RegisterImport) -> BytesIO:
    """The workbook with the columns Hasil and Keterangan. Raises `FileMissing` once the file was swept.

    Takes about as long as the dry run's reading. Queries: one for every 2,000 rows.
    """
    notes = (Note(row.sheet, row.sheet_row, Outcome(row.outcome), text) for row, text in notes_of(register))
    with opened(register) as source, tempfile.TemporaryDirectory(prefix=OPEN_PREFIX) as folder:
        target = Path(folder) / "annotated.xlsx"
        write_annotated(
            source,
            target,
            notes,
            plan=Plan.from_json(register.plan),
            limits=limits_of(scope_of(register)),
        )
        return BytesIO(target.read_bytes())
