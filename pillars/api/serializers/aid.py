"""Equipment aid as JSON, and in which condition it was found."""

from __future__ import annotations

from rest_framework import serializers

from pillars.api.serializers.addresses import HEAD, link
from pillars.enums import Condition
from pillars.models import EquipmentCheck, EquipmentGrant, EquipmentItem


class AidLine(serializers.ModelSerializer[EquipmentGrant]):
    """Equipment handed over to a group or to a business; worth and pieces are null before it has items."""

    url = link("aid")
    worth_rupiah = serializers.IntegerField(source="total", read_only=True, allow_null=True)
    pieces = serializers.IntegerField(read_only=True, allow_null=True)

    class Meta:
        model = EquipmentGrant
        fields = [
            *HEAD,
            "group",
            "business",
            "source",
            "year",
            "giver",
            "handed_on",
            "bast_number",
            "worth_rupiah",
            "pieces",
        ]
        read_only_fields = fields


class CheckTold(serializers.ModelSerializer[EquipmentCheck]):
    """What somebody saw of an item: its pieces by condition."""

    class Meta:
        model = EquipmentCheck
        fields = ["id", "checked_on", *Condition.values, "reason"]
        read_only_fields = fields


class ItemLine(serializers.ModelSerializer[EquipmentItem]):
    """So many pieces of one thing, with every check, the last one first."""

    url = link("aid-item")
    replaced_by = serializers.PrimaryKeyRelatedField[EquipmentItem](
        read_only=True, default=None, allow_null=True
    )
    checks = CheckTold(many=True, read_only=True)

    class Meta:
        model = EquipmentItem
        fields = [
            "id",
            "url",
            "grant",
            "name",
            "quantity",
            "unit_price",
            "serial_number",
            "handed_on",
            "replaces",
            "replaced_by",
            "checks",
        ]
        read_only_fields = fields
