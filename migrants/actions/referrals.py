"""Writes about referrals: hand a case to a body, receive it, answer it, reject it."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from audit.actions import record
from migrants import events
from migrants.actions.cases import locked, make_step, touch, write_event
from migrants.actions.tasks import raise_task
from migrants.case_clocks import answer_day
from migrants.case_states import FURTHER_REFERRALS, IllegalStep, step_between
from migrants.deliveries import Delivery, deliver_once
from migrants.enums import CaseEventKind, CaseStatus, ReferralStatus
from migrants.models import Case, Referral, ServiceVisit
from migrants.rules import check_can_answer, check_can_receive, check_in_village
from migrants.task_rules import ANSWER_CAME
from periods.clock import today_in
from villages.access import Seat


@transaction.atomic
def refer_case(
    *,
    by: Seat,
    case: Case,
    key: UUID,
    body: str,
    request: str,
    on: date,
    office: str = "",
    letter_number: str = "",
) -> Delivery[Referral]:
    """Hand a case to a body; the ball goes there. Same key: the first referral, and nothing is written.

    A case that is with another body already may be sent to a further one and stays where it is. Raises
    NotPermitted, `IllegalStep`. Records `case.referred` without the request.
    """
    check_in_village(by, case)
    case = locked(case)

    def make() -> Referral:
        step = None if case.status in FURTHER_REFERRALS else step_between(case.status, CaseStatus.REFERRED)
        referral = Referral(
            pk=key,
            village=case.village,
            case=case,
            body=body,
            office=office,
            letter_number=letter_number,
            sent_on=on,
            answer_by=answer_day(case.severity, body, on),
            sent_by=by.user,
        )
        referral.request = request
        referral.save(force_insert=True)
        if step is None:
            write_event(by, case, CaseEventKind.REFERRED, text=request, on=on)
            touch(by, case, on=on)
        else:
            make_step(by, case, step, text=request, on=on, record_it=False)
        record(
            events.CASE_REFERRED,
            by=by,
            subject=case,
            subject_label=case.number,
            village=case.village,
            changes={"body": ["", body]},
        )
        return referral

    return deliver_once(Referral.objects.filter(case=case), key, make)


@transaction.atomic
def receive_referral(*, by: Seat, referral: Referral, on: date) -> Referral:
    """The body has the case in hand. Raises NotPermitted, `IllegalStep` when it was received or answered
    before.

    Records `referral.received`.
    """
    case, referral = _locked(referral)
    check_can_receive(by, referral)
    _check_day(referral, on)
    referral.status, referral.received_on, referral.received_by = ReferralStatus.RECEIVED, on, by.user
    referral.save()
    _take(by, case, on=on)
    return referral


@transaction.atomic
def answer_referral(
    *,
    by: Seat,
    referral: Referral,
    answer: str,
    on: date,
    visit: ServiceVisit | None = None,
    rejected: bool = False,
) -> Referral:
    """The answer of the body, or why it rejects, is a note of the case; the ball goes back to the village.

    `visit`: the one that brought the answer, of the person the case is about. An answer to a referral nobody
    received receives it at once. Raises NotPermitted, `IllegalStep`. Records `referral.answered` or
    `referral.rejected`, without the words. The village has a task: tell the family.
    """
    case, referral = _locked(referral)
    check_can_answer(by, referral)
    _check_day(referral, on)
    _check_visit(case, visit)
    if not rejected and referral.status == ReferralStatus.SENT:
        referral.received_on, referral.received_by = on, by.user
        _take(by, case, on=on)
    referral.status = ReferralStatus.REJECTED if rejected else ReferralStatus.ANSWERED
    referral.answered_on, referral.answered_by, referral.answer = on, by.user, answer
    kind = CaseEventKind.REFERRAL_REJECTED if rejected else CaseEventKind.REFERRAL_ANSWERED
    referral.answer_event = write_event(by, case, kind, text=answer, on=on)
    referral.answer_visit = visit
    referral.save()
    touch(by, case, on=on)
    record(
        events.REFERRAL_REJECTED if rejected else events.REFERRAL_ANSWERED,
        by=by,
        subject=case,
        subject_label=case.number,
        village=case.village,
        changes={"body": [referral.body, referral.body]},
    )
    if case.is_open:
        raise_task(
            rule=ANSWER_CAME, subject=referral.pk, case=case, due_on=today_in(by.zone) + timedelta(days=1)
        )
    return referral


@transaction.atomic
def note_referral_printed(*, by: Seat, referral: Referral) -> None:
    """Record `referral.printed`: who took the slip of a referral out of the system."""
    record(
        events.REFERRAL_PRINTED,
        by=by,
        subject=referral.case,
        subject_label=f"{referral.case.number}: {referral.number}",
        village=referral.village_id,
    )


def _locked(referral: Referral) -> tuple[Case, Referral]:
    case = locked(referral.case)
    return case, Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)


def _check_day(referral: Referral, on: date) -> None:
    if on < (referral.received_on or referral.sent_on):
        raise IllegalStep(_("The answer cannot be dated before the referral."))


def _check_visit(case: Case, visit: ServiceVisit | None) -> None:
    if visit is not None and (visit.person_id is None or visit.person_id != case.person_id):
        raise IllegalStep(_("This visit was about somebody else."))


def _take(by: Seat, case: Case, *, on: date) -> None:
    """Move a referred case to the body; a case that is elsewhere by now stays, and only the event is
    written.
    """
    if case.status == CaseStatus.REFERRED:
        step = step_between(case.status, CaseStatus.IN_PROGRESS_EXTERNAL)
        make_step(by, case, step, on=on, record_it=False)
    else:
        write_event(by, case, CaseEventKind.REFERRAL_RECEIVED, on=on)
        touch(by, case, on=on)
    record(events.REFERRAL_RECEIVED, by=by, subject=case, subject_label=case.number, village=case.village)
