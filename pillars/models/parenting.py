"""Pillar 3: learning centres and those who lead them."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pillars.enums import FacilitatorKind
from pillars.models.logged import Logged
from villages.models import PlacedQuerySet


class LearningCentre(Logged):
    """Rumah belajar (pillar 3). Its children and sessions are records of their own, for the village alone."""

    name = models.CharField(_("Name of the centre"), max_length=120)
    address = models.CharField(_("Address"), max_length=200)
    opened_on = models.DateField(_("Opened on"))
    opening_hours = models.CharField(_("Opening hours"), max_length=120, blank=True)
    facilities = models.CharField(_("Facilities"), max_length=300, blank=True)
    closed_on = models.DateField(_("Closed on"), null=True, blank=True)
    note = models.TextField(_("Note"), blank=True, max_length=4000)

    objects = PlacedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="pillars_centre_closes_after_opening",
            ),
        ]
        indexes = [
            models.Index(fields=["village", "-opened_on", "-id"], name="pillars_centre_village"),
            models.Index(fields=["district", "-opened_on"], name="pillars_centre_district"),
        ]

    def __str__(self) -> str:
        return self.name


class Facilitator(Logged):
    """Who leads sessions of a centre. Without a signed child-safety agreement nobody may: a trigger of the
    database keeps them off every session (`pillars_guard_leading`)."""

    centre = models.ForeignKey(LearningCentre, on_delete=models.PROTECT, related_name="facilitators")
    name = models.CharField(_("Name"), max_length=120)
    kind = models.CharField(_("Kind"), max_length=12, choices=FacilitatorKind)
    began_on = models.DateField(_("From"))
    left_on = models.DateField(_("Until"), null=True, blank=True)
    agreement_signed_on = models.DateField(_("Child-safety agreement signed on"), null=True, blank=True)

    objects = PlacedQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("began_on")),
                name="pillars_facilitator_leaves_after_beginning",
            ),
        ]
        indexes = [models.Index(fields=["village", "centre"], name="pillars_facilitator_village")]

    def __str__(self) -> str:
        return self.name

    def serves_on(self, day: date) -> bool:
        """Whether the day lies within their time."""
        return self.began_on <= day and (self.left_on is None or self.left_on >= day)

    def has_signed_by(self, day: date) -> bool:
        """Whether the child-safety agreement was signed by that day."""
        return self.agreement_signed_on is not None and self.agreement_signed_on <= day
