"""Businesses as JSON, with their papers and months."""

from __future__ import annotations

from rest_framework import serializers

from pillars.api.serializers.addresses import HEAD, link
from pillars.models import Business, BusinessPermit, Turnover


class BusinessLine(serializers.ModelSerializer[Business]):
    """A business of a group or of one person."""

    url = link("business")

    class Meta:
        model = Business
        fields = [
            *HEAD,
            "name",
            "sector",
            "product",
            "group",
            "owner",
            "started_on",
            "status",
            "closed_on",
            "export_ready_on",
            "version",
        ]
        read_only_fields = fields


class PermitLine(serializers.ModelSerializer[BusinessPermit]):
    """A paper of a business; `expires_on` is null when it does not expire."""

    class Meta:
        model = BusinessPermit
        fields = ["id", "kind", "number", "issued_on", "expires_on"]
        read_only_fields = fields


class TurnoverLine(serializers.ModelSerializer[Turnover]):
    """What a business said of a month; null is "do not know", never zero."""

    month = serializers.CharField(source="month.slug", read_only=True)

    class Meta:
        model = Turnover
        fields = ["month", "turnover", "costs", "women", "men", "channel", "version"]
        read_only_fields = fields
