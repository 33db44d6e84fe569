"""How the import of a file moves: one table, used by the actions, the worker and the pages.

A file is uploaded, its columns are confirmed, a dry run judges every row, a person decides what is doubtful,
and one job writes everything or nothing. What is not in the table is refused.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from migrants.case_states import IllegalStep
from migrants.enums import ImportStatus

S = ImportStatus


@dataclass(frozen=True)
class ImportStep:
    """From one status to the next. `by_worker`: the job makes it; everything else a person asks for."""

    frm: ImportStatus
    to: ImportStatus
    by_worker: bool = False


STEPS: tuple[ImportStep, ...] = (
    ImportStep(S.MAPPING, S.CHECKING),
    ImportStep(S.MAPPING, S.CANCELLED),
    ImportStep(S.CHECKING, S.CHECKED, by_worker=True),
    ImportStep(S.CHECKING, S.FAILED, by_worker=True),
    ImportStep(S.CHECKING, S.CANCELLED),
    ImportStep(S.CHECKED, S.CHECKING),  # the columns were corrected
    ImportStep(S.CHECKED, S.IMPORTING),
    ImportStep(S.CHECKED, S.CANCELLED),
    ImportStep(S.IMPORTING, S.IMPORTED, by_worker=True),
    ImportStep(S.IMPORTING, S.FAILED, by_worker=True),
    ImportStep(S.IMPORTING, S.CHECKED),  # stopped in time: nothing was written, the decisions stay
    ImportStep(S.FAILED, S.CHECKING),
    ImportStep(S.FAILED, S.IMPORTING),
    ImportStep(S.FAILED, S.CANCELLED),
    ImportStep(S.IMPORTED, S.UNDOING),
    ImportStep(S.UNDOING, S.UNDONE, by_worker=True),
    ImportStep(S.UNDOING, S.IMPORTED, by_worker=True),  # could not be undone: everything stays
)

_PAIRS = frozenset((step.frm, step.to) for step in STEPS)

# While one of these stands, a job works on the file or waits for the worker.
AT_WORK = (S.CHECKING, S.IMPORTING, S.UNDOING)
# What a job becomes when it cannot be done.
GIVES_UP_AS: dict[str, ImportStatus] = {
    S.CHECKING: S.FAILED,
    S.IMPORTING: S.FAILED,
    S.UNDOING: S.IMPORTED,
}
# From these a person may correct the columns, and from these the file may be laid aside.
MAY_MAP = (S.MAPPING, S.CHECKED, S.FAILED)
MAY_CANCEL = (S.MAPPING, S.CHECKING, S.CHECKED, S.FAILED)
# An extract can be compared with our records, and acted upon, while it is one of these.
COMPARABLE = (S.CHECKED, S.IMPORTED)


def may_step(frm: str, to: str) -> bool:
    """Whether the table has this step."""
    return (ImportStatus(frm), ImportStatus(to)) in _PAIRS


def check_step(frm: str, to: str) -> None:
    """Raise `IllegalStep` for a step that is not in the table."""
    if not may_step(frm, to):
        raise IllegalStep(
            _("This file stands at “%(status)s” now. Look at it again.") % {"status": ImportStatus(frm).label}
        )
