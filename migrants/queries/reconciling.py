"""How an extract of the national system and our records agree: who is in both, only there, only here."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Lower

from migrants.enums import ImportKind, ReconciledSide
from migrants.import_states import COMPARABLE
from migrants.models import Migration, RegisterImport, RegisterRow
from migrants.queries.built_on import created_rows
from migrants.queries.journeys import open_journeys

BY_NAME = ("sort_name", "id")  # by which people only here stand


@dataclass(frozen=True)
class Part:
    """One part of the comparison and how many rows, or people, its list shows."""

    side: ReconciledSide
    count: int


def reconciled(register: RegisterImport) -> list[Part]:
    """The parts of an extract that was read, in the order of `ReconciledSide`; none for any other file.

    Each count is that of the list behind it. Queries: 3.
    """
    parts = (part_of(register, side) for side in ReconciledSide)
    return [part for part in parts if part is not None]


def part_of(register: RegisterImport, side: str) -> Part | None:
    """One part; None for a side there is not, a file that is no extract, was not read, or was laid aside
    or undone. Queries: 1."""
    is_compared = register.kind == ImportKind.EXTRACT and register.status in COMPARABLE
    if side not in ReconciledSide.values or not is_compared:
        return None
    side = ReconciledSide(side)
    return Part(side, _listed(register, side).count())


def _listed(register: RegisterImport, side: ReconciledSide) -> QuerySet[RegisterRow] | QuerySet[Migration]:
    if side == ReconciledSide.ONLY_HERE:
        return journeys_only_here(register)
    return rows_compared(register, side)


def rows_compared(register: RegisterImport, side: ReconciledSide) -> QuerySet[RegisterRow]:
    """Rows of the extract about people we know (MATCHED) or do not (ONLY_THERE), in file order by `number`.
    Rows whose village is not known belong to neither."""
    rows = register.rows.filter(village__isnull=False, match__isnull=side == ReconciledSide.ONLY_THERE)
    return rows.select_related("match").order_by("number")


def journeys_only_here(register: RegisterImport) -> QuerySet[Migration]:
    """Open journeys of the file's place whose person the extract does not name, by `BY_NAME`.

    Whoever is abroad here and unknown there may have left on a non-procedural path: a reason to ask, no
    proof. A person has at most one open journey. People whom this very file made are not among them.
    """
    journeys = open_journeys().select_related("person", "village")
    place = Q(village=register.village_id) if register.village_id else Q(district=register.district_id)
    named = register.rows.filter(match__isnull=False).values("match")
    made = created_rows(register).values("pk")
    people = journeys.filter(place).exclude(person__in=named).exclude(person__in=made)
    listed: QuerySet[Migration] = people.annotate(sort_name=Lower(F("person__full_name")))
    return listed
