"""Writes about households: who cares for the children, and what is recorded when somebody looks."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from audit.actions import record
from migrants import events
from migrants.enums import Carer
from migrants.models import Household, Person
from migrants.rules import check_in_village
from migrants.versions import ChangedMeanwhile
from villages.access import Seat


@transaction.atomic
def note_care(
    *,
    by: Seat,
    household: Household,
    version: int,
    children: int,
    carer_kind: str = "",
    carer: Person | None = None,
    carer_name: str = "",
) -> Household:
    """Write down how many children the household has and who cares for them.

    `version`: the one the form was opened with. `carer`: somebody on the card; `carer_name`: somebody else.
    Without children nobody cares. Raises NotPermitted, and `ChangedMeanwhile` when somebody saved in between;
    then nothing is written. Records `household.care_noted`; nothing when nothing changed.
    """
    check_in_village(by, household)
    now = Household.objects.select_for_update(of=("self",)).select_related("carer").get(pk=household.pk)
    if now.version != version:
        raise ChangedMeanwhile(now)
    wanted: dict[str, Any] = {
        "children": children,
        "carer_kind": carer_kind if children else "",
        "carer": carer if children else None,
        "carer_name": carer_name if children else "",
    }
    changes = {
        name: [_shown(name, getattr(now, name)), _shown(name, value)]
        for name, value in wanted.items()
        if getattr(now, name) != value
    }
    if changes:
        for name, value in wanted.items():
            setattr(now, name, value)
        now.care_noted_by, now.care_noted_at = by.user, timezone.now()
        now.version += 1
        now.save()
        record(
            events.CARE_NOTED,
            by=by,
            subject=now,
            subject_label=now.card_masked,
            village=now.village_id,
            changes=changes,
        )
    return now


@transaction.atomic
def note_household_viewed(*, by: Seat, household: Household) -> None:
    """Record `household.viewed`: who opened whose card."""
    record(
        events.HOUSEHOLD_VIEWED,
        by=by,
        subject=household,
        subject_label=household.card_masked,
        village=household.village_id,
    )


def _shown(name: str, value: Any) -> Any:
    if name == "carer":
        return value.full_name if value else ""
    return str(Carer(value).label) if name == "carer_kind" and value else value
