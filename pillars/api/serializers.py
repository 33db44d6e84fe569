"""Records of the pillars as JSON. No child and nobody who came is named here; counts are."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from pillars.models import (
    Business,
    BusinessGroup,
    EquipmentGrant,
    LearningCentre,
    Notice,
    OutreachSession,
    Training,
)


def link(noun: str) -> serializers.HyperlinkedIdentityField:
    """The address of one record of this kind."""
    return serializers.HyperlinkedIdentityField(
        view_name=f"pillars-api:{noun}-detail", lookup_url_kwarg="key"
    )


HEAD = ["id", "url", "village"]


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


class GroupLine(serializers.ModelSerializer[BusinessGroup]):
    """A business group, with its members counted."""

    url = link("business-group")
    members = serializers.IntegerField(source="members_now", read_only=True)

    class Meta:
        model = BusinessGroup
        fields = [*HEAD, "name", "sector", "formed_on", "decree_number", "ended_on", "members"]
        read_only_fields = fields


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


class TrainingLine(serializers.ModelSerializer[Training]):
    """A training for people of the village, with those who took part counted."""

    url = link("training")
    women = serializers.IntegerField(read_only=True)
    men = serializers.IntegerField(read_only=True)
    certificates = serializers.IntegerField(read_only=True)

    class Meta:
        model = Training
        fields = [
            *HEAD,
            "title",
            "organiser",
            "first_on",
            "last_on",
            "hours",
            "place",
            "group",
            "women",
            "men",
            "certificates",
        ]
        read_only_fields = fields


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
