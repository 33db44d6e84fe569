"""Reads of pillar 4."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from cooperatives.access import visible_bodies
from cooperatives.models import FinanceBody, Member
from migrants.ties import Tie, TieKind
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


def membership_ties(seat: Seat, people: Collection[UUID]) -> Iterator[Tie]:
    """The running bodies of which these people are members now; only bodies the seat may see. One query."""
    members = Member.objects.filter(
        person__in=people, left_on__isnull=True, body__in=visible_bodies(seat).filter(ended_on__isnull=True)
    )
    for member in members.select_related("body").order_by("body__name", "id"):
        if member.person_id is not None:
            address = reverse("cooperatives:body-detail", args=[member.body_id])
            yield Tie(member.person_id, TieKind.COOPERATIVE, member.body.name, address)
