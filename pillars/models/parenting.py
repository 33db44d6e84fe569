"""Pillar 3: learning centres."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pillars.models.logged import Logged
from villages.models import PlacedQuerySet


class LearningCentre(Logged):
    """Rumah belajar (pillar 3). Children are only counted here; their names are not collected."""

    name = models.CharField(_("Name of the centre"), max_length=120)
    address = models.CharField(_("Address"), max_length=200)
    opened_on = models.DateField(_("Opened on"))
    opening_hours = models.CharField(_("Opening hours"), max_length=120, blank=True)
    facilitators = models.PositiveSmallIntegerField(_("Facilitators"), default=0)
    girls = models.PositiveSmallIntegerField(_("Girls served"), default=0)
    boys = models.PositiveSmallIntegerField(_("Boys served"), default=0)
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
