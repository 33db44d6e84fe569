"""What a village plans: one line of its monthly plan, of any pillar."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pillars.enums import ActivityKind, Pillar
from pillars.models.logged import Logged
from pillars.models.outreach import OutreachSession
from villages.models import PlacedQuerySet


class PlannedActivity(Logged):
    """Planned until `held_on` or `dropped_why` says what became of it. `session`: the public session that was
    written down for it."""

    what = models.CharField(_("What"), max_length=120)
    kind = models.CharField(_("Kind"), max_length=10, choices=ActivityKind)
    pillar = models.CharField(_("Pillar"), max_length=20, choices=Pillar)
    planned_on = models.DateField(_("Date"))
    starts_at = models.TimeField(_("Time"), null=True, blank=True)
    place = models.CharField(_("Place"), max_length=120, blank=True)
    leads = models.CharField(_("Who leads it"), max_length=120, blank=True)
    held_on = models.DateField(_("Day it was held"), null=True, blank=True)
    session = models.OneToOneField(
        OutreachSession, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    dropped_why = models.CharField(_("Reason"), max_length=200, blank=True)

    objects = PlacedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(held_on__isnull=True) | Q(dropped_why=""), name="pillars_plan_held_or_dropped"
            ),
            models.CheckConstraint(
                condition=Q(session__isnull=True) | Q(held_on__isnull=False),
                name="pillars_plan_session_was_held",
            ),
        ]
        indexes = [
            models.Index(fields=["village", "planned_on"], name="pillars_activity_village"),
            models.Index(fields=["district", "planned_on"], name="pillars_activity_district"),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def is_open(self) -> bool:
        """Whether nobody has said what became of it."""
        return self.held_on is None and not self.dropped_why

    @property
    def standing(self) -> tuple[str, str]:
        """Kind and words of its tag."""
        if self.held_on:
            return "done", str(_("Held"))
        return ("", str(_("Dropped"))) if self.dropped_why else ("now", str(_("Planned")))
