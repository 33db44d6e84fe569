"""What is asked and judged of somebody who wants to leave as JSON: papers, red flags, the path."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypedDict

from rest_framework import serializers

from migrants.models import FamilyPermit, ProceduralAssessment, RedFlagCheck
from migrants.queries.assessments import PathView
from migrants.queries.documents import Checklist, Paper
from migrants.red_flags import Rules


class PaperTold(TypedDict):
    """A paper of the checklist; `version` is 0 while nobody wrote of it, `number` its last characters."""

    code: str
    kind: str
    label: str
    hint: str
    state: str
    number: str
    issued_on: date | None
    expires_on: date | None
    checked_by: str
    checked_at: datetime | None
    version: int


class ConditionTold(TypedDict):
    """A condition of the law; null while it cannot be said."""

    label: str
    met: bool | None
    words: str


class ChecklistTold(TypedDict):
    """The papers of a journey in their order, how many of the law's eight are settled, the conditions."""

    papers: list[PaperTold]
    settled: int
    conditions: list[ConditionTold]


class FlagTold(TypedDict):
    """A question as it is spoken, which answer is the sign, and what to say then."""

    code: str
    question: str
    answer: str
    what: str
    why: str
    source: str
    ask_next: str
    refer: list[str]


class RulesTold(TypedDict):
    """The questions of one version."""

    version: int
    valid_from: date
    flags: list[FlagTold]


class PathTold(TypedDict):
    """The path as it was judged, what the record says of it fact by fact, and what follows from that."""

    procedural: str
    basis: str
    proposed: str
    facts: dict[str, bool | None]


class RedFlagLine(serializers.ModelSerializer[RedFlagCheck]):
    """One round of questions; `hits` are the signs. A sign is no proof."""

    answers = serializers.DictField(child=serializers.CharField(), read_only=True)
    hits = serializers.ListField(child=serializers.CharField(), read_only=True)
    asked_by = serializers.CharField(source="logged_by.full_name", read_only=True)

    class Meta:
        model = RedFlagCheck
        fields = ["id", "asked_on", "rule_version", "answers", "hits", "asked_by", "logged_at"]
        read_only_fields = fields


class AssessmentLine(serializers.ModelSerializer[ProceduralAssessment]):
    """One judgement of the path, with what the record said then."""

    facts = serializers.DictField(child=serializers.BooleanField(allow_null=True), read_only=True)
    assessed_by = serializers.CharField(source="assessed_by.full_name", read_only=True)

    class Meta:
        model = ProceduralAssessment
        fields = ["id", "procedural", "basis", "facts", "rule_version", "assessed_by", "assessed_at"]
        read_only_fields = fields


class FamilyPermitLine(serializers.ModelSerializer[FamilyPermit]):
    """A family permit; `reference` is what stands on the paper."""

    url = serializers.HyperlinkedIdentityField(view_name="migrants-api:permit-detail", lookup_url_kwarg="key")
    village = serializers.CharField(source="village_id", read_only=True)
    journey = serializers.UUIDField(source="migration_id", read_only=True)
    person_name = serializers.CharField(source="migration.person.full_name", read_only=True)
    reference = serializers.CharField(read_only=True)

    class Meta:
        model = FamilyPermit
        fields = [
            "id",
            "url",
            "village",
            "journey",
            "person_name",
            "reference",
            "giver_name",
            "giver_relation",
            "given_on",
            "issued_at",
            "withdrawn_at",
            "withdrawn_reason",
        ]
        read_only_fields = fields


def told_paper(paper: Paper) -> PaperTold:
    """One paper; its number is masked."""
    row = paper.document
    return {
        "code": paper.code,
        "kind": paper.kind.value,
        "label": str(paper.label),
        "hint": str(paper.hint),
        "state": paper.state.value,
        "number": row.number_masked if row else "",
        "issued_on": row.issued_on if row else None,
        "expires_on": row.expires_on if row else None,
        "checked_by": row.verified_by.full_name if row and row.verified_by else "",
        "checked_at": row.verified_at if row else None,
        "version": row.version if row else 0,
    }


def told_checklist(checklist: Checklist) -> ChecklistTold:
    """The papers in the order of the page, and the conditions."""
    every = (*checklist.papers, *checklist.extras, *checklist.besides)
    return {
        "papers": [told_paper(paper) for paper in every],
        "settled": checklist.done,
        "conditions": [{"label": c.label, "met": c.met, "words": c.words} for c in checklist.conditions],
    }


def told_rules(rules: Rules) -> RulesTold:
    """The questions in their order."""
    return {
        "version": rules.version,
        "valid_from": rules.valid_from,
        "flags": [
            {
                "code": flag.code,
                "question": flag.question,
                "answer": flag.answer,
                "what": flag.what,
                "why": flag.why,
                "source": flag.source,
                "ask_next": flag.ask_next,
                "refer": [body.value for body in flag.refer],
            }
            for flag in rules.flags
        ],
    }


def told_path(procedural: str, basis: str, path: PathView) -> PathTold:
    """The path of a journey as it stands."""
    return {"procedural": procedural, "basis": basis, "proposed": path.proposed.value, "facts": path.facts}
