"""Duty days and duty reports as JSON."""

from __future__ import annotations

from typing import TypedDict

from rest_framework import serializers

from pillars.api.serializers.addresses import HEAD, link
from pillars.models import CentreEquipment, DutyDay, DutyReport, ServiceCentre


class DutyDayLine(serializers.ModelSerializer[DutyDay]):
    """What an officer did on a day; `from_log`: as visits and sessions of the day proposed it."""

    class Meta:
        model = DutyDay
        fields = ["village", "day", "kind", "from_log"]
        read_only_fields = fields


class MonthConfirmed(TypedDict):
    """How many days of a month were new in the duty record."""

    month: str
    days: int


class DutyReportLine(serializers.ModelSerializer[DutyReport]):
    """The duty report of an officer for a month; `counts`: what the log says, by its names."""

    url = link("duty-report")
    officer = serializers.CharField(source="officer.full_name", read_only=True)
    month = serializers.CharField(source="period.slug", read_only=True)
    counts = serializers.DictField(read_only=True)

    class Meta:
        model = DutyReport
        fields = [
            *HEAD,
            "officer",
            "month",
            "status",
            "counts",
            "made_at",
            "countersigned_at",
            "stipend_rupiah",
            "version",
        ]
        read_only_fields = fields


class EquipmentTold(serializers.ModelSerializer[CentreEquipment]):
    """So many things of a kind, and how many of them can be used."""

    class Meta:
        model = CentreEquipment
        fields = ["kind", "total", "usable"]
        read_only_fields = fields


class ServiceCentreLine(serializers.ModelSerializer[ServiceCentre]):
    """Where and when the officers of a village are found. Kinds of equipment it has none of are left out."""

    url = link("service-centre")
    equipment = EquipmentTold(many=True, read_only=True)

    class Meta:
        model = ServiceCentre
        fields = [
            *HEAD,
            "place",
            "address",
            "opening_hours",
            "phone",
            "internet",
            "opened_on",
            "equipment",
        ]
        read_only_fields = fields
