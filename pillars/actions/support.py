"""Writes about mentoring, marketing partners and contributions. All raise NotPermitted for a role that does
not log records."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from audit.actions import record
from migrants.actions.tasks import finish_raised, raise_task
from pillars import events
from pillars.actions.logged import log_row
from pillars.models import Contribution, MarketingPartner, MentoringVisit
from pillars.queries.support import visits_that_meet
from pillars.rules import check_can_close, check_can_log
from pillars.task_rules import MENTORING_AGAIN
from villages.access import Seat


@transaction.atomic
def log_mentoring(*, by: Seat, key: UUID, **facts: Any) -> MentoringVisit:
    """Write down a mentoring visit to a group or business. Same key: the first one.

    A day on which they meet again becomes a task; the tasks of earlier meetings agreed on with the same group
    or business are done.
    """
    known = MentoringVisit.objects.filter(pk=key).exists()
    visit = log_row(MentoringVisit, events.MENTORING_LOGGED, by=by, key=key, label="topic", **facts)
    if known:
        return visit
    for earlier in visits_that_meet(visit):
        finish_raised(MENTORING_AGAIN, earlier.pk, by=by)
    if visit.next_on is not None:
        raise_task(
            rule=MENTORING_AGAIN,
            subject=visit.pk,
            due_on=visit.next_on,
            event_on=visit.next_on,
            village=visit.village_id,
            about=visit.whom.name,
            about_key=visit.pk,
        )
    return visit


@transaction.atomic
def log_market(*, by: Seat, key: UUID, **facts: Any) -> MarketingPartner:
    """Write down who sells for a group or business. Same key: the first one."""
    return log_row(MarketingPartner, events.MARKET_LOGGED, by=by, key=key, label="name", **facts)


@transaction.atomic
def end_market(*, by: Seat, market: MarketingPartner, until: date) -> MarketingPartner:
    """The partner sells no more after `until`; a second call changes nothing. Raises `NotPermitted` for a day
    before it began or after today."""
    check_can_log(by)
    market = MarketingPartner.objects.select_for_update(of=("self",)).get(pk=market.pk)
    if market.until is None:
        check_can_close(market.since, until)
        market.until = until
        market.save(update_fields=["until"])
        record(
            events.MARKET_ENDED,
            by=by,
            subject=market,
            subject_label=market.name,
            village=market.village_id,
            changes={"until": [None, until.isoformat()]},
        )
    return market


@transaction.atomic
def log_contribution(*, by: Seat, key: UUID, **facts: Any) -> Contribution:
    """Write down what a partner gave to the seat's village. Same key: the first one."""
    return log_row(Contribution, events.CONTRIBUTION_LOGGED, by=by, key=key, label="partner", **facts)
