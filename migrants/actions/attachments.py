"""Writes about attachments: add one to a case, note who took it along, take it back, what a scanner says."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.actions import record
from migrants import events
from migrants.actions.cases import locked, touch, write_event
from migrants.attached_files import body_of, keep_file, new_path, path_of
from migrants.case_states import IllegalStep
from migrants.deliveries import Delivery, deliver_once
from migrants.enums import CaseEventKind, ScanState
from migrants.models import Attachment, Case
from migrants.queries.attachments import attachments_to_scan
from migrants.rules import check_can_attach
from migrants.uploads import Clean
from migrants.virus_scanner import scan
from periods.clock import today_in
from villages.access import Seat

MOST_A_CASE = 30


@transaction.atomic
def add_attachment(
    *, by: Seat, case: Case, key: UUID, clean: Clean, caption: str = ""
) -> Delivery[Attachment]:
    """The file is part of the case, sealed on the disk under a random name; same key: the first one.

    Raises NotPermitted, `IllegalStep` for a case that is over or has too many. A file that cannot be
    written leaves no row. Records `attachment.added` without name or caption.
    """
    case = locked(case)
    check_can_attach(by, case)

    def make() -> Attachment:
        if Attachment.objects.filter(case=case, removed_at__isnull=True).count() >= MOST_A_CASE:
            raise IllegalStep(_("This case has 30 files already. Take one back first."))
        row = Attachment(pk=key, case=case, kind=clean.kind, size_bytes=len(clean.body), added_by=by.user)
        row.path, row.caption, row.scan = new_path(), caption, clean.scan
        row.save(force_insert=True)
        write_event(by, case, CaseEventKind.ATTACHED, text=caption, on=today_in(by.zone))
        touch(by, case)
        _record(events.ATTACHMENT_ADDED, by, row)
        keep_file(row, clean.body)  # last: nothing that follows can fail but the commit
        return row

    return deliver_once(Attachment.objects.filter(case=case), key, make)


@transaction.atomic
def note_attachment_opened(*, by: Seat, attachment: Attachment) -> None:
    """Record `attachment.opened`: who took which file along."""
    _record(events.ATTACHMENT_OPENED, by, attachment)


@transaction.atomic
def remove_attachment(*, by: Seat, attachment: Attachment) -> Attachment:
    """The file is gone from the disk; that it was there stays on record. A second call changes nothing.

    Raises NotPermitted, `IllegalStep` for a case that is over. Records `attachment.removed`.
    """
    case = locked(attachment.case)
    check_can_attach(by, case)
    row = Attachment.objects.select_for_update(of=("self",)).get(pk=attachment.pk)
    row.case = case
    if row.removed_at is not None:
        return row
    path = path_of(row)
    row.path, row.removed_at, row.removed_by = "", timezone.now(), by.user
    row.save()
    write_event(by, case, CaseEventKind.DETACHED, on=today_in(by.zone))
    _record(events.ATTACHMENT_REMOVED, by, row)
    transaction.on_commit(lambda: path.unlink(missing_ok=True))
    return row


def scan_waiting() -> int:
    """Files that came while the virus scanner was away were looked at, the oldest first. Returns how many.

    One that carries a virus is gone from the disk, and the case says so. Stops at the first that the scanner
    cannot be asked about. Records `attachment.infected`.
    """
    looked_at = 0
    for row in attachments_to_scan():
        body = body_of(row)
        seen = ScanState.CLEAN if body is None else scan(body)  # of a file that is gone nothing is handed out
        if seen not in (ScanState.CLEAN, ScanState.INFECTED):
            break
        note_scanned(attachment=row, seen=seen)
        looked_at += 1
    return looked_at


@transaction.atomic
def note_scanned(*, attachment: Attachment, seen: ScanState) -> None:
    """The file may be taken along, or is gone because it carries a virus; one taken back stays as it is."""
    case = locked(attachment.case)
    row = Attachment.objects.select_for_update(of=("self",)).get(pk=attachment.pk)
    if row.removed_at is not None or row.scan != ScanState.WAITING:
        return
    row.case, row.scan = case, seen
    if seen == ScanState.INFECTED:
        path = path_of(row)
        row.path, row.removed_at = "", timezone.now()
        write_event(None, case, CaseEventKind.INFECTED, on=timezone.localdate())
        _record(events.ATTACHMENT_INFECTED, None, row)
        transaction.on_commit(lambda: path.unlink(missing_ok=True))
    row.save()


def _record(event: str, by: Seat | None, attachment: Attachment) -> None:
    case = attachment.case
    record(event, by=by, subject=case, subject_label=case.number, village=case.village_id)
