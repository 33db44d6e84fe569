"""Mentoring, marketing partners and contributions as JSON."""

from __future__ import annotations

from rest_framework import serializers

from pillars.api.serializers.addresses import HEAD, link
from pillars.models import Contribution, MarketingPartner, MentoringVisit


class MentoringLine(serializers.ModelSerializer[MentoringVisit]):
    """Somebody came to a group or a business to help."""

    url = link("mentoring-visit")

    class Meta:
        model = MentoringVisit
        fields = [*HEAD, "group", "business", "visited_on", "mentor", "topic", "agreed", "next_on"]
        read_only_fields = fields


class MarketLine(serializers.ModelSerializer[MarketingPartner]):
    """Who sells for a group or a business; `until` is null while they do."""

    url = link("marketing-partner")

    class Meta:
        model = MarketingPartner
        fields = [*HEAD, "group", "business", "name", "kind", "channel", "since", "until"]
        read_only_fields = fields


class ContributionLine(serializers.ModelSerializer[Contribution]):
    """What a partner gave to the village: money, something in kind, or both."""

    url = link("contribution")

    class Meta:
        model = Contribution
        fields = [*HEAD, "partner_kind", "partner", "what", "given_on", "value", "in_kind"]
        read_only_fields = fields
