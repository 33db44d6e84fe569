"""What every record of a pillar carries."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7

from villages.models import Placed, PlacedQuerySet


class Logged(Placed):
    """Who wrote it down, when."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    logged_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True


class WithdrawableQuerySet(PlacedQuerySet):
    """Records of which some were keyed by mistake."""

    def standing(self) -> Self:
        """Those that count: all but the withdrawn ones, which stay and stand in no list."""
        return self.filter(withdrawn_at__isnull=True)


class Withdrawable(Logged):
    """May have been keyed by mistake: withdrawn with a reason, the row stays and counts nowhere."""

    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    withdrawn_reason = models.CharField(max_length=200, blank=True, editable=False)

    objects = WithdrawableQuerySet.as_manager()

    class Meta:
        abstract = True


def withdrawn_together(name: str) -> models.CheckConstraint:
    """Who, when and why of a withdrawal stand together, or none of them."""
    return models.CheckConstraint(
        condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_reason="")
        | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason=""),
        name=name,
    )
