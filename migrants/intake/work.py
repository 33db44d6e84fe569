"""The right to work on a file: claimed, shown to be alive, lost, given back. One job at a time, however many
workers; it survives the kill of its worker.

1. Claim the row: its fence grows by one. Whoever holds an older fence may no longer write. 2. Show a sign of
life and the rows done after every batch, over a connection of its own, since the import itself is one
transaction. 3. At the end, lock the row with the own fence and take the step to the next status.

Killed before the end, the row stands at work without a sign of life; `take_back_stalled` gives it to the next
worker. After the third start it is given up.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from audit.actions import record
from migrants import events
from migrants.enums import ImportFailure, ImportStatus
from migrants.import_states import AT_WORK, GIVES_UP_AS, check_step
from migrants.models import RegisterImport
from villages.access import Seat

log = logging.getLogger(__name__)

ANNOUNCE_AGAIN_AFTER = timedelta(seconds=120)
_SHOW = """
    UPDATE migrants_registerimport SET heart_at = clock_timestamp(), rows_done = %s, rows_total = %s
    WHERE id = %s AND fence = %s AND status = %s
"""


class FenceLost(Exception):
    """Another worker has taken the file over, or a person has stopped the job; what is done counts for
    nothing."""


@dataclass(frozen=True)
class Claim:
    """The right to do the job that `status` names on a file, until somebody claims it with a later fence."""

    register_id: UUID
    fence: int
    status: ImportStatus

    def show(self, rows_done: int, rows_total: int) -> None:
        """The row shows a sign of life and how far the job is. Raises `FenceLost`."""
        with connection.cursor() as cursor:
            self._show(cursor, rows_done, rows_total)

    @contextmanager
    def shown_apart(self) -> Iterator[Callable[[int, int], None]]:
        """`show` over a connection of its own: others see it while the job's transaction is open."""
        apart = connection.copy()
        try:
            yield lambda rows_done, rows_total: self._show_on(apart, rows_done, rows_total)
        finally:
            apart.close()

    def locked(self) -> RegisterImport:
        """The row, locked until the transaction ends. Raises `FenceLost`."""
        row = (
            RegisterImport.objects.select_for_update()
            .filter(pk=self.register_id, fence=self.fence, status=self.status)
            .first()
        )
        if row is None:
            raise FenceLost
        return row

    def _show_on(self, apart: Any, rows_done: int, rows_total: int) -> None:
        with apart.cursor() as cursor:
            self._show(cursor, rows_done, rows_total)

    def _show(self, cursor: Any, rows_done: int, rows_total: int) -> None:
        cursor.execute(_SHOW, [rows_done, rows_total, self.register_id, self.fence, self.status])
        if not cursor.rowcount:
            raise FenceLost


@transaction.atomic
def claim(register_id: UUID) -> Claim | None:
    """The right to do the job that waits on the file; None when somebody else is at it or nothing waits."""
    row = (
        RegisterImport.objects.select_for_update()
        .filter(Q(heart_at__isnull=True) | _silent(), pk=register_id, status__in=AT_WORK)
        .first()
    )
    if row is None:
        return None
    if row.attempts >= settings.IMPORT_ATTEMPTS:
        _give_up(row, ImportFailure.STALLED)
        return None
    row.fence += 1
    row.attempts += 1
    row.rows_done = 0
    row.started_at = row.heart_at = timezone.now()
    row.save(update_fields=["fence", "attempts", "rows_done", "started_at", "heart_at"])
    return Claim(row.pk, row.fence, ImportStatus(row.status))


def take_back_stalled() -> list[UUID]:
    """Files to announce now: those whose worker fell silent, and those the broker was never told of.

    One that fell silent on its last start is given up instead.
    """
    waiting = Q(heart_at__isnull=True) & (
        Q(announced_at__isnull=True) | Q(announced_at__lt=timezone.now() - ANNOUNCE_AGAIN_AFTER)
    )
    found = []
    with transaction.atomic():
        rows = RegisterImport.objects.select_for_update(skip_locked=True).filter(status__in=AT_WORK)
        for row in rows.filter(waiting | _silent()).order_by("uploaded_at"):
            if row.heart_at is not None and row.attempts >= settings.IMPORT_ATTEMPTS:
                _give_up(row, ImportFailure.STALLED)
                continue
            if row.heart_at is not None:
                log.warning("The work on file %s fell silent on start %s.", row.pk, row.attempts)
            row.heart_at = None
            row.save(update_fields=["heart_at"])
            found.append(row.pk)
    return found


@contextmanager
def patient_transaction() -> Iterator[None]:
    """A transaction whose statements and pauses may take as long as a job's do, not as a page's."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = '300s'")
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = '300s'")
            # Tables grow while a job runs: a plan kept from when they were small would go through all rows.
            cursor.execute("SET LOCAL plan_cache_mode = 'force_custom_plan'")
        yield


def note_announced(register_id: UUID) -> None:
    """The broker has been told of the waiting job."""
    RegisterImport.objects.filter(pk=register_id, status__in=AT_WORK).update(announced_at=timezone.now())


def begin_job(row: RegisterImport, to: ImportStatus) -> None:
    """The locked row waits for the worker to do the job `to` names. Raises `IllegalStep`."""
    check_step(row.status, to)
    row.status = to
    row.fence += 1
    row.attempts = row.rows_done = row.rows_total = 0
    row.failure = row.failure_sentence = ""
    row.announced_at = row.heart_at = row.started_at = None


def end_job(row: RegisterImport, to: ImportStatus) -> None:
    """The locked row has left the job for `to`; a worker still at it has lost its fence. Raises
    `IllegalStep`."""
    check_step(row.status, to)
    row.status = to
    row.fence += 1
    row.heart_at = None


def give_up(work: Claim, failure: ImportFailure, sentence: str = "") -> None:
    """The job is over without a result; the row says why."""
    try:
        with transaction.atomic():
            _give_up(work.locked(), failure, sentence)
    except FenceLost:
        log.warning("File %s was taken over by another worker.", work.register_id)


def try_again(work: Claim) -> None:
    """The job waits for another start, unless this was the last one."""
    try:
        with transaction.atomic():
            row = work.locked()
            if row.attempts >= settings.IMPORT_ATTEMPTS:
                _give_up(row, ImportFailure.CHANGED)
                return
            row.heart_at = row.announced_at = None
            row.save(update_fields=["heart_at", "announced_at"])
    except FenceLost:
        log.warning("File %s was taken over by another worker.", work.register_id)


def record_file(
    event: str,
    row: RegisterImport,
    *,
    by: User | Seat | None,
    changes: Mapping[str, Any] | None = None,
    reason: str = "",
) -> None:
    """The trail says what happened to a file, where it belongs. `by` None: the worker or a command."""
    record(
        event,
        by=by,
        subject=row,
        subject_label=row.file_name,
        village=row.village_id or row.district_id,
        changes=changes,
        reason=reason,
    )


def _silent() -> Q:
    before = timezone.now() - timedelta(seconds=settings.IMPORT_STALLED_SECONDS)
    return Q(heart_at__lt=before)


def _give_up(row: RegisterImport, failure: ImportFailure, sentence: str = "") -> None:
    end_job(row, GIVES_UP_AS[row.status])
    row.failure, row.failure_sentence = failure, sentence[:300]
    row.save()
    record_file(events.REGISTER_FAILED, row, by=None, reason=str(failure))
