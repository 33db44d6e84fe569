"""Writes about cases. Every change of status is a step of `case_states.STEPS`; every step leaves an event."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rules import NotPermitted
from audit.actions import record
from migrants import events
from migrants.actions.tasks import drop_tasks_of
from migrants.case_clocks import restart, wind
from migrants.case_states import CaseStep, IllegalStep, Waiting, Way, step_between
from migrants.deliveries import Delivery, deliver_once
from migrants.enums import (
    DEFAULT_SEVERITY,
    RESTRICTED_TYPES,
    CaseEventKind,
    CaseStatus,
)
from migrants.models import Case, CaseEvent, CaseHandler, Person
from migrants.models.cases import FACTS
from migrants.queries.cases import officers_of
from migrants.references import case_number
from migrants.rules import can_name_handlers, check_can_note, check_can_step, check_in_village, village_of
from periods.clock import today_in
from villages.access import Seat


@transaction.atomic
def open_case(
    *,
    by: Seat,
    key: UUID,
    type: str,  # noqa: A002
    narrative: str,
    facts: Mapping[str, Any],
    severity: str = "",
    person: Person | None = None,
) -> Delivery[Case]:
    """Open a case in the seat's village, with its first event; same key: the first one, and nothing is
    written.

    `severity` "": the usual one of the type. A restricted type makes the case restricted and the opener its
    only handler. Raises NotPermitted, Http404. Records `case.opened` without a word of the narrative.
    """
    village = village_of(by)
    if person is not None:
        check_in_village(by, person)

    def make() -> Case:
        given = {name: value for name, value in facts.items() if name in FACTS}
        case = Case(  # type: ignore[misc]  # the narrative is a property that seals
            pk=key,
            village=village,
            number=case_number(given["reported_on"], key),
            person=person,
            type=type,
            severity=severity or DEFAULT_SEVERITY[type],
            restricted=type in RESTRICTED_TYPES,
            narrative=narrative,
            last_action_on=today_in(by.zone),
            opened_by=by.user,
            **given,
        )
        if person is not None:
            case.subject_name = ""
        wind(case, [], on=case.reported_on)
        case.save(force_insert=True)
        CaseHandler.objects.create(case=case, user=by.user)
        write_event(by, case, CaseEventKind.OPENED, to=CaseStatus.NEW, on=case.reported_on)
        record(events.CASE_OPENED, by=by, subject=case, subject_label=case.number, village=village)
        return case

    return deliver_once(Case.objects.visible_to(by), key, make)


@transaction.atomic
def note_case(*, by: Seat, case: Case, key: UUID, text: str, on: date) -> Delivery[CaseEvent]:
    """Add a note to the timeline; same key: the first one. The case counts as acted on today.

    Raises NotPermitted, and `IllegalStep` for a case that is over. Records `case.noted` without the text.
    """
    check_can_note(by)
    case = locked(case)
    if not case.is_open:
        raise IllegalStep(_("This case is over. Open it again before you write on it."))

    def make() -> CaseEvent:
        event = write_event(by, case, CaseEventKind.NOTE, text=text, on=on, key=key)
        record(events.CASE_NOTED, by=by, subject=case, subject_label=case.number, village=case.village_id)
        touch(by, case)
        return event

    return deliver_once(CaseEvent.objects.filter(case=case), key, make)


@transaction.atomic
def move_case(*, by: Seat, case: Case, to: str, on: date, text: str = "") -> Case:
    """Make a plain step of the table, from where the case stands now.

    Referring, answering, closing and reopening have actions of their own. Raises `IllegalStep` (not in the
    table, or words are missing), NotPermitted (another party's step). Records the event of the table.
    """
    case = locked(case)
    step = step_between(case.status, to)
    if step.way != Way.MOVE:
        raise IllegalStep(_("This step has a page of its own. Open the case and choose it there."))
    if to == CaseStatus.CANCELLED:
        case.closed_on = on
    return make_step(by, case, step, on=on, text=text)


@transaction.atomic
def close_case(
    *,
    by: Seat,
    case: Case,
    reason: str,
    result: str,
    on: date,
    recovered_rupiah: int | None = None,
) -> Case:
    """Close a case on a day, with its reason and result. `recovered_rupiah`: None when no money was at stake.

    Raises `IllegalStep`, NotPermitted. Records `case.closed` with the reason, without the result.
    """
    case = locked(case)
    step = step_between(case.status, CaseStatus.CLOSED)
    case.closed_on, case.close_reason = on, reason
    case.result, case.recovered_rupiah = result, recovered_rupiah
    return make_step(by, case, step, on=on, text=result)


@transaction.atomic
def reopen_case(*, by: Seat, case: Case, reason: str, on: date) -> Case:
    """Let the village handle a solved or closed case again, and say why; what closed it stays in the
    timeline.

    Raises `IllegalStep`, NotPermitted. Records `case.reopened`.
    """
    case = locked(case)
    if case.status not in (CaseStatus.RESOLVED, CaseStatus.CLOSED):
        raise IllegalStep(_("Only a solved or closed case can be opened again."))
    step = step_between(case.status, CaseStatus.HANDLING)
    case.closed_on, case.close_reason, case.result, case.recovered_rupiah = None, "", "", None
    restart(case)
    return make_step(by, case, step, on=on, text=reason)


@transaction.atomic
def name_handler(*, by: Seat, case: Case, user: User) -> CaseHandler:
    """Let another officer of the village into a restricted case; a second call changes nothing.

    Raises NotPermitted for a case that is not restricted and for anybody who does not serve in its village
    today. Records `handler.named`.
    """
    if not can_name_handlers(by, case):
        raise NotPermitted(_("Only a handler or the district coordinator may name handlers."))
    if not officers_of(case.village_id, on=today_in(by.zone)).filter(pk=user.pk).exists():
        raise NotPermitted(_("Only an officer who serves in this village now can handle this case."))
    handler, made = CaseHandler.objects.get_or_create(case=case, user=user)
    if made:
        record(
            events.HANDLER_NAMED,
            by=by,
            subject=case,
            subject_label=f"{case.number}: {user.full_name}",
            village=case.village_id,
        )
    return handler


@transaction.atomic
def note_case_viewed(*, by: Seat, case: Case) -> None:
    """Record `case.viewed`: who opened which case."""
    record(events.CASE_VIEWED, by=by, subject=case, subject_label=case.number, village=case.village_id)


def locked(case: Case) -> Case:
    """The case as it stands now, held against everybody else until the transaction ends."""
    row: Case = (
        Case.objects.select_for_update(of=("self",)).select_related("village", "person").get(pk=case.pk)
    )
    return row


def make_step(
    by: Seat, case: Case, step: CaseStep, *, on: date, text: str = "", record_it: bool = True
) -> Case:
    """Take a locked case along a step of the table: rules, row, event, audit; its tasks end with it. Inside a
    transaction.

    `record_it` False: the caller records an event of its own. Raises `IllegalStep`, NotPermitted.
    """
    check_can_step(by, step)
    if step.needs_words and not text:
        raise IllegalStep(_("Write a sentence on why, then try again."))
    before, case.status = case.status, step.to
    case.last_action_on = today_in(by.zone)
    case.version += 1
    wind(case, waiting_of(case), on)
    case.save()
    write_event(by, case, step.kind, frm=before, to=step.to, text=text, on=on)
    if not case.is_open:
        drop_tasks_of(case, by=by)
    if record_it:
        record(
            step.event,
            by=by,
            subject=case,
            subject_label=case.number,
            village=case.village_id,
            changes={"status": [before, step.to.value], "close_reason": ["", case.close_reason]}
            if step.way == Way.CLOSE
            else {"status": [before, step.to.value]},
        )
    return case


def touch(by: Seat, case: Case, *, on: date | None = None) -> None:
    """The case was acted on today. `on`: the day on which a referral changed hands, and perhaps the ball.
    Inside a transaction that holds its row.
    """
    case.last_action_on = today_in(by.zone)
    changed = ["last_action_on"]
    if on is not None:
        wind(case, waiting_of(case), on)
        changed += ["holder", "held_since", "act_by", "days_used"]
    case.save(update_fields=changed)


def waiting_of(case: Case) -> list[Waiting]:
    """The referrals of a case, oldest first, as the ball needs them. One query."""
    rows = case.referrals.order_by("sent_at", "id").values_list("body", "status", "sent_on")
    return [Waiting(*row) for row in rows]


def write_event(
    by: Seat | None,
    case: Case,
    kind: CaseEventKind,
    *,
    on: date,
    frm: str = "",
    to: str = "",
    text: str = "",
    key: UUID | None = None,
) -> CaseEvent:
    """Add one line to the timeline; `by` None: the system. Inside a transaction."""
    event = CaseEvent(case=case, kind=kind, from_status=frm, to_status=to, happened_on=on)
    event.logged_by = by.user if by else None
    if key is not None:
        event.pk = key
    event.text = text
    event.save(force_insert=True)
    return event
