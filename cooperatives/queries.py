"""Reads of pillar 4."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from cooperatives.access import visible_bodies
from cooperatives.models import FinanceBody, Member
from villages.access import Seat


def bodies_with_members(seat: Seat | None) -> QuerySet[FinanceBody]:
    """Bodies the seat may see, each with `members_now`: members who have not left."""
    return (
        visible_bodies(seat)
        .select_related("village")
        .annotate(members_now=Count("members", filter=Q(members__left_on__isnull=True)))
    )


def register_of(body: FinanceBody) -> QuerySet[Member]:
    """The member register in the order of its numbers, those who left included."""
    return body.members.order_by("number")
