"""Writes about the monthly returns of villages and about calls to silent ones.

A step arrives with a key, which becomes the key of its row in the history: a second delivery changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from accounts.actions import notify
from accounts.notifications import NotificationKind
from audit.actions import record
from migrants.actions.expiring import DAYS_TO_ACT
from migrants.actions.tasks import finish_raised, raise_task
from migrants.deliveries import deliver_once
from migrants.versions import ChangedMeanwhile
from periods.clock import today_in
from periods.month import Month
from reports.notifications import RETURN_ACCEPTED, RETURN_SENT_BACK
from reports.queries.returns import frozen_counts
from reports.return_forms import form_of
from reports.return_states import LINKS, Way, move_of
from reports.rules import check_can_log_call, check_can_open_return, check_makes_step
from reports.task_rules import RETURN_BACK, RETURN_DUE, RETURN_LATE
from villages import events
from villages.access import Seat
from villages.actions.webhooks import announce
from villages.enums import HookEvent
from villages.models import MonthlyReturn, ReturnStep, Village, VillageCall
from villages.queries import officers_serving

# Steps of which other programs may hear.
HEARD = {
    events.RETURN_SUBMITTED: HookEvent.RETURN_SUBMITTED,
    events.RETURN_SENT_BACK: HookEvent.RETURN_SENT_BACK,
    events.RETURN_ACCEPTED: HookEvent.RETURN_ACCEPTED,
}
Words = dict[str, dict[str, str]]


@transaction.atomic
def open_return(*, by: Seat | None, village: Village, month: Month) -> MonthlyReturn:
    """The village has a return of the month to write; the one that stands there when there is one already.

    `by` None: the system opens it when the month is over. Raises NotPermitted. Records
    `monthly_return.opened`.
    """
    if by is not None:
        check_can_open_return(by, month, today=today_in(by.zone))
    row, made = MonthlyReturn.objects.get_or_create(
        village=village, month=month.first_day, defaults={"due_on": form_of(month).due_on(month)}
    )
    if made:
        _record(events.RETURN_OPENED, by, row)
    return row


@transaction.atomic
def write_return(*, by: Seat, row: MonthlyReturn, version: int, words: Words) -> MonthlyReturn:
    """The obstacles and plans of the return are these. `version`: the one the form was opened with.

    Raises NotPermitted, `IllegalStep` for a return that is not the officers' to write, and `ChangedMeanwhile`
    when a colleague saved something else in between. Records `monthly_return.written` without the words.
    """
    now = _locked(row)
    form = form_of(now.period)
    check_makes_step(by, now, form.link("submit"))
    if not now.is_open:
        move_of(now, Way.SUBMIT, form, today=today_in(by.zone))  # refuses, and says how it stands
    if now.words == words:
        return now
    if now.version != version:
        raise ChangedMeanwhile(now)
    now.words, now.version = words, now.version + 1
    now.save(update_fields=["words", "version"])
    _record(events.RETURN_WRITTEN, by, now)
    return now


@transaction.atomic
def submit_return(*, by: Seat, row: MonthlyReturn, key: UUID) -> MonthlyReturn:
    """The return lies with the district, its counts frozen as the catalogue gives them now.

    Same key: the first one. Raises NotPermitted, `IllegalStep` for a month that still runs and for a return
    without a word. Finishes the reminders. Records `monthly_return.submitted`.
    """

    def freeze(now: MonthlyReturn) -> None:
        now.counts = frozen_counts(now, seat=by, today=today_in(by.zone))
        now.submitted_at, now.checked_at = timezone.now(), None
        now.first_submitted_on = now.first_submitted_on or today_in(by.zone)
        for rule in (RETURN_DUE, RETURN_LATE, RETURN_BACK):
            finish_raised(rule, now.pk, by=by)

    return _step(by, row, key, Way.SUBMIT, "", freeze)


@transaction.atomic
def check_return(*, by: Seat, row: MonthlyReturn, key: UUID, note: str = "") -> MonthlyReturn:
    """The village head has read the return. Same key: the first one. Raises NotPermitted, `IllegalStep`.
    Records `monthly_return.checked`."""

    def sign(now: MonthlyReturn) -> None:
        now.checked_at = timezone.now()

    return _step(by, row, key, Way.CHECK, note, sign)


@transaction.atomic
def send_back_return(*, by: Seat, row: MonthlyReturn, key: UUID, note: str) -> MonthlyReturn:
    """The officers write the return again, and know why; they have a task and are told.

    Same key: the first one.
    Raises NotPermitted, `IllegalStep`. Records `monthly_return.sent_back` without the note.
    """

    def give_back(now: MonthlyReturn) -> None:
        now.checked_at = None
        today = today_in(by.zone)
        _tell_officers(RETURN_SENT_BACK, now, key, today)
        raise_task(
            rule=RETURN_BACK,
            subject=now.pk,
            occurrence=str(key),
            due_on=today + timedelta(days=DAYS_TO_ACT),
            event_on=today,
            village=now.village_id,
            about=f"{now.month:%m-%Y}",
            about_key=now.pk,
        )

    return _step(by, row, key, Way.SEND_BACK, note, give_back)


@transaction.atomic
def accept_return(*, by: Seat, row: MonthlyReturn, key: UUID) -> MonthlyReturn:
    """The return is accepted and never changes again; its officers are told. Same key: the first one. Raises
    NotPermitted, `IllegalStep`. Records `monthly_return.accepted`."""

    def tell(now: MonthlyReturn) -> None:
        _tell_officers(RETURN_ACCEPTED, now, key, today_in(by.zone))

    return _step(by, row, key, Way.ACCEPT, "", tell)


@transaction.atomic
def log_call(*, by: Seat, village: Village, key: UUID, **facts: Any) -> VillageCall:
    """A call to a village that does not report is on record, with its outcome and reason. Same key: the
    first one. Raises NotPermitted outside the district. Records `village.called`."""
    check_can_log_call(by, village)

    def make() -> VillageCall:
        call = VillageCall(pk=key, village=village, called_by=by.user, **facts)
        call.save(force_insert=True)
        record(
            events.VILLAGE_CALLED,
            by=by,
            subject=call,
            subject_label=str(village),
            village=village,
            changes={"outcome": (None, call.outcome), "reason": (None, call.reason)},
        )
        return call

    return deliver_once(VillageCall.objects.visible_to(by), key, make).row


def _step(
    by: Seat, row: MonthlyReturn, key: UUID, way: Way, note: str, change: Callable[[MonthlyReturn], None]
) -> MonthlyReturn:
    """Make a step of the table once: the return changes, its history has a line, the log an event."""
    now = _locked(row)
    made = ReturnStep.objects.filter(pk=key).first()
    if made is not None:
        if made.monthly_return_id != now.pk:
            raise Http404
        return now
    form = form_of(now.period)
    check_makes_step(by, now, form.link(LINKS[way]))
    move = move_of(now, way, form, today=today_in(by.zone))
    change(now)
    now.status, now.version = move.to, now.version + 1
    now.save()
    ReturnStep.objects.create(
        pk=key,
        monthly_return=now,
        way=way,
        from_status=move.frm,
        to_status=move.to,
        note=note,
        made_by=by.user,
    )
    _record(move.event, by, now)
    if move.event in HEARD:
        about = {"return": str(now.pk), "month": f"{now.month:%Y-%m}", "version": now.version}
        announce(HEARD[move.event], place=now.village_id, about=about)
    return now


def _tell_officers(kind: NotificationKind, row: MonthlyReturn, key: UUID, today: date) -> None:
    """The officers who serve in the village today hear of that step."""
    notify(
        users=[post.user for post in officers_serving(today).filter(village_id=row.village_id)],
        kind=kind,
        about=f"{row.month:%m-%Y}",
        subject=row.pk,
        occurrence=str(key),
    )


def _locked(row: MonthlyReturn) -> MonthlyReturn:
    now: MonthlyReturn = (
        MonthlyReturn.objects.select_for_update(of=("self",)).select_related("village").get(pk=row.pk)
    )
    return now


def _record(event: str, by: Seat | None, row: MonthlyReturn) -> None:
    record(event, by=by, subject=row, subject_label=f"{row.month:%m-%Y}", village=row.village_id)
