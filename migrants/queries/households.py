"""Reads about a household: everybody on its card, with journey, business and membership."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models.functions import Lower

from migrants.access import visible_migrations, visible_people
from migrants.enums import Category, MigrationStatus
from migrants.models import Household, Migration, Person
from migrants.ties import Tie, TieKind, ties_of
from villages.access import Seat


@dataclass(frozen=True)
class Member:
    """One person on the card. `journey`: the latest that was not cancelled, None without one."""

    person: Person
    journey: Migration | None
    ties: Sequence[Tie]

    @property
    def is_abroad(self) -> bool:
        return self.person.category == Category.ACTIVE

    @property
    def businesses(self) -> list[Tie]:
        return [tie for tie in self.ties if tie.kind == TieKind.BUSINESS]

    @property
    def memberships(self) -> list[Tie]:
        return [tie for tie in self.ties if tie.kind == TieKind.COOPERATIVE]


def members_of(seat: Seat, household: Household) -> list[Member]:
    """Everybody on the card whom the seat may see, by name. Queries: 2, and one for each teller of ties."""
    people = list(visible_people(seat).filter(household=household).order_by(Lower("full_name"), "id"))
    keys = [person.pk for person in people]
    journeys: dict[UUID, Migration] = {}
    rows = visible_migrations(seat).filter(person__in=keys).exclude(status=MigrationStatus.CANCELLED)
    for journey in rows.order_by("registered_on", "id"):
        journeys[journey.person_id] = journey
    ties = ties_of(seat, keys)
    return [Member(person, journeys.get(person.pk), ties.get(person.pk, [])) for person in people]
