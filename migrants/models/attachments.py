"""A photo or paper that belongs to a case."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from migrants.enums import AttachmentKind, ScanState
from migrants.models.cases import Case
from migrants.models.sealed import SealedText


class Attachment(models.Model):
    """The file lies sealed under MEDIA_ROOT at `path`, a random name; one taken back, or found to carry a
    virus, has none any more."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="attachments")
    kind = models.CharField(max_length=4, choices=AttachmentKind, editable=False)
    path = models.CharField(max_length=80, blank=True, editable=False)
    size_bytes = models.PositiveIntegerField(editable=False)
    scan = models.CharField(max_length=8, choices=ScanState, default=ScanState.OFF, editable=False)
    caption_sealed = models.BinaryField(null=True, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    caption = SealedText("caption_sealed", "attachment.caption")

    class Meta:
        verbose_name = _("Attachment")
        ordering = ["added_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_by__isnull=True) & ~Q(path="")
                | Q(removed_at__isnull=False, removed_by__isnull=False, path="")
                | Q(removed_at__isnull=False, removed_by__isnull=True, path="", scan=ScanState.INFECTED),
                name="migrants_attachment_kept_or_removed",
            ),
            models.CheckConstraint(  # nothing else is ever read from the disk
                condition=Q(path="") | Q(path__regex=r"^attachments/[0-9a-f]{32}\.sealed$"),
                name="migrants_attachment_path_is_ours",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "added_at"], name="migrants_attachment_case"),
            models.Index(
                fields=["added_at"], name="migrants_attachment_waiting", condition=Q(scan=ScanState.WAITING)
            ),
        ]

    @property
    def waits_for_scan(self) -> bool:
        """Whether nobody may take it along yet."""
        return self.scan == ScanState.WAITING

    @property
    def download_name(self) -> str:
        """A harmless name for whoever takes it along."""
        ending = "jpg" if self.kind == AttachmentKind.JPEG else self.kind
        return f"{self.case.number}-{str(self.pk)[-6:]}.{ending}"
