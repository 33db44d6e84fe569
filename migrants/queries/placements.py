"""Reads about one journey: its milestones, the company that places, what the page of it shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from migrants.enums import MigrationStatus
from migrants.journey_states import steps_from
from migrants.milestones import Doings, Milestone
from migrants.models import (
    ContractExtension,
    JourneyMilestone,
    Migration,
    MigrationStep,
    Person,
    PlacementCompany,
    ReturnRecord,
)
from migrants.registers.words import company_key
from migrants.vocabulary import NOT_KNOWN


def company_named(name: str) -> PlacementCompany | None:
    """The listed company of that name, PT and punctuation aside; None when the list has none. Queries: 1; an
    empty name asks none."""
    key = company_key(name)
    return PlacementCompany.objects.filter(name_key=key).first() if key else None


def doings_of(journey: Migration) -> Doings:
    """All known days of the journey. Queries: 1."""
    days = dict(JourneyMilestone.objects.filter(migration=journey).values_list("kind", "happened_on"))
    return Doings(days, journey.departed_on, journey.returned_on, journey.person.birth_date)


@dataclass(frozen=True)
class Stage:
    """One line of the way: a milestone with its day and note, both empty while it has not happened."""

    kind: Milestone
    day: date | None
    note: str


def stages_of(journey: Migration) -> list[Stage]:
    """Every milestone in the usual order, with its day where it has one. Queries: 1."""
    known = {row.kind: row for row in JourneyMilestone.objects.filter(migration=journey)}
    return [
        Stage(kind, known[kind].happened_on, known[kind].note) if kind in known else Stage(kind, None, "")
        for kind in Milestone
    ]


def steps_of(journey: Migration) -> QuerySet[MigrationStep]:
    """The history of the status, the newest first, with who wrote it. Queries: 1."""
    return journey.steps.select_related("logged_by").order_by("-logged_at", "-id")


def extensions_of(journey: Migration) -> QuerySet[ContractExtension]:
    """The extensions of the contract, the newest first. Queries: 1."""
    return journey.extensions.select_related("logged_by").order_by("-logged_at", "-id")


def is_extension_of(journey: Migration, key: UUID | None) -> bool:
    """Whether the journey has an extension with this key already. Queries: 1."""
    return key is not None and journey.extensions.filter(pk=key).exists()


def return_of(journey: Migration) -> ReturnRecord | None:
    """What is known of the return; None before anybody wrote of it. Queries: 1."""
    row: ReturnRecord | None = ReturnRecord.objects.filter(migration=journey).first()
    return row


def carried_over(person: Person) -> dict[str, str]:
    """What a further journey of the person begins with, for many leave again: scheme, destination, work and
    employer of the latest one that is over; empty for a first. Queries: 1."""
    latest = (
        Migration.objects.filter(person=person, status=MigrationStatus.RETURNED)
        .order_by("-registered_on", "-id")
        .first()
    )
    if latest is None:
        return {}
    return {
        "status_choice": MigrationStatus.PROSPECTIVE,
        "scheme": latest.scheme,
        "destination": latest.destination or NOT_KNOWN,
        "job": latest.job or NOT_KNOWN,
        "employer": latest.employer,
    }


def may_be_moved(journey: Migration) -> bool:
    """Whether the next step of the journey is one forward, not a correction."""
    return any(not step.is_correction for step in steps_from(journey.status))
