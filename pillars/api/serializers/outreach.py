"""Public sessions and the information board as JSON."""

from __future__ import annotations

from rest_framework import serializers

from pillars.api.serializers.addresses import HEAD, link
from pillars.models import Notice, OutreachSession


class OutreachLine(serializers.ModelSerializer[OutreachSession]):
    """A public information session. `by_list`: the attendance list says how many came."""

    url = link("outreach-session")

    class Meta:
        model = OutreachSession
        fields = [
            *HEAD,
            "held_on",
            "place",
            "topic",
            "women",
            "men",
            "by_list",
            "speakers",
            "partner",
            "spend_rupiah",
            "withdrawn_at",
        ]
        read_only_fields = fields


class NoticeLine(serializers.ModelSerializer[Notice]):
    """An offer or a warning on the information board; `village` is null for one of the whole district."""

    url = link("notice")

    class Meta:
        model = Notice
        fields = [
            *HEAD,
            "district",
            "kind",
            "title",
            "words",
            "destination",
            "job",
            "source",
            "valid_from",
            "valid_until",
            "withdrawn_on",
        ]
        read_only_fields = fields
