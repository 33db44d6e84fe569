"""Two records of one person, made one by the district, with all that is needed to undo it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from migrants.enums import Category
from migrants.models.people import Person
from villages.models import Placed, PlacedQuerySet


class PersonMerge(Placed):
    """`merged` leads to `kept` from now on. `moved` names the rows that followed, by table and column; who
    wrote them, and when, stays as it was. `standing_before`, `standing_after`: of the kept one."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges")
    merged = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("Reason"), max_length=300)
    moved = models.JSONField(default=dict)
    standing_before = models.CharField(max_length=14, choices=Category)
    standing_after = models.CharField(max_length=14, choices=Category)
    merged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    merged_at = models.DateTimeField(auto_now_add=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_reason = models.CharField(max_length=300, blank=True)

    objects = PlacedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("merged")), name="migrants_merge_of_two"),
            models.CheckConstraint(
                condition=Q(undone_by__isnull=True, undone_at__isnull=True, undone_reason="")
                | (Q(undone_by__isnull=False, undone_at__isnull=False) & ~Q(undone_reason="")),
                name="migrants_merge_undone_whole",
            ),
            models.UniqueConstraint(
                fields=["merged"], condition=Q(undone_at__isnull=True), name="migrants_merge_once"
            ),
        ]
        indexes = [models.Index(fields=["kept", "-merged_at"], name="migrants_merge_kept")]

    @property
    def moved_count(self) -> int:
        """How many rows followed."""
        return sum(len(keys) for keys in self.moved.values())
