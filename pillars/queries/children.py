"""Reads about children of the learning centres."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery

from migrants.access import visible_migrations, visible_people
from migrants.enums import Category, MigrationStatus
from migrants.models import Migration, Person
from pillars.child_access import visible_children, visible_concerns, visible_facilitators
from pillars.child_radar import Hit
from pillars.enums import ChildTheme
from pillars.models import (
    Attendance,
    Child,
    ChildCare,
    ChildPhoto,
    Concern,
    Facilitator,
    GuardianConsent,
    LearningCentre,
    SchoolStatus,
)
from pillars.queries.child_radar import hits_of
from villages.access import Seat

MOST_CHOICES = 300
SHOWN = 10


@dataclass(frozen=True)
class Story:
    """Everything the page of a child tells, the latest first."""

    cares: list[ChildCare]
    school: list[SchoolStatus]
    contacts: list[Any]
    visits: list[Any]
    consents: list[GuardianConsent]
    concerns: list[Concern]
    roll: list[Attendance]
    photo: ChildPhoto | None
    hits: list[Hit]

    @property
    def photos(self) -> GuardianConsent | None:
        """The consent by which photos may be taken; None: no photos."""
        latest = next((row for row in self.consents if row.withdrawn_at is None), None)
        return latest if latest and latest.photos else None

    @property
    def heard_on(self) -> date | None:
        """The last day on which parent and child heard of each other; None when none is noted."""
        days = [row.contacted_on for row in self.contacts[:1]]
        days += [
            row.session.held_on
            for row in self.roll
            if row.present and row.session.theme == ChildTheme.VIDEO_CALL
        ]
        return max(days, default=None)


def story_of(seat: Seat, child: Child, today: date) -> Story:
    """What is known of one child. Queries: 14."""
    roll = Attendance.objects.filter(child=child, session__withdrawn_at__isnull=True).select_related(
        "session"
    )
    concerns = visible_concerns(seat).filter(child=child).select_related("case")
    here = Child.objects.filter(pk=child.pk, left_on__isnull=True)
    return Story(
        cares=list(child.cares.select_related("person")),
        school=list(child.school.all()),
        contacts=list(child.contacts.all()[:SHOWN]),
        visits=list(child.visits.select_related("facilitator", "logged_by")),
        consents=list(child.consents.all()),
        photo=child.portraits.filter(removed_at__isnull=True).first(),
        concerns=list(concerns.order_by("-noted_on", "-id")),
        roll=list(roll.select_related("session").order_by("-session__held_on", "-session_id")[:SHOWN]),
        hits=hits_of(here, today).get(child.pk, []),
    )


def children_of(centre: LearningCentre, *, on: date | None = None) -> QuerySet[Child]:
    """Children on the list of the centre on a day, or now (None), by pseudonym."""
    rows = Child.objects.filter(centre=centre)
    if on is None:
        rows = rows.filter(left_on__isnull=True)
    else:
        rows = rows.filter(Q(left_on__isnull=True) | Q(left_on__gte=on), joined_on__lte=on)
    return rows.order_by("pseudonym", "id")


def children_listed(centre: LearningCentre) -> QuerySet[Child]:
    """The centre's children, those on the list first, each with `standing` at school and `came_on`."""
    school = SchoolStatus.objects.filter(child=OuterRef("pk")).order_by("-since", "-id")
    came = Max(
        "attendances__session__held_on",
        filter=Q(attendances__present=True, attendances__session__withdrawn_at__isnull=True),
    )
    photos = GuardianConsent.objects.filter(child=OuterRef("pk"), withdrawn_at__isnull=True)
    return (
        Child.objects.filter(centre=centre)
        .annotate(
            standing=Subquery(school.values("status")[:1]),
            came_on=came,
            photos=Subquery(photos.order_by("-given_on", "-id").values("photos")[:1]),
        )
        .order_by("left_on", "pseudonym", "id")
    )


def children_who_need(seat: Seat, today: date) -> list[tuple[Child, list[Hit]]]:
    """Children of the village the radar speaks of today, each with why. Queries: 7."""
    here = visible_children(seat).filter(left_on__isnull=True)
    found = hits_of(here, today)
    rows = here.filter(pk__in=found).select_related("centre").order_by("pseudonym", "id")
    return [(row, found[row.pk]) for row in rows]


def concerns_waiting(seat: Seat) -> QuerySet[Concern]:
    """Concerns of the village nobody has decided on, the oldest first."""
    return (
        visible_concerns(seat)
        .filter(decided_at__isnull=True)
        .select_related("child")
        .order_by("noted_on", "id")
    )


def facilitators_of(seat: Seat, centre: LearningCentre) -> QuerySet[Facilitator]:
    """Facilitators of a centre, those who serve now first, by name."""
    return visible_facilitators(seat).filter(centre=centre).order_by("left_on", "name", "id")


def facilitators_of_village(seat: Seat) -> QuerySet[Facilitator]:
    """Everybody who serves at a centre of the village now, by name."""
    return visible_facilitators(seat).filter(left_on__isnull=True).order_by("name", "id")


def journeys_to_choose(seat: Seat) -> QuerySet[Migration]:
    """Journeys a child's parent may be on: prepared or abroad, by name; at most 300."""
    rows = visible_migrations(seat).filter(
        status__in=[MigrationStatus.PROSPECTIVE, MigrationStatus.ABROAD], person__merged_into__isnull=True
    )
    return rows.select_related("person").order_by("person__full_name", "id")[:MOST_CHOICES]


def carers_to_choose(seat: Seat) -> QuerySet[Person]:
    """Registered people who may care for a child: at home, by name; at most 300."""
    rows = visible_people(seat).exclude(category__in=[Category.ACTIVE, Category.PROSPECTIVE])
    return rows.order_by("full_name", "id")[:MOST_CHOICES]


def carers_recorded(seat: Seat) -> QuerySet[Person]:
    """Registered people who care for a child of the village's centres, by name."""
    cares = ChildCare.objects.filter(
        person=OuterRef("pk"), child__in=visible_children(seat).filter(left_on__isnull=True)
    )
    return visible_people(seat).filter(Exists(cares)).order_by("full_name", "id")


def count_children(centre: LearningCentre) -> int:
    """How many children stand on the list of the centre now."""
    return children_of(centre).count()


def of_village(seat: Seat, key: UUID) -> Child | None:
    """A child of the village still on a list; None for any other key."""
    return visible_children(seat).filter(pk=key, left_on__isnull=True).first()


def centres_with_counts(centres: QuerySet[LearningCentre]) -> QuerySet[LearningCentre]:
    """The centres, each with `children_now`: for officers of the village alone."""
    return centres.annotate(children_now=Count("children", filter=Q(children__left_on__isnull=True)))
