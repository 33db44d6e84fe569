"""Suspected violence or neglect of a child: noted, then decided by an officer. Nothing opens by itself."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from audit.actions import record
from migrants.actions.cases import open_case
from migrants.deliveries import Delivery, deliver_once
from migrants.enums import Channel, Reporter
from migrants.models import Case
from periods.clock import today_in
from pillars import events
from pillars.child_rules import check_can_write_of_children, check_undecided
from pillars.models import Child, ChildSession, Concern, HomeVisit
from villages.access import Seat


@transaction.atomic
def note_concern(
    *,
    by: Seat,
    child: Child,
    key: UUID,
    visit: HomeVisit | None = None,
    session: ChildSession | None = None,
) -> Delivery[Concern]:
    """It stands that somebody suspects violence or neglect, and waits for a decision; same key, or the same
    visit: the first. Records `concern.noted`."""
    check_can_write_of_children(by, child, *[thing for thing in (visit, session) if thing])
    earlier = Concern.objects.filter(visit=visit).first() if visit else None
    if earlier is not None:
        return Delivery(earlier, made=False)
    day = visit.visited_on if visit else session.held_on if session else today_in(by.zone)

    def make() -> Concern:
        row = Concern(pk=key, village=by.village, logged_by=by.user, child=child, noted_on=day)
        row.visit, row.session = visit, session
        row.save(force_insert=True)
        _record(events.CONCERN_NOTED, by, row)
        return row

    return deliver_once(Concern.objects.visible_to(by), key, make)


@transaction.atomic
def open_case_of_concern(
    *,
    by: Seat,
    concern: Concern,
    key: UUID,
    type: str,  # noqa: A002
    narrative: str,
) -> Delivery[Case]:
    """A restricted case is open in the officer's own words, its opener the only handler; same key: the first.

    Nothing of the child's record is copied: not the pseudonym, not the visit. Raises NotPermitted when
    somebody has decided already. Records `case.opened` and `concern.decided`.
    """
    check_can_write_of_children(by, concern)
    concern = _held(concern)
    if concern.case_id == key and concern.case is not None:
        return Delivery(concern.case, made=False)
    check_undecided(concern)
    came_home = Channel.HOME_VISIT if concern.visit_id else Channel.WALK_IN
    facts = {"reporter": Reporter.OFFICER, "channel": came_home, "reported_on": today_in(by.zone)}
    delivery = open_case(by=by, key=key, type=type, narrative=narrative, facts=facts)
    concern.case = delivery.row
    _decide(by, concern)
    return delivery


@transaction.atomic
def dismiss_concern(*, by: Seat, concern: Concern, why: str) -> Concern:
    """No case is opened, and why. Raises NotPermitted when somebody has decided already. Records
    `concern.decided`."""
    check_can_write_of_children(by, concern)
    concern = _held(concern)
    check_undecided(concern)
    concern.why_none = why
    _decide(by, concern)
    return concern


def _held(concern: Concern) -> Concern:
    row: Concern = Concern.objects.select_for_update(of=("self",)).get(pk=concern.pk)
    return row


def _decide(by: Seat, concern: Concern) -> None:
    concern.decided_at, concern.decided_by = timezone.now(), by.user
    concern.save(update_fields=["case", "why_none_sealed", "decided_at", "decided_by"])
    _record(events.CONCERN_DECIDED, by, concern)


def _record(event: str, by: Seat, concern: Concern) -> None:
    """Neither the decision nor the case is told: the log of a restricted case is for its handlers."""
    record(event, by=by, subject=concern, subject_label=concern.child.reference, village=concern.village_id)
