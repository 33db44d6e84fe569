"""Reads of pillar 4."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from cooperatives.access import visible_bodies
from cooperatives.enums import BoardOffice
from cooperatives.models import BoardTerm, FinanceBody, Member
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


def board_of(body: FinanceBody) -> list[BoardTerm]:
    """Who leads and oversees the body today or later, and then who did, the newest first. 1 query."""
    terms = list(body.board.select_related("user").order_by("office", "-starts_on", "id"))
    today = timezone.localdate()
    return sorted(terms, key=lambda term: (term.ends_on < today, BoardOffice.values.index(term.office)))


def membership_ties(seat: Seat, people: Collection[UUID]) -> Iterator[Tie]:
    """The running bodies of which these people are members now; only bodies the seat may see. One query."""
    members = Member.objects.filter(
        person__in=people, left_on__isnull=True, body__in=visible_bodies(seat).filter(ended_on__isnull=True)
    )
    for member in members.select_related("body").order_by("body__name", "id"):
        if member.person_id is not None:
            address = reverse("cooperatives:body-detail", args=[member.body_id])
            yield Tie(member.person_id, TieKind.COOPERATIVE, member.body.name, address)
