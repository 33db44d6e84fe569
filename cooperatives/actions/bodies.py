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
from cooperatives.actions.ledger import Side, post_entry
from cooperatives.chart import CASH
from cooperatives.enums import TransactionKind
from cooperatives.models import FinanceBody, Member
from cooperatives.queries.ledger import balances_of
from cooperatives.rules import check_can_join, check_for_body, check_owes_nothing
from migrants.models import Person
from pillars.rules import check_can_close, check_can_log
from villages.access import Seat
from villages.rules import NotPossible


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
    """End a membership on a day, with its reason; the number stays taken. A second call changes nothing.

    All that the member has in the body's books is paid back in cash by one entry of that day, whose key is
    the member's: principal and mandatory savings return on leaving alone. Raises `NotPermitted`; NotPossible
    for somebody who owes, or in the words of `post_entries`. Records `body.member_left`.
    """
    check_for_body(by, member.body, Permission.KEEP_BOOKS)
    member = Member.objects.select_for_update(of=("self",)).select_related("body__village").get(pk=member.pk)
    if member.left_on is None:
        if left_on < member.joined_on:
            raise NotPermitted(_("A member cannot leave before joining."))
        check_owes_nothing(member)
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
        sides = sides_of_leaving(member)
        if sides:
            post_entry(
                by=by, body=member.body, key=member.pk, kind=TransactionKind.LEAVING, day=left_on, sides=sides
            )
    return member


def sides_of_leaving(member: Member) -> list[Side]:
    """What pays the member everything back; nothing when nothing is there. 1 query."""
    there = {code: amount for code, amount in balances_of(member).items() if amount}
    if not there:
        return []
    return [*(Side(code, amount, member) for code, amount in there.items()), Side(CASH, -sum(there.values()))]


@transaction.atomic
def link_person(*, by: Seat, member: Member, person: Person | None) -> Member:
    """The member of the register is this person of our records, and so of this household; None: nobody.

    Raises `NotPermitted`; NotPossible when the person is a member of the body already. Records
    `body.member_linked`; nothing when nothing changed.
    """
    check_can_log(by)
    check_for_body(by, member.body, Permission.KEEP_BOOKS)
    member = Member.objects.select_for_update(of=("self",)).select_related("body").get(pk=member.pk)
    if person is not None:
        others = member.body.members.filter(person=person, left_on__isnull=True).exclude(pk=member.pk)
        if others.exists():
            raise NotPossible(_("This person is a member already."), field="q")
    if member.person_id != (person.pk if person else None):
        member.person = person
        member.save(update_fields=["person"])
        record(
            events.MEMBER_LINKED,
            by=by,
            subject=member,
            subject_label=f"{member.body.name}: {member.number}",
            village=member.body.village_id,
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
