"""The one photo of a child that a guardian may allow."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7

from migrants.enums import AttachmentKind
from pillars.models.children import Child


class ChildPhoto(models.Model):
    """A photo of a child, sealed under MEDIA_ROOT; one removed has no file any more. At most one is kept."""

    FOLDER = "child-photos"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="portraits")
    kind = models.CharField(max_length=4, choices=AttachmentKind, editable=False)
    path = models.CharField(max_length=80, blank=True, editable=False)
    size_bytes = models.PositiveIntegerField(editable=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child"], condition=Q(removed_at__isnull=True), name="pillars_child_photo_once"
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_by__isnull=True) & ~Q(path="")
                | Q(removed_at__isnull=False, removed_by__isnull=False, path=""),
                name="pillars_child_photo_kept_or_removed",
            ),
            models.CheckConstraint(  # nothing else is ever read from the disk
                condition=Q(path="") | Q(path__regex=r"^child-photos/[0-9a-f]{32}\.sealed$"),
                name="pillars_child_photo_path_is_ours",
            ),
        ]

    @property
    def download_name(self) -> str:
        """A harmless name, which tells nothing of the child."""
        ending = "jpg" if self.kind == AttachmentKind.JPEG else self.kind
        return f"foto-{str(self.pk)[-6:]}.{ending}"
