"""Family cards and returns as JSON."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from migrants.api.serializers.people import PersonLine
from migrants.enums import Carer
from migrants.models import Household, ReturnRecord


class HouseholdDetail(serializers.ModelSerializer[Household]):
    """A family card and who is on it; `context["members"]` holds them, `context["counts"]` says whether the
    reader may know how many children there are. No child is named: neither is a brother or sister who cares.
    """

    url = serializers.HyperlinkedIdentityField(
        view_name="migrants-api:household-detail", lookup_url_kwarg="key"
    )
    village = serializers.CharField(source="village_id", read_only=True)
    card = serializers.CharField(source="card_masked", read_only=True)
    members = serializers.SerializerMethodField()
    children = serializers.SerializerMethodField()
    carer_name = serializers.SerializerMethodField()

    class Meta:
        model = Household
        fields = [
            "id",
            "url",
            "village",
            "card",
            "address",
            "hamlet",
            "neighbourhood",
            "members",
            "children",
            "carer_kind",
            "carer",
            "carer_name",
            "care_noted_at",
            "version",
        ]
        read_only_fields = fields

    @extend_schema_field(PersonLine(many=True))
    def get_members(self, household: Household) -> Any:  # noqa: ARG002
        """Everybody on the card whom the reader may see, by name."""
        return PersonLine(self.context["members"], many=True, context=self.context).data

    def get_children(self, household: Household) -> int | None:
        """How many children under 18 live there, for the village's own officers; else null."""
        return household.children if self.context["counts"] else None

    def get_carer_name(self, household: Household) -> str:
        """Who cares and is not on the card; "" for an older brother or sister."""
        return "" if household.carer_kind == Carer.SIBLING else household.carer_name


class ReturnTold(serializers.ModelSerializer[ReturnRecord]):
    """How somebody came home and what follows."""

    journey = serializers.UUIDField(source="migration_id", read_only=True)
    needs = serializers.ListField(child=serializers.CharField(), read_only=True)
    services = serializers.CharField(read_only=True)

    class Meta:
        model = ReturnRecord
        fields = [
            "journey",
            "reason",
            "needs",
            "plan",
            "skills",
            "services",
            "handed_over_on",
            "received_by",
            "logged_at",
            "version",
        ]
        read_only_fields = fields
