"""Close a month: one person checks the trial balance, another counts the cash."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from accounts.roles import Permission
from audit.actions import record
from cooperatives import events
from cooperatives.chart import CASH
from cooperatives.models import ClosedMonth, FinanceBody, TrialCheck
from cooperatives.month_rules import check_can_close_month, check_can_count, check_difference
from cooperatives.queries.ledger import money_in
from cooperatives.queries.months import entries_until, standing_check
from cooperatives.rules import check_for_body
from migrants.deliveries import Delivery, deliver_once
from periods import Month
from villages.access import Seat


@transaction.atomic
def check_trial_balance(*, by: Seat, body: FinanceBody, month: Month) -> TrialCheck:
    """It is written down that `by` read the trial balance of the month as it stands; a second call changes
    nothing, also somebody else's. Raises NotPermitted; NotPossible for a month that cannot be closed. Records
    `books.trial_checked`."""
    held = _held(by, body)
    check_can_close_month(held, month)
    standing = standing_check(held, month)
    if standing is not None:
        return standing
    trial = TrialCheck.objects.create(
        body=held, month=month.first_day, entries=entries_until(held, month), checked_by=by.user
    )
    record(
        events.TRIAL_CHECKED,
        by=by,
        subject=held,
        subject_label=f"{held.name}, {month.slug}",
        village=held.village_id,
    )
    return trial


@transaction.atomic
def close_month(
    *, by: Seat, body: FinanceBody, month: Month, key: UUID, counted_cash: int, explanation: str = ""
) -> Delivery[ClosedMonth]:
    """Nothing enters this month or an earlier one any more. Same key: the first closing.

    `counted_cash`: what lies in the box now, in rupiah; `explanation` says why when it is not what the books
    say. Whoever counts is not who checked the trial balance. Raises NotPermitted; NotPossible. Records
    `books.month_closed`.
    """
    held = _held(by, body)

    def make() -> ClosedMonth:
        check_can_close_month(held, month)
        trial = standing_check(held, month)
        check_can_count(trial, by, month)
        if trial is None:  # check_can_count refused it
            raise AssertionError
        book = money_in(held, CASH)
        check_difference(book=book, counted=counted_cash, explanation=explanation)
        closed = ClosedMonth.objects.create(
            pk=key,
            body=held,
            month=month.first_day,
            trial=trial,
            checked_by_id=trial.checked_by_id,
            counted_by=by.user,
            book_cash=book,
            counted_cash=counted_cash,
            explanation=explanation,
        )
        record(
            events.MONTH_CLOSED,
            by=by,
            subject=held,
            subject_label=f"{held.name}, {month.slug}",
            village=held.village_id,
        )
        return closed

    return deliver_once(ClosedMonth.objects.filter(body=held), key, make)


def _held(by: Seat, body: FinanceBody) -> FinanceBody:
    """The body, held so that nobody posts to it until the transaction ends."""
    check_for_body(by, body, Permission.CLOSE_BOOKS)
    return FinanceBody.objects.select_for_update().get(pk=body.pk)
