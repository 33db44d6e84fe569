"""The monthly plan, recruiters seen and estimates of villagers abroad as JSON."""

from __future__ import annotations

from rest_framework import serializers

from pillars.api.serializers.addresses import HEAD, link
from pillars.models import AbroadEstimate, PlannedActivity, RecruiterSighting


class ActivityLine(serializers.ModelSerializer[PlannedActivity]):
    """A line of the monthly plan; `held_on` or `dropped_why` says what became of it."""

    url = link("activity")
    starts_at = serializers.SerializerMethodField()

    class Meta:
        model = PlannedActivity
        fields = [
            *HEAD,
            "what",
            "kind",
            "pillar",
            "planned_on",
            "starts_at",
            "place",
            "leads",
            "held_on",
            "session",
            "dropped_why",
        ]
        read_only_fields = fields

    def get_starts_at(self, activity: PlannedActivity) -> str | None:
        """The time of the village's clock, as 09:00."""
        return None if activity.starts_at is None else f"{activity.starts_at:%H:%M}"


class RecruiterLine(serializers.ModelSerializer[RecruiterSighting]):
    """Somebody who looked for workers in the village."""

    url = link("recruiter")

    class Meta:
        model = RecruiterSighting
        fields = [
            *HEAD,
            "seen_on",
            "where",
            "company",
            "licence",
            "field_officer",
            "task_letter",
            "task_letter_on",
            "withdrawn_at",
        ]
        read_only_fields = fields


class EstimateLine(serializers.ModelSerializer[AbroadEstimate]):
    """How many villagers are abroad as somebody reckoned on a day; a better one is written beside it."""

    url = link("estimate")

    class Meta:
        model = AbroadEstimate
        fields = [*HEAD, "estimated_on", "number", "source", "how"]
        read_only_fields = fields
