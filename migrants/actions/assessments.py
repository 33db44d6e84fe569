"""Writes about judgements: a round of red-flag questions, the path of a journey."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from audit.actions import record
from migrants import events
from migrants.deliveries import Delivery, deliver_once
from migrants.enums import Procedural
from migrants.holding import hold_journey
from migrants.models import Migration, ProceduralAssessment, RedFlagCheck
from migrants.path_rules import VERSION
from migrants.queries.assessments import path_of
from migrants.red_flags import Rules
from migrants.rules import check_in_village
from villages.access import Seat


@transaction.atomic
def log_red_flags(
    *, by: Seat, journey: Migration, key: UUID, rules: Rules, answers: Mapping[str, str], asked_on: date
) -> Delivery[RedFlagCheck]:
    """The answers stand in the journey with the signs they are by these rules. Same key: the first round.

    `answers`: code -> yes, no, unknown. Raises NotPermitted. Records `migration.flags_asked` with how many
    signs were found, not which.
    """
    village = check_in_village(by, journey)

    def make() -> RedFlagCheck:
        check = RedFlagCheck(
            pk=key,
            migration=journey,
            village=village,
            asked_on=asked_on,
            rule_version=rules.version,
            answers=dict(answers),
            hits=[flag.code for flag in rules.hits(answers)],
            logged_by=by.user,
        )
        check.save(force_insert=True)
        _record(events.FLAGS_ASKED, by, journey, {"hits": [None, len(check.hits)]})
        return check

    return deliver_once(RedFlagCheck.objects.filter(migration=journey), key, make)


@transaction.atomic
def assess_journey(
    *, by: Seat, journey: Migration, key: UUID, procedural: str, basis: str
) -> Delivery[ProceduralAssessment]:
    """Say by which path somebody went, on what basis, who judged it and when. "unknown" takes a judgement
    back. What the record said then, and the version of the rules, are kept with it. Same key: the first.

    Raises NotPermitted. Records `migration.assessed`; the basis stays in the record.
    """
    village = check_in_village(by, journey)
    journey = hold_journey(journey)
    judged = procedural != Procedural.UNKNOWN

    def make() -> ProceduralAssessment:
        before = journey.procedural
        journey.procedural, journey.procedural_basis = procedural, basis if judged else ""
        journey.procedural_by = by.user if judged else None
        journey.procedural_at = timezone.now() if judged else None
        journey.save()
        assessment = ProceduralAssessment(
            pk=key,
            migration=journey,
            village=village,
            procedural=procedural,
            basis=journey.procedural_basis,
            facts=path_of(journey, timezone.localdate()).facts,
            rule_version=VERSION,
            assessed_by=by.user,
        )
        assessment.save(force_insert=True)
        _record(events.MIGRATION_ASSESSED, by, journey, {"procedural": [before, procedural]})
        return assessment

    return deliver_once(ProceduralAssessment.objects.filter(migration=journey), key, make)


def _record(event: str, by: Seat, journey: Migration, changes: Mapping[str, list[Any]]) -> None:
    record(
        event,
        by=by,
        subject=journey,
        subject_label=journey.person.full_name,
        village=journey.village_id,
        changes=changes,
    )
