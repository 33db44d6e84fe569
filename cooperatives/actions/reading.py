"""Who read what members have and owe, although the books are not their own."""

from __future__ import annotations

from django.db import transaction

from accounts.roles import BODY_ROLES
from audit.actions import record
from cooperatives import events
from cooperatives.models import FinanceBody, Member
from villages.access import Seat


@transaction.atomic
def note_books_read(*, by: Seat, body: FinanceBody, member: Member | None = None) -> None:
    """The log tells that `by` read the account of this member, or (None) pages that name several members.

    The body's own treasurer, board and supervisors read their own books: nothing is recorded (UU 27/2022 art.
    4: personal finance is specific personal data). Records `books.read` for everybody else.
    """
    if by.seat_role in BODY_ROLES:
        return
    label = body.name if member is None else f"{body.name}: {member.number}"
    record(events.BOOKS_READ, by=by, subject=member or body, subject_label=label, village=body.village_id)
