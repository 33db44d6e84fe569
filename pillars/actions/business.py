"""Writes about businesses: start one, change it, pause or close it, its papers, its turnover."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.rules import NotPermitted
from audit.actions import record
from migrants.case_states import IllegalStep
from migrants.deliveries import Delivery, deliver_once
from migrants.models import Person
from migrants.versions import ChangedMeanwhile
from periods.month import Month
from pillars import events
from pillars.access import visible_businesses
from pillars.business_states import check_move
from pillars.enums import BusinessStatus
from pillars.models import Business, BusinessGroup, BusinessPermit, BusinessStep, Turnover
from pillars.rules import check_belongs, check_can_log
from villages.access import Seat

# What the form of a business may set as it stands; the status has its own way.
FACTS = ("name", "sector", "product", "started_on", "export_ready_on", "note")


@transaction.atomic
def start_business(
    *, by: Seat, key: UUID, group: BusinessGroup | None, owner: Person | None, facts: Mapping[str, Any]
) -> Delivery[Business]:
    """A business of a group, or of the household of `owner`, runs from its first day on; same key: the first
    one, and nothing is written.

    Exactly one of the two is given. Raises NotPermitted, Http404. Records `business.started`.
    """
    check_can_log(by)
    check_belongs(by, group=group, owner=owner)

    def make() -> Business:
        business = Business(
            pk=key, village=by.village, group=group, owner=owner, logged_by=by.user, **_known(facts)
        )
        business.save(force_insert=True)
        _write_step(by, business, "", on=business.started_on)
        _record(events.BUSINESS_STARTED, by, business)
        return business

    return deliver_once(visible_businesses(by), key, make)


@transaction.atomic
def change_business(*, by: Seat, business: Business, version: int, facts: Mapping[str, Any]) -> Business:
    """The facts of the business are these; unchanged ones write nothing.

    Raises NotPermitted, `ChangedMeanwhile` when `version` is not the one that stands. Records
    `business.changed` with the names of what changed.
    """
    row = _held(by, business)
    if row.version != version:
        raise ChangedMeanwhile(row)
    changed = {name: value for name, value in _known(facts).items() if getattr(row, name) != value}
    if not changed:
        return row
    for name, value in changed.items():
        setattr(row, name, value)
    row.version += 1
    row.save()
    _record(events.BUSINESS_CHANGED, by, row, {name: [None, None] for name in sorted(changed)})
    return row


@transaction.atomic
def move_business(
    *, by: Seat, business: Business, to: str, on: date, why: str = "", words: str = ""
) -> Business:
    """The business pauses, runs again or closes on a day, and why.

    Raises NotPermitted, `IllegalStep` for a move that is not in the table and a day before the last one.
    Records `business.moved`.
    """
    row = _held(by, business)
    check_move(row.status, to)
    last = row.steps.order_by("-happened_on").values_list("happened_on", flat=True).first()
    if on < (last or row.started_on):
        raise IllegalStep(_("This cannot be before what was written down last."))
    before, row.status = row.status, to
    row.closed_on = on if to == BusinessStatus.CLOSED else None
    row.version += 1
    row.save()
    _write_step(by, row, before, on=on, why=why, words=words)
    _record(events.BUSINESS_MOVED, by, row, {"status": [before, to]})
    return row


@transaction.atomic
def note_permit(
    *,
    by: Seat,
    business: Business,
    key: UUID,
    kind: str,
    number: str,
    issued_on: date,
    expires_on: date | None = None,
) -> Delivery[BusinessPermit]:
    """The business has this paper; same key: the first one, and nothing is written.

    Raises NotPermitted, also for a number of that kind that is written down already. Records
    `business.permit_noted`.
    """
    row = _held(by, business)

    def make() -> BusinessPermit:
        if row.permits.filter(kind=kind, number=number).exists():
            raise NotPermitted(_("This number is written down already."))
        permit = BusinessPermit(
            pk=key,
            business=row,
            kind=kind,
            number=number,
            issued_on=issued_on,
            expires_on=expires_on,
            logged_by=by.user,
        )
        permit.save(force_insert=True)
        _record(events.PERMIT_NOTED, by, row, {"kind": [None, kind]})
        return permit

    return deliver_once(BusinessPermit.objects.filter(business=row), key, make)


@transaction.atomic
def note_turnover(
    *, by: Seat, business: Business, month: Month, version: int, facts: Mapping[str, Any]
) -> Turnover:
    """What the business said of a month stands, None for what it does not know; the same again writes
    nothing.

    `version` 0: nothing was written of the month when the form was opened. Raises NotPermitted for a month
    in which the business did not run, `ChangedMeanwhile` when somebody else wrote it meanwhile. Records
    `business.turnover_noted` with before and after.
    """
    row = _held(by, business)
    if month.last_day < row.started_on or (row.closed_on and month.first_day > row.closed_on):
        raise NotPermitted(_("The business did not run in this month."))
    stands = Turnover.objects.filter(business=row, first_day=month.first_day).first()
    now = stands or Turnover(business=row, first_day=month.first_day, version=0)
    before = {name: getattr(now, name) for name in facts}
    if stands is not None and before == dict(facts):
        return stands
    if now.version != version:
        raise ChangedMeanwhile(now)
    for name, value in facts.items():
        setattr(now, name, value)
    now.version, now.logged_by = version + 1, by.user
    now.save()
    changes = {name: [before[name], value] for name, value in facts.items() if before[name] != value}
    _record(events.TURNOVER_NOTED, by, row, {"month": [None, month.slug], **changes})
    return now


def _known(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: facts[name] for name in FACTS if name in facts}


def _held(by: Seat, business: Business) -> Business:
    """The business as it stands, the transaction's to write until it ends."""
    check_can_log(by)
    row: Business = (
        visible_businesses(by).select_for_update(of=("self",)).select_related("village").get(pk=business.pk)
    )
    return row


def _write_step(
    by: Seat, business: Business, before: str, *, on: date, why: str = "", words: str = ""
) -> None:
    BusinessStep.objects.create(
        business=business,
        from_status=before,
        to_status=business.status,
        happened_on=on,
        why=why,
        words=words,
        logged_by=by.user,
    )


def _record(event: str, by: Seat, business: Business, changes: dict[str, Any] | None = None) -> None:
    record(
        event,
        by=by,
        subject=business,
        subject_label=business.name,
        village=business.village_id,
        changes=changes,
    )
