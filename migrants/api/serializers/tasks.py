"""Tasks as JSON."""

from __future__ import annotations

from rest_framework import serializers

from migrants.models import Task


class TaskTold(serializers.ModelSerializer[Task]):
    """Something to be done by a day: by a `rule`, or in an officer's own words. `about`: what of the village
    it is about, with its id, such as a business; `why`: of one that was dropped."""

    url = serializers.HyperlinkedIdentityField(view_name="migrants-api:task-detail", lookup_url_kwarg="key")
    village = serializers.CharField(source="village_id", read_only=True)
    title = serializers.CharField(read_only=True)
    journey = serializers.UUIDField(source="migration_id", read_only=True, allow_null=True)
    about_id = serializers.UUIDField(source="about_key", read_only=True, allow_null=True)
    why = serializers.CharField(read_only=True)

    class Meta:
        model = Task
        fields = [
            "id",
            "url",
            "village",
            "title",
            "rule",
            "person",
            "journey",
            "case",
            "about",
            "about_id",
            "event_on",
            "due_on",
            "status",
            "ended_at",
            "why",
        ]
        read_only_fields = fields
