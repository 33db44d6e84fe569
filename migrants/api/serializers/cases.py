"""Cases and referrals as JSON."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from migrants.case_states import steps_from
from migrants.models import Case, CaseEvent, Correction, Referral
from migrants.queries.cases import Ball
from migrants.rules import can_step


class BallTold(TypedDict):
    """Who holds a case, since when, what happens next and by which day."""

    party: str
    where: str
    since: date | None
    working_days: int
    next: str
    act_by: date | None
    days_late: int
    climbed: str | None
    mine: bool


class StepTold(TypedDict):
    """A step the reader may make; `way` says by which call."""

    to: str
    label: str
    way: str
    needs_words: bool


class CaseLine(serializers.ModelSerializer[Case]):
    """A case as a list has it; `context["balls"]` says by key who holds it."""

    url = serializers.HyperlinkedIdentityField(view_name="migrants-api:case-detail", lookup_url_kwarg="key")
    village = serializers.CharField(source="village_id", read_only=True)
    subject = serializers.CharField(read_only=True)
    ball = serializers.SerializerMethodField()

    class Meta:
        model = Case
        fields = [
            "id",
            "url",
            "number",
            "village",
            "person",
            "subject",
            "type",
            "severity",
            "restricted",
            "status",
            "reported_on",
            "closed_on",
            "last_action_on",
            "version",
            "ball",
        ]
        read_only_fields = fields

    def get_ball(self, case: Case) -> BallTold | None:
        """Who holds the case, since when, what happens next and by which day; null when it is over."""
        ball: Ball = self.context["balls"][case.pk]
        if not case.is_open:
            return None
        return {
            "party": ball.party.value,
            "where": ball.where,
            "since": ball.since,
            "working_days": ball.days,
            "next": ball.next,
            "act_by": ball.act_by,
            "days_late": ball.late,
            "climbed": ball.climbed and ball.climbed.value,
            "mine": ball.mine,
        }


class CaseEventSerializer(serializers.ModelSerializer[CaseEvent]):
    """One line of the timeline."""

    text = serializers.CharField(read_only=True)
    by = serializers.CharField(source="logged_by.full_name", default="", read_only=True)

    class Meta:
        model = CaseEvent
        fields = ["kind", "from_status", "to_status", "happened_on", "text", "by", "logged_at"]
        read_only_fields = fields


class ReferralLine(serializers.ModelSerializer[Referral]):
    """A referral as a list has it: what was asked and answered stands on its own page."""

    url = serializers.HyperlinkedIdentityField(
        view_name="migrants-api:referral-detail", lookup_url_kwarg="key"
    )
    number = serializers.CharField(read_only=True)

    class Meta:
        model = Referral
        fields = [
            "id",
            "url",
            "number",
            "case",
            "body",
            "office",
            "letter_number",
            "status",
            "sent_on",
            "answer_by",
            "received_on",
            "answered_on",
            "answer_visit",
        ]
        read_only_fields = fields


class ReferralDetail(ReferralLine):
    """One referral with its words."""

    request = serializers.CharField(read_only=True)
    answer = serializers.CharField(read_only=True)

    class Meta(ReferralLine.Meta):
        fields = [*ReferralLine.Meta.fields, "request", "answer"]
        read_only_fields = fields


class CaseDetail(CaseLine):
    """One case with what was told; `context` holds `seat`, `timeline` and `referrals` too."""

    narrative = serializers.CharField(read_only=True)
    result = serializers.CharField(read_only=True)
    timeline = serializers.SerializerMethodField()
    referrals = serializers.SerializerMethodField()
    next_steps = serializers.SerializerMethodField()

    class Meta(CaseLine.Meta):
        fields = [
            *CaseLine.Meta.fields,
            "reporter",
            "reporter_name",
            "reporter_phone",
            "channel",
            "incident_on",
            "country",
            "employer",
            "agency",
            "narrative",
            "close_reason",
            "result",
            "recovered_rupiah",
            "timeline",
            "referrals",
            "next_steps",
        ]
        read_only_fields = fields

    @extend_schema_field(CaseEventSerializer(many=True))
    def get_timeline(self, case: Case) -> object:  # noqa: ARG002
        """What happened, the newest first."""
        return CaseEventSerializer(self.context["timeline"], many=True).data

    @extend_schema_field(ReferralLine(many=True))
    def get_referrals(self, case: Case) -> object:  # noqa: ARG002
        """The referrals, oldest first."""
        return ReferralLine(self.context["referrals"], many=True, context=self.context).data

    def get_next_steps(self, case: Case) -> list[StepTold]:
        """The steps of the table that the reader may make from here; `way` says by which call."""
        return [
            {"to": step.to, "label": str(step.label), "way": step.way, "needs_words": step.needs_words}
            for step in steps_from(case.status)
            if can_step(self.context["seat"], step)
        ]


class CorrectionLine(serializers.ModelSerializer[Correction]):
    """A correction of one field of a closed case, and what a second person decided; values as the case keeps
    them, "" for nothing."""

    old = serializers.CharField(read_only=True)
    new = serializers.CharField(read_only=True)
    reason = serializers.CharField(read_only=True)
    words = serializers.CharField(read_only=True)
    asked_by = serializers.CharField(source="asked_by.full_name", read_only=True)
    decided_by = serializers.CharField(source="decided_by.full_name", default="", read_only=True)

    class Meta:
        model = Correction
        fields = [
            "id",
            "case",
            "field",
            "old",
            "new",
            "reason",
            "status",
            "asked_by",
            "asked_at",
            "words",
            "decided_by",
            "decided_at",
        ]
        read_only_fields = fields
