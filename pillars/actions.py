"""Writes of pillars 1 to 3. All raise NotPermitted for a role that does not log records."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.keys import new_key
from accounts.rules import NotPermitted
from audit.actions import record
from migrants.models import Person
from pillars import events
from pillars.models import BusinessGroup, GroupMember, LearningCentre, Logged, OutreachSession
from pillars.rules import check_can_add_member, check_can_close, check_can_log
from villages.access import Seat

Row = TypeVar("Row", bound=Logged)


@transaction.atomic
def log_outreach(*, by: Seat, key: UUID, **facts: Any) -> OutreachSession:
    """Write down one public information session of the seat's village. Same key: the first one."""
    return _log(OutreachSession, events.OUTREACH_LOGGED, by=by, key=key, label="held_on", **facts)


@transaction.atomic
def form_group(*, by: Seat, key: UUID, **facts: Any) -> BusinessGroup:
    """Write down a business group of the seat's village. Same key: the first one."""
    return _log(BusinessGroup, events.GROUP_FORMED, by=by, key=key, label="name", **facts)


@transaction.atomic
def open_centre(*, by: Seat, key: UUID, **facts: Any) -> LearningCentre:
    """Write down a learning centre of the seat's village. Same key: the first one."""
    return _log(LearningCentre, events.CENTRE_OPENED, by=by, key=key, label="name", **facts)


@transaction.atomic
def add_member(
    *, by: Seat, group: BusinessGroup, key: UUID, joined_on: date, person: Person | None = None, **facts: Any
) -> GroupMember:
    """Add a member to a group that is alive. Same key: the first one.

    Raises `NotPermitted` when the group has ended, the member joins before the group was formed, or the
    person is a member already.
    """
    check_can_log(by)
    group = BusinessGroup.objects.select_for_update().get(pk=group.pk)
    if (first := GroupMember.objects.filter(pk=key, group=group).first()) is not None:
        return first
    check_can_add_member(group, joined_on=joined_on, person=person)
    if GroupMember.objects.filter(pk=key).exists():
        key = new_key()
    member = GroupMember.objects.create(pk=key, group=group, person=person, joined_on=joined_on, **facts)
    record(events.MEMBER_ADDED, by=by, subject=member, subject_label=group.name, village=group.village)
    return member


@transaction.atomic
def end_membership(*, by: Seat, member: GroupMember, left_on: date) -> GroupMember:
    """End a membership on a day, not before it began and not in the future; a second call changes nothing."""
    check_can_log(by)
    member = GroupMember.objects.select_for_update().select_related("group__village").get(pk=member.pk)
    if member.left_on is None:
        if left_on < member.joined_on:
            raise NotPermitted(_("A member cannot leave before joining."))
        member.left_on = left_on
        member.save(update_fields=["left_on"])
        record(
            events.MEMBER_LEFT,
            by=by,
            subject=member,
            subject_label=member.group.name,
            village=member.group.village,
            changes={"left_on": [None, left_on.isoformat()]},
        )
    return member


@transaction.atomic
def end_group(*, by: Seat, group: BusinessGroup, ended_on: date) -> BusinessGroup:
    """The group no longer counts as alive after `ended_on`."""
    check_can_log(by)
    group = BusinessGroup.objects.select_for_update().select_related("village").get(pk=group.pk)
    if group.ended_on is None:
        check_can_close(group.formed_on, ended_on)
        group.ended_on = ended_on
        group.save(update_fields=["ended_on"])
        _record_end(events.GROUP_CLOSED, by, group, ended_on)
    return group


@transaction.atomic
def close_centre(*, by: Seat, centre: LearningCentre, closed_on: date) -> LearningCentre:
    """The centre no longer counts as open after `closed_on`."""
    check_can_log(by)
    centre = LearningCentre.objects.select_for_update().select_related("village").get(pk=centre.pk)
    if centre.closed_on is None:
        check_can_close(centre.opened_on, closed_on)
        centre.closed_on = closed_on
        centre.save(update_fields=["closed_on"])
        _record_end(events.CENTRE_CLOSED, by, centre, closed_on)
    return centre


def _log(model: type[Row], event: str, *, by: Seat, key: UUID, label: str, **facts: Any) -> Row:
    check_can_log(by)
    first = model._default_manager.filter(pk=key).first()
    if first is not None and first.village_id == by.village_id:
        return first
    if first is not None:  # somebody else's key: this is a new record with a key of its own
        key = new_key()
    row = model(pk=key, village=by.village, logged_by=by.user, **facts)
    row.save(force_insert=True)
    record(event, by=by, subject=row, subject_label=str(getattr(row, label)), village=by.village)
    return row


def _record_end(event: str, by: Seat, row: BusinessGroup | LearningCentre, day: date) -> None:
    record(
        event,
        by=by,
        subject=row,
        subject_label=row.name,
        village=row.village,
        changes={"ended_on": [None, day.isoformat()]},
    )
