"""A correction changes one field of a closed case: asked by one person, approved by another."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from uuid_utils.compat import uuid7

from migrants.enums import CorrectionStatus
from migrants.models.cases import Case
from migrants.models.sealed import SealedText


class Correction(models.Model):
    """`old` and `new` are the values as text, sealed like all that is told of a case. What was asked is never
    rewritten, and a closed case changes only with an approved correction (triggers in the migrations).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="corrections")
    field = models.CharField(max_length=20, editable=False)
    old_sealed = models.BinaryField(null=True, blank=True)
    new_sealed = models.BinaryField(null=True, blank=True)
    reason_sealed = models.BinaryField()
    status = models.CharField(max_length=8, choices=CorrectionStatus, default=CorrectionStatus.ASKED)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    words_sealed = models.BinaryField(null=True, blank=True)

    old = SealedText("old_sealed", "correction.old")
    new = SealedText("new_sealed", "correction.new")
    reason = SealedText("reason_sealed", "correction.reason")
    words = SealedText("words_sealed", "correction.words")

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                name="migrants_correction_second_person",
            ),
            models.CheckConstraint(
                condition=Q(status="asked", decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(status="asked") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="migrants_correction_decided_by_and_at",
            ),
            models.UniqueConstraint(
                fields=["case", "field"],
                condition=Q(status="asked"),
                name="migrants_correction_one_at_a_time",
            ),
        ]

    @property
    def is_open(self) -> bool:
        """Whether a second person has to decide."""
        return self.status == CorrectionStatus.ASKED
