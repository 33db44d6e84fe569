"""Reads about mentoring, marketing partners and contributions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from pillars.access import (
    visible_businesses,
    visible_contributions,
    visible_groups,
    visible_markets,
    visible_mentoring,
)
from pillars.models import Business, BusinessGroup, Contribution, MarketingPartner, MentoringVisit
from villages.access import Seat

_WHOM = ("village", "group", "business")


def groups_to_choose(seat: Seat) -> QuerySet[BusinessGroup]:
    """The running groups of the seat's place, by name."""
    return visible_groups(seat).filter(ended_on__isnull=True).order_by("name", "id")


def businesses_to_choose(seat: Seat) -> QuerySet[Business]:
    """The businesses of the seat's place that are not closed, by name."""
    return visible_businesses(seat).filter(closed_on__isnull=True).order_by("name", "id")


def mentoring_in_list(seat: Seat | None) -> QuerySet[MentoringVisit]:
    """Mentoring visits the seat may see, with whom they were for."""
    return visible_mentoring(seat).select_related(*_WHOM)


def markets_in_list(seat: Seat | None) -> QuerySet[MarketingPartner]:
    """Marketing partners the seat may see, with whom they sell for."""
    return visible_markets(seat).select_related(*_WHOM)


def contributions_in_list(seat: Seat | None) -> QuerySet[Contribution]:
    """Contributions the seat may see."""
    return visible_contributions(seat).select_related("village")


def visits_that_meet(visit: MentoringVisit) -> QuerySet[MentoringVisit]:
    """Earlier visits to the same group or business after which they were to meet again."""
    whom = Q(group=visit.group_id) if visit.group_id else Q(business=visit.business_id)
    earlier = MentoringVisit.objects.filter(whom, next_on__isnull=False, visited_on__lte=visit.visited_on)
    return earlier.exclude(pk=visit.pk)


def mentoring_like(seat: Seat, key: UUID | None) -> dict[str, object]:
    """What a new visit takes over from an earlier one: to whom, by whom, about what."""
    visit = visible_mentoring(seat).filter(pk=key).first() if key else None
    if visit is None:
        return {}
    whom = {"group": visit.group_id, "business": visit.business_id}
    return {**whom, "mentor": visit.mentor, "topic": visit.topic}


@dataclass(frozen=True)
class SupportLine:
    """Aid, a mentoring visit or a marketing partner, as the page of a group or business names it."""

    day: date
    name: str
    hint: str
    href: str


def support_of(whom: BusinessGroup | Business) -> list[SupportLine]:
    """What was done for a group or business, the latest first. Queries: 3, and 1 more for the trainings of a
    group."""
    lines = [
        SupportLine(
            grant.handed_on,
            gettext("Equipment aid"),
            f"{grant.giver}, {grant.get_source_display()}",
            reverse("pillars:aid-detail", args=[grant.pk]),
        )
        for grant in whom.equipmentgrants.all()
    ]
    lines += [
        SupportLine(
            visit.visited_on, visit.topic, visit.mentor, reverse("pillars:mentoring-detail", args=[visit.pk])
        )
        for visit in whom.mentoringvisits.all()
    ]
    lines += [
        SupportLine(
            market.since,
            market.name,
            market.get_kind_display(),
            reverse("pillars:market-detail", args=[market.pk]),
        )
        for market in whom.marketingpartners.all()
    ]
    if isinstance(whom, BusinessGroup):
        lines += [
            SupportLine(
                training.first_on,
                training.title,
                training.organiser,
                reverse("pillars:training-detail", args=[training.pk]),
            )
            for training in whom.trainings.all()
        ]
    return sorted(lines, key=lambda line: line.day, reverse=True)
