"""Reads about journeys. Querysets of the whole country: narrow them by seat or place before use."""

from __future__ import annotations

from datetime import date

from migrants.enums import MigrationStatus
from migrants.models import Migration, Person
from migrants.models.journeys import MigrationQuerySet


def registrations(first: date, last: date) -> MigrationQuerySet:
    """Journeys registered from the first to the last day, whatever became of them, cancelled ones too."""
    return Migration.objects.filter(registered_on__gte=first, registered_on__lte=last)


def departures(first: date, last: date) -> MigrationQuerySet:
    """Journeys that departed from the first to the last day, returned ones too. Group by `procedural`; the
    denominator of a share is all of them, "unknown" included."""
    return Migration.objects.departed_between(first, last)


def returns(first: date, last: date) -> MigrationQuerySet:
    """Journeys that ended at home from the first to the last day."""
    return Migration.objects.filter(returned_on__gte=first, returned_on__lte=last)


def open_journeys() -> MigrationQuerySet:
    """Journeys being prepared or abroad now; a person has at most one, so these are people too."""
    return Migration.objects.filter(status__in=[MigrationStatus.PROSPECTIVE, MigrationStatus.ABROAD])


def journeys_of(person: Person) -> MigrationQuerySet:
    """Every journey of a person, the newest first, with its steps and who judged it. Two queries."""
    return (
        Migration.objects.filter(person=person)
        .select_related("procedural_by")
        .prefetch_related("steps__logged_by")
        .order_by("-registered_on", "-id")
    )
