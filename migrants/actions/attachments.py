"""Writes about attachments: add one to a case, note who took it along, take it back."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.actions import record
from migrants import events
from migrants.actions.cases import locked, touch, write_event
from migrants.attached_files import keep_file, new_path, path_of
from migrants.case_states import IllegalStep
from migrants.deliveries import Delivery, deliver_once
from migrants.enums import CaseEventKind
from migrants.models import Attachment, Case
from migrants.rules import check_can_attach
from migrants.uploads import Clean
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
        row.path, row.caption = new_path(), caption
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


def _record(event: str, by: Seat, attachment: Attachment) -> None:
    case = attachment.case
    record(event, by=by, subject=case, subject_label=case.number, village=case.village_id)
