"""Files made from an edition."""

from __future__ import annotations

from django.db import models
from uuid_utils.compat import uuid7

from reports.models.editions import ReportEdition


class GeneratedFile(models.Model):
    """A file made from an edition, published atomically under MEDIA_ROOT with its own SHA-256."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    edition = models.ForeignKey(ReportEdition, on_delete=models.PROTECT, related_name="files")
    kind = models.CharField(max_length=4, choices=[("pdf", "PDF")])
    language = models.CharField(max_length=2, default="id")
    path = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveBigIntegerField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "kind", "language"], name="reports_file_one_a_kind"),
        ]
