"""People and their journeys as JSON."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from migrants.journey_states import steps_from
from migrants.models import Consent, Migration, MigrationStep, Person
from migrants.queries.placements import Stage


class PersonLine(serializers.ModelSerializer[Person]):
    """A person as a list has it: no identity number."""

    url = serializers.HyperlinkedIdentityField(view_name="migrants-api:person-detail", lookup_url_kwarg="key")
    village = serializers.CharField(source="village_id", read_only=True)

    class Meta:
        model = Person
        fields = ["id", "url", "village", "full_name", "nickname", "sex", "birth_date", "category", "hamlet"]
        read_only_fields = fields


class PersonDetail(PersonLine):
    """One person; numbers are masked as on the page."""

    nik = serializers.CharField(source="nik_masked", read_only=True)
    passport = serializers.CharField(source="passport_masked", read_only=True)
    card = serializers.CharField(source="household.card_masked", default="", read_only=True)

    class Meta(PersonLine.Meta):
        fields = [
            *PersonLine.Meta.fields,
            "neighbourhood",
            "phone",
            "nik",
            "household",
            "card",
            "passport",
            "passport_expires_on",
            "education",
            "marital_status",
            "next_of_kin_name",
            "next_of_kin_relation",
            "next_of_kin_phone",
            "data_basis",
            "data_basis_note",
            "version",
        ]
        read_only_fields = fields


class ConsentTextTold(TypedDict):
    """What is read out before somebody consents."""

    version: str
    valid_from: date
    text: str


class ConsentLine(serializers.ModelSerializer[Consent]):
    """A person's consent for one purpose to one receiver, under a version of the text."""

    class Meta:
        model = Consent
        fields = [
            "id",
            "person",
            "purpose",
            "receiver",
            "text_version",
            "manner",
            "witness",
            "given_on",
            "expires_on",
            "withdrawn_at",
            "withdrawn_reason",
        ]
        read_only_fields = fields


class JourneyLine(serializers.ModelSerializer[Migration]):
    """A journey as a list has it."""

    url = serializers.HyperlinkedIdentityField(
        view_name="migrants-api:journey-detail", lookup_url_kwarg="key"
    )
    village = serializers.CharField(source="village_id", read_only=True)
    person_name = serializers.CharField(source="person.full_name", read_only=True)

    class Meta:
        model = Migration
        fields = [
            "id",
            "url",
            "village",
            "person",
            "person_name",
            "status",
            "scheme",
            "destination",
            "job",
            "procedural",
            "registered_on",
            "departed_on",
            "returned_on",
        ]
        read_only_fields = fields


class StepSerializer(serializers.ModelSerializer[MigrationStep]):
    """One line of a journey's history."""

    class Meta:
        model = MigrationStep
        fields = ["from_status", "to_status", "happened_on", "reason", "logged_at"]
        read_only_fields = fields


class MilestoneTold(TypedDict):
    """A milestone of the way; the day is null where it has not happened."""

    kind: str
    happened_on: date | None
    note: str


class JourneyStepTold(TypedDict):
    """A step of the table from here."""

    to: str
    label: str
    needs_reason: bool


class JourneyDetail(JourneyLine):
    """One journey; `context` holds its `stages` and `history`."""

    milestones = serializers.SerializerMethodField()
    history = serializers.SerializerMethodField()
    next_steps = serializers.SerializerMethodField()

    class Meta(JourneyLine.Meta):
        fields = [
            *JourneyLine.Meta.fields,
            "agency",
            "employer",
            "contract_starts_on",
            "contract_ends_on",
            "wage_amount",
            "wage_currency",
            "procedural_basis",
            "version",
            "milestones",
            "history",
            "next_steps",
        ]
        read_only_fields = fields

    def get_milestones(self, journey: Migration) -> list[MilestoneTold]:  # noqa: ARG002
        """Each milestone of the way; the day is null where it has not happened."""
        stages: list[Stage] = self.context["stages"]
        return [{"kind": stage.kind, "happened_on": stage.day, "note": stage.note} for stage in stages]

    @extend_schema_field(StepSerializer(many=True))
    def get_history(self, journey: Migration) -> object:  # noqa: ARG002
        """The steps made, the newest first."""
        return StepSerializer(self.context["history"], many=True).data

    def get_next_steps(self, journey: Migration) -> list[JourneyStepTold]:
        """The steps of the table from here."""
        return [
            {"to": step.to, "label": str(step.label), "needs_reason": step.needs_reason}
            for step in steps_from(journey.status)
        ]
