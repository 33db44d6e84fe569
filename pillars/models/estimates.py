"""How many villagers are abroad as far as the village can reckon, beside those it knows by name."""

from __future__ import annotations

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from pillars.enums import EstimateSource
from pillars.models.logged import Logged
from villages.models import PlacedQuerySet

MOST_ABROAD = 20_000  # more people than nearly any village has


class AbroadEstimateQuerySet(PlacedQuerySet):
    def latest_by(self, day: object) -> AbroadEstimateQuerySet:
        """Each village's last estimate of that day or earlier; of one day, the one written last."""
        mine = AbroadEstimate.objects.filter(village=OuterRef("village_id"), estimated_on__lte=day)
        last = mine.order_by("-estimated_on", "-logged_at", "-pk").values("pk")[:1]
        return self.filter(pk=Subquery(last))


class AbroadEstimate(Logged):
    """One reckoning of how many villagers are abroad. Never changed: a better one is written beside it."""

    estimated_on = models.DateField(_("Day of the estimate"))
    number = models.PositiveIntegerField(_("Villagers abroad"))
    source = models.CharField(_("Who reckoned it?"), max_length=10, choices=EstimateSource)
    how = models.CharField(_("How was it reckoned?"), max_length=200, blank=True)

    objects = AbroadEstimateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(number__lte=MOST_ABROAD), name="pillars_estimate_number_believable"
            ),
        ]
        indexes = [
            models.Index(
                fields=["village", "-estimated_on", "-logged_at", "-id"], name="pillars_estimate_village"
            ),
            models.Index(fields=["district", "-estimated_on"], name="pillars_estimate_place"),
        ]

    def __str__(self) -> str:
        return str(self.number)
