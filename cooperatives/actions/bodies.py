"""Writes about bodies and their members. All raise NotPermitted for a role that may not, or another body."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.keys import new_key
from accounts.roles import Permission
from accounts.rules import NotPermitted
from audit.actions import record
from cooperatives import events
from cooperatives.models import FinanceBody, Member
from cooperatives.rules import check_can_join, check_for_body
from migrants.models import Person
from pillars.rules import check_can_close, check_can_log
from villages.access import Seat


@transaction.atomic
def found_body(*, by: Seat, key: UUID, **facts: Any) -> FinanceBody:
    """Write down a finance body of the seat's village. Same key: the first one."""
    check_can_log(by)
    first = FinanceBody.objects.filter(pk=key).first()
    if first is not None and first.village_id == by.village_id:
        return first
    body = FinanceBody(pk=new_key() if first else key, village=by.village, logged_by=by.user, **facts)
    body.save(force_insert=True)
    record(events.BODY_FOUNDED, by=by, subject=body, subject_label=body.name, village=body.village)
    return body


@transaction.atomic
def join_member(
    *, by: Seat, body: FinanceBody, key: UUID, joined_on: date, person: Person | None = None, **facts: Any
) -> Member:
    """Enter a member under the next number of the register. Same key: the first one.

    Numbers run from 1 without gaps and are never given twice, also not after a member left: the body's row is
    locked while the number is taken. Raises `NotPermitted` when the body has ended.
    """
    check_for_body(by, body, Permission.KEEP_BOOKS)
    body = FinanceBody.objects.select_for_update().get(pk=body.pk)
    if (first := Member.objects.filter(pk=key, body=body).first()) is not None:
        return first
    check_can_join(body, joined_on=joined_on, person=person)
    if Member.objects.filter(pk=key).exists():
        key = new_key()
    last = body.members.aggregate(last=Max("number"))["last"] or 0
    member = Member.objects.create(
        pk=key, body=body, number=last + 1, person=person, joined_on=joined_on, **facts
    )
    record(
        events.MEMBER_JOINED,
        by=by,
        subject=member,
        subject_label=f"{body.name}: {member.number}",
        village=body.village,
    )
    return member


@transaction.atomic
def leave_body(*, by: Seat, member: Member, left_on: date, reason: str) -> Member:
    """End a membership on a day, with its reason; the number stays taken. A second call changes nothing."""
    check_for_body(by, member.body, Permission.KEEP_BOOKS)
    member = Member.objects.select_for_update().select_related("body__village").get(pk=member.pk)
    if member.left_on is None:
        if left_on < member.joined_on:
            raise NotPermitted(_("A member cannot leave before joining."))
        member.left_on, member.left_reason = left_on, reason
        member.save(update_fields=["left_on", "left_reason"])
        record(
            events.MEMBER_LEFT,
            by=by,
            subject=member,
            subject_label=f"{member.body.name}: {member.number}",
            village=member.body.village,
            changes={"left_on": [None, left_on.isoformat()]},
        )
    return member


@transaction.atomic
def end_body(*, by: Seat, body: FinanceBody, ended_on: date) -> FinanceBody:
    """The body no longer counts as running after `ended_on`."""
    check_can_log(by)
    body = FinanceBody.objects.select_for_update().select_related("village").get(pk=body.pk)
    if body.ended_on is None:
        check_can_close(body.founded_on, ended_on)
        body.ended_on = ended_on
        body.save(update_fields=["ended_on"])
        record(
            events.BODY_CLOSED,
            by=by,
            subject=body,
            subject_label=body.name,
            village=body.village,
            changes={"ended_on": [None, ended_on.isoformat()]},
        )
    return body
