"""Reads about attachments."""

from __future__ import annotations

from django.db.models import QuerySet

from migrants.models import Attachment, Case


def attachments_of(case: Case) -> QuerySet[Attachment]:
    """The files of a case that were not taken back, the oldest first, with who added them."""
    return Attachment.objects.filter(case=case, removed_at__isnull=True).select_related("added_by")
