"""Take back what was keyed by mistake: the row stays with its reason, stands in no list and counts nowhere.

All raise NotPermitted for another village's officers; a second call changes nothing.
"""

from __future__ import annotations

from typing import TypeVar

from django.db import transaction
from django.utils import timezone

from audit.actions import record
from migrants.rules import check_in_village
from pillars import events
from pillars.child_rules import check_can_write_of_children
from pillars.models import CarerSession, ChildSession, OutreachSession, PlannedActivity, RecruiterSighting
from pillars.models.logged import Withdrawable
from villages.access import Seat

Row = TypeVar("Row", bound=Withdrawable)


@transaction.atomic
def withdraw_outreach(*, by: Seat, session: OutreachSession, reason: str) -> OutreachSession:
    """The session counts nowhere, and the line of the plan that it fulfilled is open again. Visits that
    followed from it stay. Records `outreach.withdrawn` with the reason."""
    row = _withdraw(OutreachSession, events.OUTREACH_WITHDRAWN, by, session, str(session.held_on), reason)
    PlannedActivity.objects.filter(session=row).update(session=None, held_on=None)
    return row


@transaction.atomic
def withdraw_recruiter(*, by: Seat, sighting: RecruiterSighting, reason: str) -> RecruiterSighting:
    """The sighting counts nowhere. Records `recruiter.withdrawn` with the reason."""
    return _withdraw(RecruiterSighting, events.RECRUITER_WITHDRAWN, by, sighting, sighting.called, reason)


@transaction.atomic
def withdraw_child_session(*, by: Seat, session: ChildSession, reason: str) -> ChildSession:
    """The session and who was there count nowhere, nor for the radar. Records `child_session.withdrawn` with
    the reason."""
    check_can_write_of_children(by, session)
    label = f"{session.centre.name}, {session.held_on:%d-%m-%Y}"
    return _withdraw(ChildSession, events.CHILD_SESSION_WITHDRAWN, by, session, label, reason)


@transaction.atomic
def withdraw_carer_session(*, by: Seat, session: CarerSession, reason: str) -> CarerSession:
    """The class and those present count nowhere. Records `carer_session.withdrawn` with the reason."""
    check_can_write_of_children(by, session)
    label = f"{session.held_on:%d-%m-%Y}"
    return _withdraw(CarerSession, events.CARER_SESSION_WITHDRAWN, by, session, label, reason)


def _withdraw(model: type[Row], event: str, by: Seat, given: Row, label: str, reason: str) -> Row:
    check_in_village(by, given)
    row: Row = model._default_manager.select_for_update(of=("self",)).get(pk=given.pk)
    if row.withdrawn_at is None:
        row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason = timezone.now(), by.user, reason[:200]
        row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
        record(event, by=by, subject=row, subject_label=label, village=row.village_id, reason=reason)
    return row
