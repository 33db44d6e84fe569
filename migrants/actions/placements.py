"""Writes about what a journey is made of: its facts, its milestones, the extension of its contract."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from audit.actions import record
from migrants import events
from migrants.case_states import IllegalStep
from migrants.deliveries import Delivery, deliver_once
from migrants.enums import MigrationStatus
from migrants.holding import hold_journey
from migrants.milestones import Milestone
from migrants.models import ContractExtension, JourneyMilestone, Migration
from migrants.models.journeys import FACTS
from migrants.rules import check_in_village
from migrants.versions import ChangedMeanwhile
from villages.access import Seat


@transaction.atomic
def change_journey(*, by: Seat, journey: Migration, version: int, facts: Mapping[str, Any]) -> Migration:
    """Save changed facts of a journey. `version`: the one the form was opened with; `facts`: names of FACTS.

    Raises NotPermitted, and `ChangedMeanwhile` when somebody saved in between; then nothing is written.
    Records `migration.changed` with the changed facts; nothing when nothing changed.
    """
    check_in_village(by, journey)
    now = hold_journey(journey)
    if now.version != version:
        raise ChangedMeanwhile(now)
    changes = {
        name: [getattr(now, name), facts[name]]
        for name in FACTS
        if name in facts and getattr(now, name) != facts[name]
    }
    for name in changes:
        setattr(now, name, facts[name])
    if changes:
        now.version += 1
        now.save()
        _record(events.MIGRATION_CHANGED, by, now, changes)
    return now


@transaction.atomic
def set_milestone(
    *, by: Seat, journey: Migration, kind: str, day: date | None, note: str = "", was: date | None = None
) -> Migration:
    """The milestone stands on that day; None takes it out. `was`: its day when the form was opened.

    Raises NotPermitted, and `ChangedMeanwhile` when the day is another one by now; then nothing is written.
    Records `migration.milestone_set`; nothing when nothing changed.
    """
    check_in_village(by, journey)
    journey = hold_journey(journey)
    row = journey.milestones.filter(kind=kind).first()
    before = row.happened_on if row else None
    if before == day and (row.note if row else "") == note:
        return journey
    if before != was:
        raise ChangedMeanwhile(before)
    if day is None:
        if row is not None:
            row.delete()
    else:
        row = row or JourneyMilestone(migration=journey, kind=kind)
        row.happened_on, row.note, row.logged_by = day, note, by.user
        row.save()
    _record(events.MILESTONE_SET, by, journey, {str(Milestone(kind)): [before, day]})
    return journey


@transaction.atomic
def extend_contract(
    *, by: Seat, journey: Migration, key: UUID, agreed_on: date, ends_on: date, note: str = ""
) -> Delivery[ContractExtension]:
    """The contract runs to a later day, and the history keeps from which one. Same key: the first extension.

    Raises NotPermitted; `IllegalStep` when the person is not abroad or the contract runs that long already.
    Records `migration.extended`.
    """
    check_in_village(by, journey)
    journey = hold_journey(journey)

    def make() -> ContractExtension:
        if journey.status != MigrationStatus.ABROAD:
            raise IllegalStep(_("Only the contract of somebody abroad can be extended."))
        before = journey.contract_ends_on
        starts = journey.contract_starts_on
        if (before and ends_on <= before) or (starts and ends_on < starts):
            raise IllegalStep(_("The contract runs as long as this already. Look at its dates again."))
        journey.contract_ends_on = ends_on
        journey.version += 1
        journey.save()
        extension = ContractExtension(
            pk=key,
            migration=journey,
            agreed_on=agreed_on,
            previous_end=before,
            ends_on=ends_on,
            note=note,
            logged_by=by.user,
        )
        extension.save(force_insert=True)
        _record(events.MIGRATION_EXTENDED, by, journey, {"contract_ends_on": [before, ends_on]})
        return extension

    return deliver_once(ContractExtension.objects.filter(migration=journey), key, make)


def _record(event: str, by: Seat, journey: Migration, changes: Mapping[str, list[Any]]) -> None:
    record(
        event,
        by=by,
        subject=journey,
        subject_label=journey.person.full_name,
        village=journey.village,
        changes=changes,
    )
