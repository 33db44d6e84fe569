"""Who of a file is here already: whole batches at once, by NIK digest, then by name, birth date and sex."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import connection

from migrants.enums import MigrationStatus
from migrants.models import Migration, Person, PlacementCompany
from migrants.numbers import nik_digest
from migrants.registers.facts import CompanyFacts, PersonFacts

_BY_NIK = """
    SELECT s.n, coalesce(p.merged_into_id, p.id)
    FROM unnest(%s::int[], %s::text[], %s::bytea[]) AS s (n, village, digest)
    JOIN migrants_person p ON p.village_id = s.village AND p.nik_digest = s.digest
"""
_BY_NAME = """
    SELECT DISTINCT ON (s.n) s.n, p.id
    FROM unnest(%s::int[], %s::text[], %s::text[], %s::date[], %s::text[]) AS s (n, village, name, born, sex)
    JOIN migrants_person p
      ON p.village_id = s.village AND lower(p.full_name) = lower(s.name)
     AND p.birth_date = s.born AND p.sex = s.sex AND p.merged_into_id IS NULL
    ORDER BY s.n, p.id
"""


@dataclass(frozen=True)
class Match:
    """The person a row seems to be. `by_nik`: the number is the same; else name, birth date and sex are.
    `journeys`: theirs that were not cancelled, the latest first."""

    person: Person
    by_nik: bool
    journeys: Sequence[Migration] = field(default_factory=list)


def matches_of(rows: Iterable[tuple[int, PersonFacts, str]]) -> dict[int, Match]:
    """For each row (number, facts, code of its village) the person of that village it seems to be.

    Rows without a village match nobody; other villages are never asked. Queries: at most 4 for any number.
    """
    placed = [row for row in rows if row[2]]
    found = _by_nik([(n, village, facts.nik) for n, facts, village in placed if facts.nik])
    by_nik = frozenset(found)
    named = [
        (n, village, facts.full_name, facts.birth_date, facts.sex)
        for n, facts, village in placed
        if n not in by_nik and facts.birth_date and facts.sex
    ]
    found |= _by_name(named)
    if not found:
        return {}
    people = Person.objects.select_related("household", "village").in_bulk(set(found.values()))
    journeys = defaultdict(list)
    for journey in (
        Migration.objects.filter(person__in=people)
        .exclude(status=MigrationStatus.CANCELLED)
        .order_by("-registered_on", "-id")
    ):
        journeys[journey.person_id].append(journey)
    return {n: Match(people[key], n in by_nik, journeys[key]) for n, key in found.items()}


def niks_taken(rows: Iterable[tuple[int, str, str]]) -> dict[int, UUID]:
    """For each row (its number, its village, its NIK) the key of the person who has this NIK there.

    Queries: 1.
    """
    return _by_nik(list(rows))


def companies_like(rows: Sequence[tuple[int, CompanyFacts]]) -> dict[int, PlacementCompany]:
    """For each row the company with its licence number, else with its name. Queries: 2."""
    licences = {facts.licence for _n, facts in rows if facts.licence}
    keys = {facts.name_key for _n, facts in rows}
    by_licence = {row.licence: row for row in PlacementCompany.objects.filter(licence__in=licences)}
    by_name = {row.name_key: row for row in PlacementCompany.objects.filter(name_key__in=keys)}
    found = {n: by_licence.get(facts.licence) or by_name.get(facts.name_key) for n, facts in rows}
    return {n: company for n, company in found.items() if company is not None}


def _by_nik(rows: list[tuple[int, str, str]]) -> dict[int, UUID]:
    if not rows:
        return {}
    numbers, villages, niks = zip(*rows, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(_BY_NIK, [list(numbers), list(villages), [nik_digest(nik) for nik in niks]])
        return dict(cursor.fetchall())


def _by_name(rows: Sequence[tuple[int, str, str, date, str]]) -> dict[int, UUID]:
    if not rows:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_BY_NAME, [list(column) for column in zip(*rows, strict=True)])
        return dict(cursor.fetchall())
