"""Reads about judgements: what the record says of the path, and the latest check of red flags."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from migrants.enums import MigrationStatus, Procedural, Scheme
from migrants.milestones import Milestone
from migrants.models import JourneyMilestone, Migration, ProceduralAssessment, RedFlagCheck
from migrants.papers import DocumentKind, DocumentState
from migrants.path_rules import PathFact, proposed_path
from migrants.queries.documents import checklist_of


@dataclass(frozen=True)
class PathView:
    """What the record says of the path, fact by fact, and what follows from it."""

    facts: dict[str, bool | None]

    @property
    def proposed(self) -> Procedural:
        return proposed_path(self.facts)

    @property
    def lines(self) -> list[tuple[str, bool | None]]:
        """Label and answer of each fact."""
        return [(str(fact.label), self.facts[fact]) for fact in PathFact]


def path_of(journey: Migration, today: date) -> PathView:
    """What papers and milestones say of the path; None where they say nothing. Queries: 3."""
    checklist = checklist_of(journey, today)
    reached = set(JourneyMilestone.objects.filter(migration=journey).values_list("kind", flat=True))
    states = {paper.kind: paper.state for paper in (*checklist.papers, *checklist.besides)}

    def held(kind: DocumentKind, milestone: Milestone) -> bool | None:
        there = states[kind] in (DocumentState.IN_HAND, DocumentState.CHECKED)
        # A paper that expired was there once, and that is what the path asks.
        return True if there or states[kind] == DocumentState.EXPIRED or milestone in reached else None

    alone = journey.scheme in (Scheme.INDEPENDENT, Scheme.SEA_BASED, Scheme.UKPS)
    own = held(DocumentKind.WORK_AGREEMENT, Milestone.WORK_AGREEMENT) if alone else None
    return PathView(
        {
            PathFact.AGE.value: checklist.conditions[0].met,
            PathFact.AGREEMENT.value: held(DocumentKind.PLACEMENT_AGREEMENT, Milestone.PLACEMENT_AGREEMENT)
            or own,
            PathFact.VISA.value: held(DocumentKind.WORK_VISA, Milestone.VISA),
            PathFact.RECORDED.value: True if Milestone.E_PMI in reached else None,
        }
    )


def latest_check(journey: Migration) -> RedFlagCheck | None:
    """The latest round of questions; None before the first. Queries: 1."""
    rows = RedFlagCheck.objects.filter(migration=journey).select_related("logged_by")
    check: RedFlagCheck | None = rows.order_by("-logged_at", "-id").first()
    return check


def latest_assessment(journey: Migration) -> ProceduralAssessment | None:
    """The latest judgement of the path; None before the first. Queries: 1."""
    rows = ProceduralAssessment.objects.filter(migration=journey).select_related("assessed_by")
    row: ProceduralAssessment | None = rows.order_by("-assessed_at", "-id").first()
    return row


def may_be_asked(journey: Migration) -> bool:
    """Whether the questions fit: they are for somebody who prepares to depart."""
    return journey.status == MigrationStatus.PROSPECTIVE
