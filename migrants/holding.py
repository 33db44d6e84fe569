"""Who writes to a person holds the person first; a merge holds what moves before it holds the two people.

The order is everywhere rows first, people last: a step of a journey holds the journey and then writes the
person's standing, so a merge that held the person first would wait for a journey that waits for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import ForeignObjectRel

from migrants.models import Migration, Person


def hold_person(person: Person) -> Person:
    """The same person, the transaction's to write until it ends, with the standing as it is now; of a record
    that was merged meanwhile the kept one. Queries: 1, or 2 after a merge.
    """
    people = Person.objects.select_for_update(of=("self",), no_key=True)
    person.refresh_from_db(fields=["category", "merged_into"], from_queryset=people)
    if person.merged_into_id is None:
        return person
    kept: Person = people.select_related("village").get(pk=person.merged_into_id)
    return kept


def hold_journey(journey: Migration) -> Migration:
    """The journey as it stands now, the transaction's to write until it ends, with person and village.

    Held first and read afterwards: read in the same question, a journey that a merge moved meanwhile would be
    missing. Queries: 2.
    """
    Migration.objects.select_for_update().only("pk").get(pk=journey.pk)
    now: Migration = Migration.objects.select_related("person", "village").get(pk=journey.pk)
    return now


def hold_pointing(relations: Iterable[ForeignObjectRel], person: UUID) -> None:
    """Every row by which these relations point at the person is the transaction's to write until it ends."""
    for relation in relations:
        rows = relation.related_model._base_manager.filter(**{relation.field.name: person})
        list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
