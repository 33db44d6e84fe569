"""Writes about learning centres and facilitators. All raise NotPermitted for a role that does not log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.rules import NotPermitted
from audit.actions import record
from pillars import events
from pillars.actions.logged import log_row, record_end
from pillars.child_rules import check_can_write_of_children, check_day
from pillars.models import Facilitator, LearningCentre
from pillars.rules import check_can_close, check_can_log
from villages.access import Seat

# What may be changed of a centre while it is open.
CHANGEABLE = ("name", "address", "opening_hours", "facilities", "note")


@transaction.atomic
def open_centre(*, by: Seat, key: UUID, **facts: Any) -> LearningCentre:
    """Write down a learning centre of the seat's village. Same key: the first one."""
    return log_row(LearningCentre, events.CENTRE_OPENED, by=by, key=key, label="name", **facts)


@transaction.atomic
def change_centre(*, by: Seat, centre: LearningCentre, facts: Mapping[str, Any]) -> LearningCentre:
    """Place, hours and facilities are as given; nothing is recorded when nothing differs."""
    check_can_log(by)
    centre = LearningCentre.objects.select_for_update(of=("self",)).get(pk=centre.pk)
    changed = [name for name in CHANGEABLE if name in facts and getattr(centre, name) != facts[name]]
    for name in changed:
        setattr(centre, name, facts[name])
    if changed:
        centre.save(update_fields=changed)
        record(
            events.CENTRE_CHANGED,
            by=by,
            subject=centre,
            subject_label=centre.name,
            village=centre.village_id,
            changes={"fields": (None, ", ".join(changed))},
        )
    return centre


@transaction.atomic
def close_centre(*, by: Seat, centre: LearningCentre, closed_on: date) -> LearningCentre:
    """The centre no longer counts as open after `closed_on`."""
    check_can_log(by)
    centre = LearningCentre.objects.select_for_update().select_related("village").get(pk=centre.pk)
    if centre.closed_on is None:
        check_can_close(centre.opened_on, closed_on)
        centre.closed_on = closed_on
        centre.save(update_fields=["closed_on"])
        record_end(events.CENTRE_CLOSED, by, centre, centre.name, closed_on)
    return centre


@transaction.atomic
def add_facilitator(*, by: Seat, centre: LearningCentre, key: UUID, **facts: Any) -> Facilitator:
    """Somebody leads sessions of the centre from `began_on`, once the agreement is signed. Same key: the
    first."""
    check_can_write_of_children(by, centre)
    check_day(facts["began_on"])
    if facts.get("agreement_signed_on"):
        check_day(facts["agreement_signed_on"])
    return log_row(
        Facilitator, events.FACILITATOR_ADDED, by=by, key=key, label="name", centre=centre, **facts
    )


@transaction.atomic
def sign_agreement(*, by: Seat, facilitator: Facilitator, signed_on: date) -> Facilitator:
    """The facilitator has signed the child-safety agreement on that day and may lead from then on.

    A day that was written down stays: sessions stand on it. Records `facilitator.signed`.
    """
    check_can_write_of_children(by, facilitator)
    row = Facilitator.objects.select_for_update(of=("self",)).get(pk=facilitator.pk)
    if row.agreement_signed_on is not None:
        raise NotPermitted(_("The agreement of this facilitator is written down already."))
    check_day(signed_on)
    row.agreement_signed_on = signed_on
    row.save(update_fields=["agreement_signed_on"])
    record(
        events.FACILITATOR_SIGNED,
        by=by,
        subject=row,
        subject_label=row.name,
        village=row.village_id,
        changes={"signed_on": (None, signed_on)},
    )
    return row


@transaction.atomic
def end_facilitator(*, by: Seat, facilitator: Facilitator, left_on: date) -> Facilitator:
    """The facilitator leads no session after `left_on`; refused while a later session stands."""
    check_can_write_of_children(by, facilitator)
    row = Facilitator.objects.select_for_update(of=("self",)).get(pk=facilitator.pk)
    if row.left_on is None:
        check_can_close(row.began_on, left_on)
        if row.sessions.filter(held_on__gt=left_on).exists():
            raise NotPermitted(_("This facilitator led a session after that day."))
        row.left_on = left_on
        row.save(update_fields=["left_on"])
        record_end(events.FACILITATOR_LEFT, by, row, row.name, left_on)
    return row
