"""An officer's open work goes to another officer of the village."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record
from migrants import events
from migrants.deliveries import Delivery, deliver_once
from migrants.models import Case, CaseHandler, HandedItem, HandOver, Work
from migrants.queries.cases import officers_of
from migrants.queries.handover import work_held
from migrants.references import referral_number
from migrants.rules import check_can_hand_over
from periods.clock import today_in
from villages.access import Seat
from villages.holding import hold_person
from villages.models import OfficerAssignment
from villages.rules import NotPossible


class WorkLost(Exception):
    """After a hand-over the receiver would not hold what the giver held: nothing was written."""


@transaction.atomic
def hand_over_work(
    *, by: Seat, key: UUID, assignment: OfficerAssignment, receiver: User
) -> Delivery[HandOver]:
    """All the officer of the assignment holds in the village is held by `receiver`; same key: the first one.

    Authors stay: past work is still credited to who did it. The receiver is let into the restricted cases.
    Raises NotPermitted, `NotPossible` when there is nothing to hand over or the receiver does not serve here
    today, `WorkLost` when the counts afterwards differ. Records `work.handed_over`, and `handler.named` for
    each restricted case the receiver did not handle before.
    """
    check_can_hand_over(by, assignment)
    hold_person(assignment.user)
    return deliver_once(
        HandOver.objects.filter(assignment=assignment), key, lambda: _made(by, key, assignment, receiver)
    )


def _made(by: Seat, key: UUID, assignment: OfficerAssignment, receiver: User) -> HandOver:
    village, day = assignment.village_id, today_in(by.zone)
    others = officers_of(village, on=day).exclude(pk=assignment.user_id)
    if not others.filter(pk=receiver.pk).exists():
        raise NotPossible(_("Choose an officer who serves in this village today."), field="receiver")
    held = {work: list(rows) for work, rows in work_held(assignment.user, village).items()}
    counted = {work.value: len(rows) for work, rows in held.items()}
    if not any(counted.values()):
        raise NotPossible(_("There is nothing to hand over."))
    made = HandOver.objects.create(
        pk=key,
        village_id=village,
        assignment=assignment,
        giver=assignment.user,
        receiver=receiver,
        handed_on=day,
        counted=counted,
        made_by=by.user,
    )
    HandedItem.objects.bulk_create(
        HandedItem(hand_over=made, work=work, subject=row.pk, **_name(work, row))
        for work, rows in held.items()
        for row in rows
    )
    for case in held[Work.CASE]:
        _let_in(by, case, receiver)
    _check_nothing_lost(held, receiver, village)
    record(
        events.WORK_HANDED_OVER,
        by=by,
        subject=made,
        subject_label=f"{made.number}: {assignment.user.full_name} → {receiver.full_name}",
        village=village,
        changes={work: [None, count] for work, count in counted.items()},
    )
    return made


def _name(work: Work, row: Any) -> dict[str, Any]:
    """How the minutes name a thing: by its number and its day, never by a person."""
    if work == Work.CASE:
        return {"number": row.number, "due_on": row.act_by}
    if work == Work.REFERRAL:
        return {"number": referral_number(row.sent_on, row.pk), "due_on": row.sent_on}
    if work == Work.FOLLOW_UP:
        return {"number": row.number, "due_on": row.follow_up_on}
    return {"due_on": row.due_on if work == Work.TASK else row.expires_on}


def _let_in(by: Seat, case: Case, receiver: User) -> None:
    _handler, new = CaseHandler.objects.get_or_create(case=case, user=receiver)
    if new and case.restricted:
        label = f"{case.number}: {receiver.full_name}"
        record(events.HANDLER_NAMED, by=by, subject=case, subject_label=label, village=case.village_id)


def _check_nothing_lost(held: dict[Work, list[Any]], receiver: User, village: str) -> None:
    """Counts before equal counts after, kind by kind, thing by thing."""
    after = work_held(receiver, village)
    for work, rows in held.items():
        keys = [row.pk for row in rows]
        if after[work].filter(pk__in=keys).count() != len(keys):
            raise WorkLost(f"{work}: {len(keys)} before")
