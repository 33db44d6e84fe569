"""Officers start and stop serving in a village."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.keys import new_key
from audit.actions import record
from villages import events
from villages.access import Seat
from villages.actions.webhooks import announce
from villages.enums import Funding, HookEvent
from villages.holding import hold_person, hold_village
from villages.models import OfficerAssignment, Village
from villages.models.officers import STIPEND_RUPIAH, TERM_YEARS
from villages.rules import (
    check_can_end_assignment,
    check_can_manage_officers,
    check_person_is_free,
    check_term,
    free_slot,
    years_later,
)

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def assign_officer(
    *,
    by: Seat,
    key: UUID,
    user: User,
    village: Village,
    starts_on: date,
    ends_on: date | None = None,
    slot: int | None = None,
    decree_number: str = "",
    stipend_rupiah: int = STIPEND_RUPIAH,
    funding: str = Funding.MINISTRY,
) -> OfficerAssignment:
    """The person serves in the village from `starts_on` to `ends_on`, both included. Same key: the first one.

    `ends_on`: three years when None. `slot`: place 1 or 2; the free one when None. `stipend_rupiah`: a
    month. Raises `NotPermitted` outside the seat's reach; `NotPossible` when both places are taken, the
    person serves elsewhere, or the village is not designated, also when somebody else was faster. Records
    `officer.assigned`.
    """
    check_can_manage_officers(by, village)
    hold_person(user)
    hold_village(village)
    first: OfficerAssignment | None = OfficerAssignment.objects.filter(pk=key).first()
    if first is not None and (first.village_id, first.user_id) == (village.pk, user.pk):
        return first
    ends_on = ends_on or years_later(starts_on, TERM_YEARS)
    check_term(village, starts_on=starts_on, ends_on=ends_on)
    check_person_is_free(by, user, starts_on=starts_on, ends_on=ends_on)
    assignment: OfficerAssignment = OfficerAssignment.objects.create(
        pk=new_key() if first else key,
        user=user,
        village=village,
        slot=free_slot(village, starts_on=starts_on, ends_on=ends_on, wanted=slot),
        starts_on=starts_on,
        ends_on=ends_on,
        decree_number=decree_number,
        stipend_rupiah=stipend_rupiah,
        funding=funding,
        assigned_by=by.user,
    )
    record(
        events.OFFICER_ASSIGNED,
        by=by,
        subject=assignment,
        subject_label=user.full_name,
        village=village,
        changes={name: [None, getattr(assignment, name)] for name in ("slot", "starts_on", "ends_on")},
    )
    about = {"assignment": str(assignment.pk), "slot": assignment.slot}
    announce(HookEvent.OFFICER_ASSIGNED, place=village.code, about=about)
    return assignment


@transaction.atomic
def end_assignment(
    *, by: Seat, assignment: OfficerAssignment, last_day: date, reason: str, open_work: str, note: str = ""
) -> OfficerAssignment:
    """The officer's last day is `last_day`; why, and what becomes of the open work, is written down.

    A second call changes nothing. `last_day` may lie ahead, not after the day the assignment ends anyway.
    Raises `NotPermitted`, `NotPossible`. Records `assignment.ended`.
    """
    check_can_manage_officers(by, assignment.village)
    held: OfficerAssignment = (
        OfficerAssignment.objects.select_for_update(of=("self",))
        .select_related("village", "user")
        .get(pk=assignment.pk)
    )
    if held.ended_at is not None:
        return held
    check_can_end_assignment(held, last_day=last_day, reason=reason, open_work=open_work, note=note)
    before = held.ends_on
    held.ends_on, held.end_reason, held.end_note, held.open_work = last_day, reason, note, open_work
    held.ended_at = timezone.now()
    held.save(update_fields=["ends_on", "end_reason", "end_note", "open_work", "ended_at"])
    record(
        events.ASSIGNMENT_ENDED,
        by=by,
        subject=held,
        subject_label=held.user.full_name,
        village=held.village,
        changes={"ends_on": [before, last_day], "open_work": ["", open_work]},
        reason=str(held.get_end_reason_display()),
    )
    about = {"assignment": str(held.pk), "ends_on": last_day.isoformat()}
    announce(HookEvent.ASSIGNMENT_ENDED, place=held.village_id, about=about)
    return held
