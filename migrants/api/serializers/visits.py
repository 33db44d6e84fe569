"""Visits as JSON."""

from __future__ import annotations

from rest_framework import serializers

from migrants.models import ServiceVisit


class VisitSerializer(serializers.ModelSerializer[ServiceVisit]):
    """A visit as it is answered: no identity number, and the name only of whom the reader may see."""

    url = serializers.HyperlinkedIdentityField(view_name="migrants-api:visit-detail", lookup_url_kwarg="key")
    number = serializers.CharField(read_only=True)
    person_name = serializers.CharField(
        source="person.full_name", default=None, allow_null=True, read_only=True
    )
    village = serializers.CharField(source="village_id", read_only=True)
    withdrawn = serializers.SerializerMethodField()

    class Meta:
        model = ServiceVisit
        fields = [
            "id",
            "url",
            "number",
            "village",
            "person",
            "person_name",
            "visitor_name",
            "visitor_sex",
            "visited_on",
            "topic",
            "channel",
            "outcome",
            "note",
            "minutes",
            "follow_up_on",
            "followed_up_at",
            "withdrawn",
        ]
        read_only_fields = fields

    def get_withdrawn(self, visit: ServiceVisit) -> bool:
        """Withdrawn visits stay in the list and count nowhere."""
        return visit.withdrawn_at is not None
