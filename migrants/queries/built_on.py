"""What was built on the rows of an import since: those rows stay when the import is undone."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, F, ForeignObjectRel, Model, Q, QuerySet, Subquery

from migrants.enums import RowEffect
from migrants.models import Migration, MigrationStep, Person, RegisterImport, RegisterRow


def created_rows(register: RegisterImport) -> QuerySet[RegisterRow]:
    """The rows that made a person or a company; none before the import."""
    rows: QuerySet[RegisterRow] = register.rows.filter(effect=RowEffect.CREATED)
    return rows if register.imported_at else rows.none()


def built_on(register: RegisterImport) -> set[UUID]:
    """Keys of created rows whose person or journey something else stands on.

    A visit, a case, another journey, a membership in an app above: whatever points at them, asked of the
    models themselves, so that a new kind of record is seen without being named here. Also a record changed
    since, and a journey that moved or was judged. A later file that merely found the person does not count.
    Queries: one for each relation, and two more.
    """
    rows = created_rows(register).values("pk")
    found = _pointed_at(Person, rows, but=(Migration, RegisterRow))
    found |= _pointed_at(Migration, rows, but=(MigrationStep, RegisterRow))
    people = Person.objects.filter(pk__in=rows)
    found |= set(people.filter(version__gt=1).values_list("pk", flat=True))
    journeys = Migration.objects.filter(person__in=rows)
    found |= set(journeys.exclude(pk=F("person_id")).values_list("person_id", flat=True))
    moved = Migration.objects.filter(pk__in=rows).annotate(taken=Count("steps"))
    touched = Q(taken__gt=1) | Q(procedural_at__isnull=False) | Q(version__gt=1)
    return found | set(moved.filter(touched).values_list("pk", flat=True))


def companies_built_on(register: RegisterImport) -> set[UUID]:
    """Keys of companies the import listed and a later file has changed since. Queries: 1."""
    later = RegisterRow.objects.filter(
        company__in=created_rows(register).values("pk"), effect__in=[RowEffect.UPDATED, RowEffect.KEPT]
    )
    return set(later.values_list("company_id", flat=True))


def pointers(model: type[Model]) -> list[ForeignObjectRel]:
    """Every relation by which another model points at this one, those without a way back too."""
    return [
        relation
        for relation in model._meta.get_fields(include_hidden=True)
        if isinstance(relation, ForeignObjectRel) and relation.field.concrete
    ]


def _pointed_at(model: type[Model], rows: QuerySet, *, but: tuple[type[Model], ...]) -> set[UUID]:
    found: set[UUID] = set()
    for relation in pointers(model):
        if relation.related_model in but:
            continue
        name = relation.field.name
        others = relation.related_model._base_manager.filter(**{f"{name}__in": Subquery(rows)})
        found |= set(others.values_list(f"{name}_id", flat=True))
    return found
