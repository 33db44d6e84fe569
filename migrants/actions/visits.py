"""Writes about service visits."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from audit.actions import record
from migrants import events, occasions
from migrants.deliveries import Delivery, deliver_once
from migrants.models import Person, ServiceVisit
from migrants.rules import check_can_withdraw_visit, check_in_village, village_of
from villages.access import Seat


@transaction.atomic
def log_visit(
    *,
    by: Seat,
    key: UUID,
    visited_on: date,
    topic: str,
    channel: str,
    outcome: str,
    person: Person | None = None,
    visitor_name: str = "",
    visitor_sex: str = "",
    note: str = "",
    minutes: int | None = None,
    follow_up_on: date | None = None,
    follows: ServiceVisit | None = None,
    after: UUID | None = None,
) -> Delivery[ServiceVisit]:
    """Log a service given in the seat's village; same key: the first one, and nothing is written.

    `person` None: the visitor is not registered, and may stay without a name. `follows`: the earlier visit
    whose follow-up this is; it is then done. `after`: the occasion it follows from (see `occasions`). Raises
    NotPermitted, Http404 (the key names another village's
    row). Records `visit.logged`. Queries: 4, 5 with `follows`.
    """
    village = village_of(by)
    if person is not None:
        check_in_village(by, person)

    def make() -> ServiceVisit:
        visit = ServiceVisit(
            pk=key,
            village=village,
            person=person,
            visitor_name="" if person else visitor_name,
            visitor_sex="" if person else visitor_sex,
            visited_on=visited_on,
            topic=topic,
            channel=channel,
            outcome=outcome,
            note=note,
            minutes=minutes,
            follow_up_on=follow_up_on,
            logged_by=by.user,
        )
        visit.save(force_insert=True)
        if follows is not None:
            _mark_followed_up(follows)
        if after is not None:
            occasions.note(by=by, visit=visit, key=after)
        record(events.VISIT_LOGGED, by=by, subject=visit, subject_label=visit.number, village=village)
        return visit

    return deliver_once(ServiceVisit.objects.visible_to(by).select_related("person"), key, make)


@transaction.atomic
def withdraw_visit(*, by: Seat, visit: ServiceVisit, reason: str) -> ServiceVisit:
    """The visit stays, struck through, and counts nowhere. Raises NotPermitted when it was withdrawn already.

    Records `visit.withdrawn` with the reason. Queries: 3.
    """
    visit = ServiceVisit.objects.select_for_update(of=("self",)).select_related("village").get(pk=visit.pk)
    check_can_withdraw_visit(by, visit)
    visit.withdrawn_at, visit.withdrawn_by, visit.withdrawn_reason = timezone.now(), by.user, reason[:200]
    visit.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    record(
        events.VISIT_WITHDRAWN,
        by=by,
        subject=visit,
        subject_label=visit.number,
        village=visit.village,
        reason=reason,
    )
    return visit


@transaction.atomic
def finish_follow_up(*, by: Seat, visit: ServiceVisit) -> None:
    """The follow-up of a visit is done; a second call changes nothing. Records `visit.followed_up` once."""
    village = check_in_village(by, visit)
    if _mark_followed_up(visit):
        record(events.VISIT_FOLLOWED_UP, by=by, subject=visit, subject_label=visit.number, village=village)


def _mark_followed_up(visit: ServiceVisit) -> bool:
    waiting = ServiceVisit.objects.to_follow_up().filter(pk=visit.pk)
    return bool(waiting.update(followed_up_at=timezone.now()))
