"""The one photo of a child that a guardian may allow."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from pillars.models.children import Child
from pillars.models.photos import Photo, kept_or_removed, path_is_ours


class ChildPhoto(Photo):
    """A photo of a child, sealed under MEDIA_ROOT; one removed has no file any more. At most one is kept."""

    FOLDER = "child-photos"

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="portraits")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child"], condition=Q(removed_at__isnull=True), name="pillars_child_photo_once"
            ),
            kept_or_removed("pillars_child_photo_kept_or_removed"),
            path_is_ours("pillars_child_photo_path_is_ours", "child-photos"),
        ]

    @property
    def download_name(self) -> str:
        """A harmless name, which tells nothing of the child."""
        return self.named("foto")
