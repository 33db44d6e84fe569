"""Writes about sessions with children and classes for carers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.keys import new_key
from accounts.rules import NotPermitted
from audit.actions import record
from migrants.deliveries import Delivery, deliver_once
from migrants.enums import Sex
from migrants.models import Person
from pillars import events
from pillars.child_rules import (
    check_can_lead,
    check_can_write_of_children,
    check_centre_open,
    check_day,
    check_on_list,
)
from pillars.models import (
    Attendance,
    CarerPresent,
    CarerSession,
    Child,
    ChildSession,
    Facilitator,
    LearningCentre,
    SessionLeader,
)
from pillars.rules import check_stands
from villages.access import Seat


@transaction.atomic
def log_child_session(
    *,
    by: Seat,
    key: UUID,
    centre: LearningCentre,
    held_on: date,
    theme: str,
    leaders: Collection[Facilitator],
    roll: Collection[Child],
    present: Collection[Child],
    note: str = "",
) -> Delivery[ChildSession]:
    """A session of the centre stands with who led it and who of the roll was there; same key: the first.

    `roll`: the children on the list that day; those not in `present` were away. Raises NotPermitted: a
    facilitator without a signed agreement, a child not on the list, a closed centre. Records
    `child_session.logged` without a child.
    """
    check_can_write_of_children(by, centre, *leaders, *roll)
    check_centre_open(centre, held_on)
    check_can_lead(leaders, centre, held_on)
    check_on_list(present, held_on)

    def make() -> ChildSession:
        row = ChildSession(  # type: ignore[misc]  # the note is a property that seals
            pk=key,
            village=by.village,
            logged_by=by.user,
            centre=centre,
            held_on=held_on,
            theme=theme,
            note=note,
        )
        row.save(force_insert=True)
        _fill(row, leaders, _on_list(roll, held_on), present)
        _record(events.CHILD_SESSION_LOGGED, by, row)
        return row

    return deliver_once(ChildSession.objects.visible_to(by), key, make)


@transaction.atomic
def change_child_session(
    *,
    by: Seat,
    session: ChildSession,
    held_on: date,
    theme: str,
    leaders: Collection[Facilitator],
    present: Collection[Child],
    note: str = "",
) -> ChildSession:
    """Day, theme, leaders and who was there are as given; the roll stays the one of the day it was written.

    Raises as `log_child_session`. Records `child_session.changed`.
    """
    check_can_write_of_children(by, session, *leaders, *present)
    held = ChildSession.objects.select_for_update(of=("self",)).select_related("centre")
    row: ChildSession = held.get(pk=session.pk)
    check_stands(row)
    check_centre_open(row.centre, held_on)
    check_can_lead(leaders, row.centre, held_on)
    roll = [line.child for line in row.roll.select_related("child")]
    check_on_list(roll, held_on)
    row.leaders.all().delete()
    row.held_on, row.theme, row.note, row.version = held_on, theme, note, row.version + 1
    row.save()
    row.roll.all().delete()
    _fill(row, leaders, roll, present)
    _record(events.CHILD_SESSION_CHANGED, by, row)
    return row


@transaction.atomic
def log_carer_session(
    *, by: Seat, key: UUID, facts: Mapping[str, Any], people: Collection[Person], women: int, men: int
) -> Delivery[CarerSession]:
    """A class for carers stands, with those recorded who came and how many others; same key: the first.

    Raises NotPermitted when nobody came. Records `carer_session.logged`.
    """
    check_can_write_of_children(by, *people)
    check_day(facts["held_on"])
    if not people and not women and not men:
        raise NotPermitted(_("Write who was present, or how many."))

    def make() -> CarerSession:
        row = CarerSession(pk=key, village=by.village, logged_by=by.user, **facts)
        row.save(force_insert=True)
        CarerPresent.objects.bulk_create(_heads(row, people, women, men))
        record(
            events.CARER_SESSION_LOGGED,
            by=by,
            subject=row,
            subject_label=f"{row.held_on:%d-%m-%Y}",
            village=row.village_id,
        )
        return row

    return deliver_once(CarerSession.objects.visible_to(by), key, make)


def _heads(row: CarerSession, people: Iterable[Person], women: int, men: int) -> Iterable[CarerPresent]:
    known = [(person.sex, person) for person in people]
    counted = [(Sex.FEMALE, None)] * women + [(Sex.MALE, None)] * men
    for sex, person in [*known, *counted]:
        yield CarerPresent(pk=new_key(), village_id=row.village_id, session=row, sex=str(sex), person=person)


def _on_list(children: Iterable[Child], day: date) -> list[Child]:
    """Those who stood on the list that day: a child who came later was not missing."""
    return [
        child
        for child in children
        if child.joined_on <= day and (child.left_on is None or child.left_on >= day)
    ]


def _fill(
    row: ChildSession, leaders: Collection[Facilitator], roll: Iterable[Child], present: Collection[Child]
) -> None:
    here = {child.pk for child in present}
    SessionLeader.objects.bulk_create(SessionLeader(session=row, facilitator=one) for one in leaders)
    Attendance.objects.bulk_create(
        Attendance(village_id=row.village_id, session=row, child=child, present=child.pk in here)
        for child in roll
    )


def _record(event: str, by: Seat, row: ChildSession) -> None:
    label = f"{row.centre.name}, {row.held_on:%d-%m-%Y}"
    record(event, by=by, subject=row, subject_label=label, village=row.village_id)
