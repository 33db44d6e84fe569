"""Learning centres as JSON; children are counted."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from pillars.api.serializers.addresses import HEAD, link
from pillars.models import CarerSession, LearningCentre


class CentreLine(serializers.ModelSerializer[LearningCentre]):
    """A learning centre."""

    url = link("learning-centre")

    class Meta:
        model = LearningCentre
        fields = [
            *HEAD,
            "name",
            "address",
            "opened_on",
            "opening_hours",
            "facilities",
            "closed_on",
        ]
        read_only_fields = fields


class CentreDetail(CentreLine):
    """One centre. `children`: how many are on its list now, for the village's own officers; else null."""

    children = serializers.SerializerMethodField()

    class Meta(CentreLine.Meta):
        fields = [*CentreLine.Meta.fields, "children"]
        read_only_fields = fields

    def get_children(self, _centre: LearningCentre) -> int | None:
        """A count, never a name."""
        count: Any = self.context["children"]
        return None if count is None else int(count)


class CarerSessionLine(serializers.ModelSerializer[CarerSession]):
    """A class for those who care for children; the note stays with the page."""

    url = link("carer-session")
    women = serializers.IntegerField(read_only=True)
    men = serializers.IntegerField(read_only=True)

    class Meta:
        model = CarerSession
        fields = [*HEAD, "held_on", "place", "topic", "speakers", "women", "men", "withdrawn_at"]
        read_only_fields = fields
