"""What happened on a journey, day by day, and how its contract was extended."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from migrants.milestones import Milestone
from migrants.models.journeys import Migration


class JourneyMilestone(models.Model):
    """One dated milestone of a journey; each kind once. Departure and return stand in the journey."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    migration = models.ForeignKey(Migration, on_delete=models.PROTECT, related_name="milestones")
    kind = models.CharField(_("Milestone"), max_length=20, choices=Milestone)
    happened_on = models.DateField(_("Date"))
    note = models.CharField(_("Note"), max_length=200, blank=True)
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    logged_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["migration", "kind"], name="migrants_milestone_one_a_kind"),
        ]


class ContractExtension(models.Model):
    """The contract runs to a later day than before; `previous_end` None: none was known. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    migration = models.ForeignKey(Migration, on_delete=models.PROTECT, related_name="extensions")
    agreed_on = models.DateField(_("Agreed on"))
    previous_end = models.DateField(null=True, blank=True)
    ends_on = models.DateField(_("Contract ends on"))
    note = models.CharField(_("Note"), max_length=200, blank=True)
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    logged_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["logged_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(previous_end__isnull=True) | Q(ends_on__gt=F("previous_end")),
                name="migrants_extension_ends_later",
            ),
        ]
