"""Writes about returns: what follows when somebody is home."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from audit.actions import record
from migrants import events
from migrants.case_states import IllegalStep
from migrants.enums import MigrationStatus
from migrants.holding import hold_journey
from migrants.models import Migration, ReturnRecord
from migrants.models.returns import FACTS
from migrants.rules import check_in_village
from migrants.versions import ChangedMeanwhile
from villages.access import Seat


@transaction.atomic
def set_return(*, by: Seat, journey: Migration, version: int, facts: Mapping[str, Any]) -> ReturnRecord:
    """What is known of the return stands in the journey. `version`: the one the form was opened with, 0
    for none.

    `facts`: names of FACTS. Raises NotPermitted; `IllegalStep` for a journey that did not end at home;
    `ChangedMeanwhile` when somebody saved in between. Records `return.set` with reason and plan; nothing when
    nothing changed.
    """
    village = check_in_village(by, journey)
    journey = hold_journey(journey)
    if journey.status != MigrationStatus.RETURNED:
        raise IllegalStep(_("Write down the return itself first."))
    row: ReturnRecord | None = ReturnRecord.objects.filter(migration=journey).first()
    known = row or ReturnRecord(migration=journey, village=village, logged_by=by.user, version=0)
    before = [known.reason, known.plan]
    differs = any(getattr(known, name) != facts[name] for name in FACTS)
    if row is not None and not differs:
        return row
    if known.version != version:
        raise ChangedMeanwhile(ReturnRecord.objects.get(pk=known.pk))
    for name in FACTS:
        setattr(known, name, facts[name])
    known.version += 1
    known.logged_by = by.user
    known.save()
    record(
        events.RETURN_SET,
        by=by,
        subject=known,
        subject_label=journey.person.full_name,
        village=village,
        changes={"reason": [before[0], known.reason], "plan": [before[1], known.plan]},
    )
    return known
