"""Reads of pillars 1 to 3."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from pillars.access import visible_groups
from pillars.models import BusinessGroup, GroupMember
from villages.access import Seat


def groups_with_members(seat: Seat | None) -> QuerySet[BusinessGroup]:
    """Groups the seat may see, each with `members_now`: members who have not left."""
    return (
        visible_groups(seat)
        .select_related("village")
        .annotate(members_now=Count("members", filter=Q(members__left_on__isnull=True)))
    )


def members_of(group: BusinessGroup) -> QuerySet[GroupMember]:
    """Members of a group: those who stay first, then those who left; each by name."""
    return group.members.order_by("left_on", "name", "id")
