"""The one kind of job on a file: check it, import it, or undo its import, from start to end."""

from __future__ import annotations

import logging
from collections import Counter
from uuid import UUID

from django.db import IntegrityError
from django.utils import timezone, translation

from accounts.keys import new_key
from accounts.models import User
from accounts.sealing import keys_held
from migrants import events
from migrants.enums import ImportFailure, ImportStatus, RowEffect
from migrants.intake.checking import CheckedRow, checked_batches
from migrants.intake.contents import sealed_content
from migrants.intake.copying import copy_values
from migrants.intake.places import Scope
from migrants.intake.storing import FileMissing, opened
from migrants.intake.undoing import undo_import
from migrants.intake.work import (
    Claim,
    FenceLost,
    claim,
    end_job,
    give_up,
    patient_transaction,
    record_file,
    try_again,
)
from migrants.intake.writing import write_import
from migrants.models import RegisterImport, RegisterRow
from migrants.registers.plans import Plan
from migrants.registers.reasons import Outcome
from villages.access import Seat, seat_of
from villages.tables import TableRefused

log = logging.getLogger(__name__)

_COLUMNS = (
    "id",
    "register_id",
    "number",
    "sheet",
    "sheet_row",
    "village_id",
    "assessed",
    "outcome",
    "reasons",
    "about",
    "decision",
    "decided_sex",
    "effect",
    "match_id",
    "company_id",
    "content_sealed",
)


def do_job(register_id: UUID) -> None:
    """What waits on the file is done, or given up with a reason; nothing happens when somebody else is at it.

    Safe to call twice, and again after a kill: see `intake.work`.
    """
    work = claim(register_id)
    if work is None:
        log.info("Nothing waits on file %s.", register_id)
        return
    do = {
        ImportStatus.CHECKING: _check,
        ImportStatus.IMPORTING: _import,
        ImportStatus.UNDOING: _undo,
    }[work.status]
    try:
        with translation.override("id"), keys_held():
            do(work)
    except FenceLost:
        log.warning("The job on file %s was stopped or taken over.", register_id)
    except TableRefused as refused:
        give_up(work, ImportFailure.UNREADABLE, refused.sentence)
    except FileMissing:
        give_up(work, ImportFailure.MISSING)
    except IntegrityError as clash:
        log.warning("File %s met records written at the same moment: %s", register_id, type(clash).__name__)
        try_again(work)


def scope_of(register: RegisterImport) -> Scope:
    """Whose file it is."""
    return Scope(register.village, register.district)


# --- the dry run -------------------------------------------------------------------------------------------


def _check(work: Claim) -> None:
    register = _register(work)
    total = 0

    def hear(_done: int, rows: int) -> None:
        nonlocal total
        total = rows

    with patient_transaction():
        register.rows.all()._raw_delete("default")  # of a start that was killed
    done = 0
    with opened(register) as path:
        for batch in checked_batches(
            path,
            plan=Plan.from_json(register.plan),
            scope=scope_of(register),
            today=timezone.localdate(),
            progress=hear,
        ):
            done += len(batch)
            with patient_transaction():
                store_rows(register, batch)
                work.show(done, max(total, done))
    with patient_transaction():
        row = work.locked()
        count_rows(row)
        end_job(row, ImportStatus.CHECKED)
        row.checked_at = timezone.now()
        row.save()
        record_file(
            events.REGISTER_CHECKED,
            row,
            by=row.uploaded_by,
            changes={name: (None, getattr(row, name)) for name in COUNTS},
        )


def store_rows(register: RegisterImport, batch: list[CheckedRow]) -> None:
    """The checked rows lie in the database, contents sealed. Call inside a transaction."""
    copy_values(
        RegisterRow,
        _COLUMNS,
        (
            (
                new_key(),
                register.pk,
                row.number,
                row.sheet,
                row.row,
                row.village or None,
                row.outcome.value,
                row.outcome.value,
                row.reasons,
                row.about,
                "",
                "",
                RowEffect.CREATED.value if row.outcome == Outcome.IMPORTED else "",
                row.match,
                row.company,
                sealed_content(row.content, register=register.pk, number=row.number),
            )
            for row in batch
        ),
    )


COUNTS = ("rows_read", "rows_imported", "rows_skipped", "rows_review", "rows_refused")


def count_rows(register: RegisterImport) -> None:
    """The counts of the row in hand are those of its rows; not saved. Queries: 1."""
    counts = Counter(register.rows.values_list("outcome", flat=True).order_by())
    register.rows_read = sum(counts.values())
    for outcome in Outcome:
        setattr(register, f"rows_{outcome.value}", counts[outcome.value])


# --- the import, and its undoing ---------------------------------------------------------------------------


def _import(work: Claim) -> None:
    register = _register(work)
    by = _seat(register.imported_by)
    with work.shown_apart() as show, patient_transaction():
        write_import(register, by=by, show=show)
        row = work.locked()
        count_rows(row)
        end_job(row, ImportStatus.IMPORTED)
        row.imported_at = timezone.now()
        row.save()
        record_file(
            events.REGISTER_IMPORTED,
            row,
            by=by,
            changes={name: (None, getattr(row, name)) for name in COUNTS},
        )


def _undo(work: Claim) -> None:
    register = _register(work)
    by = _seat(register.undone_by)
    with work.shown_apart() as show, patient_transaction():
        taken, kept = undo_import(register, by=by, show=show)
        row = work.locked()
        end_job(row, ImportStatus.UNDONE)
        row.undone_at = timezone.now()
        row.save()
        record_file(
            events.REGISTER_UNDONE, row, by=by, changes={"taken_back": (None, taken), "kept": (None, kept)}
        )


def _register(work: Claim) -> RegisterImport:
    return RegisterImport.objects.select_related(
        "village__subdistrict", "district__province", "uploaded_by", "imported_by", "undone_by"
    ).get(pk=work.register_id)


def _seat(user: User | None) -> Seat | None:
    """From where the person who asked for the job acts; None for the command line.

    Who may was checked when it was asked for.
    """
    return seat_of(user) if user is not None else None
