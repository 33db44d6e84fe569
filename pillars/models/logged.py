"""What every record of a pillar carries."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from uuid_utils.compat import uuid7

from villages.models import Placed


class Logged(Placed):
    """Who wrote it down, when."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    logged_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True
