"""Bring in a list of members with what each has saved."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from accounts.keys import new_key
from accounts.roles import Permission
from audit.actions import Subject, record_many
from cooperatives import events
from cooperatives.actions.boards import hold_body
from cooperatives.actions.opening import enter_opening
from cooperatives.enums import MemberKind
from cooperatives.list_rules import check_list
from cooperatives.member_lists import ListReader
from cooperatives.models import FinanceBody, Member
from cooperatives.opening import OpeningLine
from cooperatives.queries.member_lists import ListPlan, plan_of
from cooperatives.rules import check_can_post, check_for_body
from villages.access import Seat


@transaction.atomic
def bring_in_members(*, by: Seat, body: FinanceBody, key: UUID, reader: ListReader) -> ListPlan:
    """Every member of the list stands in the register under the number the list gives, and the balances it
    names are opening balances: one entry of the day the books opened, with this key.

    Members and balances that stand already are left as they are, so the same list again changes nothing.
    All rows come in, or none. The body is held. `reader`: a list that was read. Returns what was changed.
    Raises `NotPermitted`; `NotPossible` for a list with a fault, or in the words of `check_list` and
    `enter_opening`. Records `body.member_joined` for each new member, and `books.entry_posted`.
    """
    check_for_body(by, body, Permission.KEEP_BOOKS)
    check_can_post(by, body)
    body = hold_body(body)
    plan = plan_of(body, reader)
    check_list(body, plan)
    members = dict(plan.known)
    fresh = [
        Member(
            pk=new_key(),
            body=body,
            number=row.number,
            name=row.name,
            sex=row.sex,
            kind=row.kind or MemberKind.OTHER,
            joined_on=row.joined_on,
        )
        for row in plan.fresh
    ]
    Member.objects.bulk_create(fresh)
    members |= {member.number: member for member in fresh}
    if fresh:
        label = "cooperatives.member"
        subjects = [
            Subject(label, str(member.pk), f"{body.name}: {member.number}", body.village_id)
            for member in fresh
        ]
        record_many(events.MEMBER_JOINED, by=by, subjects=subjects)
    if plan.openings:
        lines = [OpeningLine(account, amount, members[row.number]) for row, account, amount in plan.openings]
        enter_opening(by=by, body=body, key=key, lines=lines)
    return plan
