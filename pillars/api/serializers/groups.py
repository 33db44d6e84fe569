"""Business groups and trainings as JSON: who is in them is counted."""

from __future__ import annotations

from rest_framework import serializers

from pillars.api.serializers.addresses import HEAD, link
from pillars.models import BusinessGroup, Training


class GroupLine(serializers.ModelSerializer[BusinessGroup]):
    """A business group, with its members counted."""

    url = link("business-group")
    members = serializers.IntegerField(source="members_now", read_only=True)

    class Meta:
        model = BusinessGroup
        fields = [*HEAD, "name", "sector", "formed_on", "decree_number", "ended_on", "members"]
        read_only_fields = fields


class TrainingLine(serializers.ModelSerializer[Training]):
    """A training for people of the village, with those who took part counted."""

    url = link("training")
    women = serializers.IntegerField(read_only=True)
    men = serializers.IntegerField(read_only=True)
    certificates = serializers.IntegerField(read_only=True)

    class Meta:
        model = Training
        fields = [
            *HEAD,
            "title",
            "organiser",
            "first_on",
            "last_on",
            "hours",
            "place",
            "group",
            "women",
            "men",
            "certificates",
        ]
        read_only_fields = fields
