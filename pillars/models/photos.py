"""What every kept photo carries."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7

from migrants.enums import AttachmentKind


class Photo(models.Model):
    """A photo, sealed under MEDIA_ROOT in `FOLDER`; one removed has no file any more."""

    FOLDER: ClassVar[str]

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
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
        abstract = True

    def named(self, words: str) -> str:
        """A harmless name of a file for whoever takes it along."""
        ending = "jpg" if self.kind == AttachmentKind.JPEG else self.kind
        return f"{words}-{str(self.pk)[-6:]}.{ending}"


def kept_or_removed(name: str) -> models.CheckConstraint:
    """A photo is kept with its file, or removed by somebody without it."""
    return models.CheckConstraint(
        condition=Q(removed_at__isnull=True, removed_by__isnull=True) & ~Q(path="")
        | Q(removed_at__isnull=False, removed_by__isnull=False, path=""),
        name=name,
    )


def path_is_ours(name: str, folder: str) -> models.CheckConstraint:
    """Nothing else is ever read from the disk."""
    return models.CheckConstraint(
        condition=Q(path="") | Q(path__regex=rf"^{folder}/[0-9a-f]{{32}}\.sealed$"), name=name
    )
