"""Pillar 1: outreach sessions."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pillars.enums import OutreachTopic
from pillars.models.logged import Logged
from villages.models import PlacedQuerySet


class OutreachSession(Logged):
    """Sosialisasi: a public information session (pillar 1). Heads are counted, not named."""

    held_on = models.DateField(_("Date"))
    place = models.CharField(_("Place"), max_length=120)
    topic = models.CharField(_("Topic"), max_length=16, choices=OutreachTopic)
    women = models.PositiveIntegerField(_("Women present"))
    men = models.PositiveIntegerField(_("Men present"))
    speakers = models.CharField(_("Speakers"), max_length=200, blank=True)
    note = models.TextField(_("Note"), blank=True, max_length=4000)

    objects = PlacedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(women__lte=5000, men__lte=5000), name="pillars_outreach_heads_believable"
            ),
        ]
        indexes = [
            models.Index(fields=["village", "-held_on", "-id"], name="pillars_outreach_village"),
            models.Index(fields=["district", "-held_on"], name="pillars_outreach_district"),
            models.Index(fields=["held_on"], name="pillars_outreach_day"),
        ]
