"""Reads of pillar 2."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from migrants.ties import Tie, TieKind
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


def groups_alive(seat: Seat | None) -> QuerySet[BusinessGroup]:
    """Groups the seat may see that have not ended, by name."""
    return visible_groups(seat).filter(ended_on__isnull=True).order_by("name", "id")


def members_of(group: BusinessGroup) -> QuerySet[GroupMember]:
    """Members of a group: those who stay first, then those who left; each by name."""
    return group.members.order_by("left_on", "name", "id")


def business_ties(seat: Seat, people: Collection[UUID]) -> Iterator[Tie]:
    """The running business groups of which these people are members now; only groups the seat may see. One
    query."""
    members = GroupMember.objects.filter(
        person__in=people, left_on__isnull=True, group__in=visible_groups(seat).filter(ended_on__isnull=True)
    )
    for member in members.select_related("group").order_by("group__name", "id"):
        if member.person_id is not None:
            address = reverse("pillars:group-detail", args=[member.group_id])
            yield Tie(member.person_id, TieKind.BUSINESS, member.group.name, address)
