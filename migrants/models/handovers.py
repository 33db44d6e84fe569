"""What one officer handed to another when leaving: the minutes, and who holds each thing since then."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from migrants.references import handover_number
from villages.models import OfficerAssignment, Placed, PlacedQuerySet


class Work(models.TextChoices):
    """What an officer can hold. A case is held by whoever handles it; the rest by whoever wrote it down."""

    CASE = "case", _("Open cases")
    REFERRAL = "referral", _("Referrals without an answer")
    TASK = "task", _("Open tasks")
    FOLLOW_UP = "follow_up", _("Promised follow-ups")
    DOCUMENT = "document", _("Papers in hand")


class HandOver(Placed):
    """`giver` is the officer of `assignment`. `counted`: how many of each `Work` the giver held before."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    assignment = models.ForeignKey(OfficerAssignment, on_delete=models.PROTECT, related_name="+")
    giver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    handed_on = models.DateField(_("Handed over on"))
    counted = models.JSONField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = PlacedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(receiver=F("giver")), name="migrants_handover_to_another"),
        ]
        indexes = [models.Index(fields=["assignment", "-made_at"], name="migrants_handover_assignment")]

    @property
    def number(self) -> str:
        """What stands on the minutes: ST-2611-…"""
        return handover_number(self.handed_on, self.pk)


class HandedItem(models.Model):
    """One thing handed over. `number` and `due_on` name it on the minutes: never a person."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    hand_over = models.ForeignKey(HandOver, on_delete=models.PROTECT, related_name="items")
    work = models.CharField(max_length=9, choices=Work)
    subject = models.UUIDField()
    number = models.CharField(max_length=40, blank=True)
    due_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["hand_over", "work", "subject"], name="migrants_handed_once_a_hand_over"
            ),
        ]
        indexes = [models.Index(fields=["subject", "work"], name="migrants_handed_subject")]
