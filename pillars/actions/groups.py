"""Writes about business groups. All raise NotPermitted for a role that does not log records."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.keys import new_key
from accounts.rules import NotPermitted
from audit.actions import record
from migrants.models import Person
from pillars import events
from pillars.actions.logged import log_row, record_end
from pillars.models import BusinessGroup, GroupMember
from pillars.rules import check_can_add_member, check_can_close, check_can_log
from villages.access import Seat


@transaction.atomic
def form_group(*, by: Seat, key: UUID, **facts: Any) -> BusinessGroup:
    """Write down a business group of the seat's village. Same key: the first one."""
    return log_row(BusinessGroup, events.GROUP_FORMED, by=by, key=key, label="name", **facts)


@transaction.atomic
def end_group(*, by: Seat, group: BusinessGroup, ended_on: date) -> BusinessGroup:
    """The group no longer counts as alive after `ended_on`."""
    check_can_log(by)
    group = BusinessGroup.objects.select_for_update().select_related("village").get(pk=group.pk)
    if group.ended_on is None:
        check_can_close(group.formed_on, ended_on)
        group.ended_on = ended_on
        group.save(update_fields=["ended_on"])
        record_end(events.GROUP_CLOSED, by, group, group.name, ended_on)
    return group


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
