"""A village enters the programme, moves from stage to stage, and leaves it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.keys import new_key
from audit.actions import record
from villages import events
from villages.access import Seat
from villages.enums import Certainty, Stage
from villages.holding import hold_village
from villages.models import Designation, StageRecord, Village
from villages.rules import (
    check_can_designate,
    check_can_end_designation,
    check_can_manage_programme,
    check_stage,
)


@transaction.atomic
def record_designation(
    *,
    by: Seat,
    key: UUID,
    village: Village,
    stage: str,
    cohort_year: int | None = None,
    designated_on: date | None = None,
    designated_by: str = "",
    decree_number: str = "",
    certainty: str = Certainty.OFFICIAL,
    source: str = "",
    note: str = "",
) -> Designation:
    """The village is in the programme at this stage, with the first step of its history. Same key: the first.

    `cohort_year`: None means unknown; with `designated_on` it is that date's year. Raises `NotPermitted`, and
    `NotPossible` when the village is in the programme already or the dates contradict each other. Records
    `designation.recorded`.
    """
    check_can_manage_programme(by)
    hold_village(village)
    first: Designation | None = Designation.objects.filter(pk=key).first()
    if first is not None and first.village_id == village.pk:
        return first
    facts: dict[str, Any] = {"stage": stage, "cohort_year": cohort_year, "designated_on": designated_on}
    facts["evidence"] = decree_number or source
    check_can_designate(village, **facts)
    if designated_on and cohort_year is None:
        cohort_year = designated_on.year
    designation: Designation = Designation.objects.create(
        pk=new_key() if first else key,
        village=village,
        stage=stage,
        cohort_year=cohort_year,
        designated_on=designated_on,
        designated_by=designated_by,
        decree_number=decree_number,
        certainty=certainty,
        source=source,
        note=note,
    )
    _write_beginning(by, designation)
    return designation


def _write_beginning(by: Seat, designation: Designation) -> None:
    """The first step of a designation's history, and the event."""
    StageRecord.objects.create(
        designation=designation,
        stage=designation.stage,
        reached_on=designation.designated_on,
        evidence=designation.decree_number or designation.source,
        recorded_by=by.user,
    )
    record(
        events.DESIGNATION_RECORDED,
        by=by,
        subject=designation,
        subject_label=str(designation.village),
        village=designation.village,
        changes={"stage": ["", designation.stage], "cohort_year": [None, designation.cohort_year]},
    )


@transaction.atomic
def record_stage(
    *,
    by: Seat,
    key: UUID,
    designation: Designation,
    stage: str,
    reached_on: date | None = None,
    evidence: str = "",
    note: str = "",
) -> StageRecord:
    """The designation is at the stage, and its history holds one step more. Same key: the first step.

    `reached_on`: None means unknown. `note` is the reason where one is needed: going back, becoming
    inactive, coming back from it. Being designated makes `reached_on` the designation date, its year the
    cohort year and `evidence` the decree; going back before it takes date and year away. Raises
    `NotPermitted`, `NotPossible`. Records `stage.recorded`.
    """
    check_can_manage_programme(by)
    if (first := StageRecord.objects.filter(pk=key, designation=designation).first()) is not None:
        return first
    held: Designation = (
        Designation.objects.select_for_update().select_related("village").get(pk=designation.pk)
    )
    if (first := StageRecord.objects.filter(pk=key, designation=held).first()) is not None:
        return first  # the same form, delivered twice at once
    check_stage(
        held, stage=stage, reached_on=reached_on, evidence=evidence, note=note, latest=latest_stage_day(held)
    )
    before = {"stage": held.stage, "cohort_year": held.cohort_year}
    step = StageRecord.objects.create(
        pk=new_key() if StageRecord.objects.filter(pk=key).exists() else key,
        designation=held,
        stage=stage,
        reached_on=reached_on,
        evidence=evidence,
        note=note,
        recorded_by=by.user,
    )
    _follow(held, step)
    record(
        events.STAGE_RECORDED,
        by=by,
        subject=held,
        subject_label=str(held.village),
        village=held.village,
        changes={name: [was, getattr(held, name)] for name, was in before.items()},
        reason=note,
    )
    return step


def _follow(designation: Designation, step: StageRecord) -> None:
    """The designation is at the stage of the step; its year and date come and go with being designated."""
    if step.stage in (Stage.PROPOSED, Stage.VERIFIED):
        designation.cohort_year = designation.designated_on = None
    elif step.stage == Stage.DESIGNATED and designation.stage in (Stage.PROPOSED, Stage.VERIFIED):
        designation.designated_on = step.reached_on
        designation.cohort_year = step.reached_on.year if step.reached_on else None
        designation.decree_number, designation.certainty = step.evidence[:80], Certainty.OFFICIAL
    designation.stage = step.stage
    designation.save(update_fields=["stage", "cohort_year", "designated_on", "decree_number", "certainty"])


def latest_stage_day(designation: Designation) -> date | None:
    """The day the newest dated step was reached; None when no step has a date."""
    return (
        designation.stages.filter(reached_on__isnull=False)
        .order_by("-recorded_at", "-id")
        .values_list("reached_on", flat=True)
        .first()
    )


@transaction.atomic
def end_designation(*, by: Seat, designation: Designation, ended_on: date, reason: str) -> Designation:
    """The village has left the programme after `ended_on`; it may enter again later as a new designation.

    A second call changes nothing. Raises `NotPermitted`, and `NotPossible` while officers serve after that
    day. Records `designation.ended`.
    """
    check_can_manage_programme(by)
    held: Designation = (
        Designation.objects.select_for_update().select_related("village").get(pk=designation.pk)
    )
    if held.ended_on is not None:
        return held
    check_can_end_designation(held, ended_on=ended_on, reason=reason)
    held.ended_on, held.end_reason = ended_on, reason
    held.save(update_fields=["ended_on", "end_reason"])
    record(
        events.DESIGNATION_ENDED,
        by=by,
        subject=held,
        subject_label=str(held.village),
        village=held.village,
        changes={"ended_on": [None, ended_on]},
        reason=reason,
    )
    return held
