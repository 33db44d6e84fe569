"""Reads about attachments."""

from __future__ import annotations

from django.db.models import QuerySet

from migrants.enums import ScanState
from migrants.models import Attachment, Case

SCANNED_AT_ONCE = 100


def attachments_of(case: Case) -> QuerySet[Attachment]:
    """The files of a case that were not taken back, the oldest first, with who added them."""
    return Attachment.objects.filter(case=case, removed_at__isnull=True).select_related("added_by")


def attachments_to_scan() -> list[Attachment]:
    """The files that wait longest for a virus scanner, with their cases; at most `SCANNED_AT_ONCE`."""
    waiting = Attachment.objects.filter(scan=ScanState.WAITING, removed_at__isnull=True)
    return list(waiting.select_related("case").order_by("added_at", "id")[:SCANNED_AT_ONCE])
