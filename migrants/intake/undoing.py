"""Undo an import: what it made goes, what it changed goes back, and whatever was built upon stays and is
named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from audit.actions import Subject, record, record_many
from migrants import events
from migrants.actions.journeys import follow_journeys, write_move
from migrants.actions.people import write_changes
from migrants.enums import ImportKind, RowEffect
from migrants.intake.comparing import company_differences
from migrants.intake.contents import RowContent, content_of
from migrants.journey_states import step_between
from migrants.models import (
    Household,
    Migration,
    MigrationStep,
    Person,
    PlacementCompany,
    RegisterImport,
    RegisterRow,
)
from migrants.queries.built_on import built_on, companies_built_on, created_rows, pointers
from migrants.registers.facts import CompanyFacts
from villages.access import Seat

BATCH = 2_000
_DATES = frozenset({"birth_date", "passport_expires_on", "valid_until"})


def undo_import(
    register: RegisterImport, *, by: Seat | None, show: Callable[[int, int], None]
) -> tuple[int, int]:
    """Nothing of the import is left but what was built upon. Returns how many rows were taken back and kept.

    The row must stand at UNDOING: only then does the database let steps of journeys go. Call inside a
    transaction; `show(done, total)` is called after every batch. Records `person.taken_back` for each person,
    and what the single actions record.
    """
    if register.kind == ImportKind.COMPANIES:
        taken, kept = _take_back_companies(register, by)
    else:
        taken, kept = _take_back_people(register, by, show)
    for row in register.rows.filter(effect=RowEffect.UPDATED).order_by("number").iterator(BATCH):
        back = _put_back(register, row, by)
        row.effect = RowEffect.UNDONE if back else RowEffect.KEPT
        row.save(update_fields=["effect"])
        taken, kept = taken + back, kept + (not back)
    return taken, kept


def _take_back_people(
    register: RegisterImport, by: Seat | None, show: Callable[[int, int], None]
) -> tuple[int, int]:
    stays = built_on(register)
    kept = created_rows(register).filter(pk__in=stays).update(effect=RowEffect.KEPT)
    keys = list(created_rows(register).values_list("pk", flat=True))
    for at in range(0, len(keys), BATCH):
        part = keys[at : at + BATCH]
        people = list(Person.objects.filter(pk__in=part).only("pk", "full_name", "village", "household"))
        households = {person.household_id for person in people if person.household_id}
        RegisterRow.objects.filter(match__in=part).update(match=None)
        MigrationStep.objects.filter(migration__in=part)._raw_delete("default")
        Migration.objects.filter(pk__in=part)._raw_delete("default")
        Person.objects.filter(pk__in=part)._raw_delete("default")
        Household.objects.filter(pk__in=households, members__isnull=True).delete()
        record_many(
            events.PERSON_TAKEN_BACK,
            by=by,
            subjects=(
                Subject("migrants.person", str(person.pk), person.full_name, person.village_id)
                for person in people
            ),
        )
        show(at + len(part), register.rows_read)
    created_rows(register).update(effect=RowEffect.UNDONE)
    return len(keys), kept


def _take_back_companies(register: RegisterImport, by: Seat | None) -> tuple[int, int]:
    stays = companies_built_on(register)
    kept = created_rows(register).filter(pk__in=stays).update(effect=RowEffect.KEPT)
    companies = list(PlacementCompany.objects.filter(pk__in=created_rows(register).values("pk")))
    keys = [company.pk for company in companies]
    RegisterRow.objects.filter(company__in=keys).update(company=None)
    PlacementCompany.objects.filter(pk__in=keys).delete()
    record_many(
        events.COMPANY_TAKEN_BACK,
        by=by,
        subjects=(
            Subject("migrants.placementcompany", str(key), company.name, "")
            for key, company in zip(keys, companies, strict=True)
        ),
    )
    created_rows(register).update(effect=RowEffect.UNDONE)
    return len(keys), kept


def _put_back(register: RegisterImport, row: RegisterRow, by: Seat | None) -> bool:
    """Whether the updated record is again what it was; False when somebody has changed it since."""
    content = content_of(row)
    if register.kind == ImportKind.COMPANIES:
        return _put_back_company(row, content, by)
    person = Person.objects.select_related("village").filter(pk__in=[row.match_id]).first()
    if person is None or person.version != content.version:
        return False
    before = dict(content.before)
    moved, household = before.pop("journey_moved", None), before.pop("household", None)
    if not _put_back_journey(row.pk, moved, by):
        return False
    nik, passport = before.pop("nik", None), before.pop("passport", None)
    after = write_changes(
        by=by, person=person, version=person.version, facts=_typed(before), nik=nik, passport=passport
    )
    if household is not None:
        after.household_id = UUID(household) if household else None
        after.save(update_fields=["household"])
    return True


def _put_back_journey(key: UUID, moved: list[str] | None, by: Seat | None) -> bool:
    """The journey the row began is gone and the one it moved stands where it stood; False, and nothing
    done, when somebody has worked on them since."""
    begun = Migration.objects.filter(pk=key).first()
    if begun is not None:
        if begun.steps.count() > 1 or begun.procedural_at is not None or _has_more(begun):
            return False
        person = begun.person
        MigrationStep.objects.filter(migration=begun)._raw_delete("default")
        Migration.objects.filter(pk=key)._raw_delete("default")
        follow_journeys(person)
    if moved is None:
        return True
    journey = Migration.objects.filter(pk=moved[0]).first()
    step = step_between(journey.status, moved[1]) if journey else None
    if journey is None or step is None:
        return False
    write_move(
        by=by, journey=journey, to=moved[1], on=timezone.localdate(), reason=_("The import was undone.")
    )
    return True


def _has_more(journey: Migration) -> bool:
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: journey}).exists()
        for relation in pointers(Migration)
        if relation.related_model is not MigrationStep
    )


def _put_back_company(row: RegisterRow, content: RowContent, by: Seat | None) -> bool:
    company = PlacementCompany.objects.filter(pk__in=[row.company_id]).first()
    assert isinstance(content.facts, CompanyFacts)
    if company is None or company_differences(content.facts, company):  # changed again by a later file
        return False
    before = _typed(content.before)
    changes = {name: (getattr(company, name), value) for name, value in sorted(before.items())}
    for name, value in before.items():
        setattr(company, name, value)
    company.save()
    record(
        events.COMPANY_CHANGED,
        by=by,
        subject=company,
        subject_label=company.name,
        changes={name: pair for name, pair in changes.items() if pair[0] != pair[1]},
    )
    return True


def _typed(before: dict[str, Any]) -> dict[str, Any]:
    return {
        name: date.fromisoformat(value) if name in _DATES and value else value
        for name, value in before.items()
    }
