"""Pages with their filters that somebody wants to find again."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7


class SavedView(models.Model):
    """The address of a page of this site, under a name of its owner's choice. Nobody else sees it; what the
    page shows is decided when it is opened."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("Name"), max_length=60)
    address = models.CharField(_("Address"), max_length=400)
    saved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="reports_view_one_of_a_name"),
            models.CheckConstraint(
                condition=models.Q(address__regex=r"^/[^/\\]"), name="reports_view_of_this_site"
            ),
        ]

    def __str__(self) -> str:
        return self.name
