"""Areas, designations and officers as JSON."""

from __future__ import annotations

from rest_framework import serializers

from villages.models import (
    Designation,
    District,
    OfficerAssignment,
    Province,
    StageRecord,
    Subdistrict,
    Village,
)

AREA = ["code", "name", "valid_from", "valid_to", "successor"]


class ProvinceLine(serializers.ModelSerializer[Province]):
    """A province. `valid_to`: the last day of a code that a decree retired."""

    class Meta:
        model = Province
        fields = AREA
        read_only_fields = fields


class DistrictLine(serializers.ModelSerializer[District]):
    """A kabupaten or kota."""

    class Meta:
        model = District
        fields = [*AREA, "kind", "province"]
        read_only_fields = fields


class SubdistrictLine(serializers.ModelSerializer[Subdistrict]):
    """A kecamatan."""

    class Meta:
        model = Subdistrict
        fields = [*AREA, "district"]
        read_only_fields = fields


class VillageLine(serializers.ModelSerializer[Village]):
    """A village, in the programme or not."""

    url = serializers.HyperlinkedIdentityField(
        view_name="villages-api:village-detail", lookup_field="code", lookup_url_kwarg="code"
    )

    class Meta:
        model = Village
        fields = [*AREA, "url", "kind", "subdistrict", "district", "province"]
        read_only_fields = fields


class StageTold(serializers.ModelSerializer[StageRecord]):
    """One step of a designation."""

    class Meta:
        model = StageRecord
        fields = ["stage", "reached_on", "evidence", "recorded_at"]
        read_only_fields = fields


class DesignationLine(serializers.ModelSerializer[Designation]):
    """A village in the programme, or one that was."""

    url = serializers.HyperlinkedIdentityField(
        view_name="villages-api:designation-detail", lookup_url_kwarg="key"
    )

    class Meta:
        model = Designation
        fields = [
            "id",
            "url",
            "village",
            "district",
            "province",
            "cohort_year",
            "stage",
            "designated_on",
            "designated_by",
            "decree_number",
            "certainty",
            "ended_on",
            "end_reason",
        ]
        read_only_fields = fields


class DesignationDetail(DesignationLine):
    """One designation, with its steps."""

    stages = StageTold(many=True, read_only=True)

    class Meta(DesignationLine.Meta):
        fields = [*DesignationLine.Meta.fields, "source", "stages"]
        read_only_fields = fields


class OfficerLine(serializers.ModelSerializer[OfficerAssignment]):
    """An officer's assignment to a village."""

    url = serializers.HyperlinkedIdentityField(
        view_name="villages-api:officer-detail", lookup_url_kwarg="key"
    )
    officer = serializers.CharField(source="user.full_name", read_only=True)

    class Meta:
        model = OfficerAssignment
        fields = [
            "id",
            "url",
            "village",
            "district",
            "province",
            "officer",
            "slot",
            "starts_on",
            "ends_on",
            "decree_number",
            "end_reason",
            "open_work",
        ]
        read_only_fields = fields


class OfficerCosts(OfficerLine):
    """One assignment as those who manage officers read it."""

    class Meta(OfficerLine.Meta):
        fields = [*OfficerLine.Meta.fields, "stipend_rupiah", "funding"]
        read_only_fields = fields
