"""Writes of the service centre, its week plan and the duty record. All raise NotPermitted for a role that
does not log records."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import User
from audit.actions import record
from periods.clock import today_in
from periods.month import Month
from pillars import events
from pillars.duty_rules import check_duty, check_serves
from pillars.models import CentreEquipment, DutyDay, DutyPlan, ServiceCentre
from pillars.queries.duty import proposals
from pillars.rules import check_can_log
from villages.access import Seat
from villages.holding import hold_person, hold_village
from villages.models import Village


@transaction.atomic
def describe_centre(
    *, by: Seat, key: UUID, equipment: Mapping[str, tuple[int, int]], **facts: Any
) -> ServiceCentre:
    """The service centre of the seat's village is as described; there is one a village, whatever the key.

    `equipment`: kind -> (how many, how many of them can be used); kinds left out or with none are gone.
    Records `service_centre.described` with what changed, unless nothing did.
    """
    village = _village(by)
    hold_village(village)
    centre = ServiceCentre.objects.filter(village=village).first()
    changes: dict[str, Any] = {}
    if centre is None:
        centre = ServiceCentre(pk=key, village=village, logged_by=by.user, **facts)
        changes["place"] = (None, centre.place)
    for name, value in facts.items():
        if getattr(centre, name) != value:
            changes[name] = (getattr(centre, name), value)
            setattr(centre, name, value)
    if changes:
        centre.save()
    before = {row.kind: (row.total, row.usable) for row in centre.equipment.all()}
    after = {kind: counts for kind, counts in equipment.items() if counts[0]}
    if before != after:
        centre.equipment.all().delete()
        CentreEquipment.objects.bulk_create(
            CentreEquipment(centre=centre, kind=kind, total=total, usable=usable)
            for kind, (total, usable) in after.items()
        )
        changes["equipment"] = (_summed(before), _summed(after))
    if changes:
        record(
            events.SERVICE_CENTRE_DESCRIBED,
            by=by,
            subject=centre,
            subject_label=centre.place,
            village=village,
            changes=changes,
        )
    return centre


@transaction.atomic
def plan_week(*, by: Seat, plan: Mapping[tuple[User, int], str]) -> None:
    """The week plan of the village says this of each officer and weekday; other officers' lines are gone.

    Raises NotPermitted for somebody who does not serve in the village. Records `duty.planned`.
    """
    village = _village(by)
    hold_village(village)
    today = today_in(by.zone)
    for officer in {officer for officer, _weekday in plan}:
        check_serves(officer, village, today)
    before = {(row.officer_id, row.weekday): row.kind for row in DutyPlan.objects.filter(village=village)}
    after = {(officer.pk, weekday): kind for (officer, weekday), kind in plan.items()}
    if before == after:
        return
    DutyPlan.objects.filter(village=village).delete()
    for (officer, weekday), kind in plan.items():
        DutyPlan(village=village, officer=officer, weekday=weekday, kind=kind, logged_by=by.user).save()
    record(events.DUTY_PLANNED, by=by, subject_label=str(village), village=village)


@transaction.atomic
def say_duty(*, by: Seat, day: date, kind: str) -> DutyDay:
    """The seat's officer did this on that day; what was said before is kept in the log.

    Raises NotPermitted for a day to come that is neither leave nor a trip, and for a day on which the officer
    did not serve here. Records `duty.said`, unless the same was said already.
    """
    village = _village(by)
    hold_person(by.user)
    check_duty(by.user, village, day, kind, today=today_in(by.zone))
    row = DutyDay.objects.filter(officer=by.user, day=day).first()
    before = row.kind if row else None
    if row is not None and before == kind:
        return row
    row = row or DutyDay(village=village, officer=by.user, day=day)
    row.village, row.kind, row.from_log, row.logged_by = village, kind, False, by.user
    row.save()
    record(
        events.DUTY_SAID,
        by=by,
        subject=row,
        subject_label=f"{day:%d-%m-%Y}",
        village=village,
        changes={"kind": (before, kind)},
    )
    return row


@transaction.atomic
def confirm_duty(*, by: Seat, month: Month) -> int:
    """Every day of the month that the log proposes for the seat's officer is in the duty record. Returns how
    many were new; days about which the officer has said something stay as they are. Records
    `duty.confirmed` with the number, unless it is none."""
    village = _village(by)
    hold_person(by.user)
    last = min(month.last_day, today_in(by.zone))
    proposed = proposals(village.code, [by.user.pk], month.first_day, last)
    said = set(
        DutyDay.objects.filter(officer=by.user, day__range=(month.first_day, month.last_day)).values_list(
            "day", flat=True
        )
    )
    new = [(day, kind) for (_officer, day), kind in sorted(proposed.items(), key=str) if day not in said]
    for day, kind in new:
        check_serves(by.user, village, day)
        DutyDay(village=village, officer=by.user, day=day, kind=kind, from_log=True, logged_by=by.user).save(
            force_insert=True
        )
    if new:
        record(
            events.DUTY_CONFIRMED,
            by=by,
            subject_label=month.slug,
            village=village,
            changes={"days": (None, len(new))},
        )
    return len(new)


def _village(by: Seat) -> Village:
    check_can_log(by)
    assert by.village is not None
    return by.village


def _summed(equipment: Mapping[str, tuple[int, int]]) -> str:
    return ", ".join(f"{kind} {usable}/{total}" for kind, (total, usable) in sorted(equipment.items()))
