"""Writes about journeys: begin one, move it. The person's standing follows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record
from migrants import events
from migrants.case_states import IllegalStep
from migrants.deliveries import Delivery, constraint_of, deliver_once
from migrants.enums import Category, MigrationStatus, Procedural
from migrants.holding import hold_journey, hold_person
from migrants.journey_states import STANDING, check_step
from migrants.models import Migration, MigrationStep, Person
from migrants.rules import check_in_village
from villages.access import Seat


def journey_values(
    *,
    by: User | None,
    person: UUID,
    village: str,
    key: UUID,
    status: str,
    registered_on: date,
    procedural: str = Procedural.UNKNOWN,
    procedural_basis: str = "",
    **facts: Any,
) -> dict[str, Any]:
    """The columns of a new journey, as beginning one and the import both write them.

    `facts`: scheme, destination, job, agency, employer and the dates. A judged path names who and when.
    """
    judged = procedural != Procedural.UNKNOWN
    return {
        "id": key,
        "person_id": person,
        "village_id": village,
        "status": status,
        "registered_on": registered_on,
        "procedural": procedural,
        "procedural_basis": procedural_basis if judged else "",
        "procedural_by_id": by.pk if judged and by else None,
        "procedural_at": timezone.now() if judged else None,
        "logged_by_id": by.pk if by else None,
        **facts,
    }


def first_step_values(journey: Mapping[str, Any]) -> dict[str, Any]:
    """The step that the history of a journey with these columns begins with."""
    return {
        "migration_id": journey["id"],
        "from_status": "",
        "to_status": journey["status"],
        "happened_on": journey["returned_on"] or journey["departed_on"] or journey["registered_on"],
        "logged_by_id": journey["logged_by_id"],
    }


def write_journey(*, by: Seat | None, person: Person, values: Mapping[str, Any]) -> Migration:
    """Save a new journey with its first step; the person's standing follows it. Call inside a transaction.

    `values`: of `journey_values`. Knows no doors: `begin_journey` and the import have checked who may.
    Records `migration.logged`.
    """
    journey = Migration(**values)
    journey.person, journey.village = person, person.village
    journey.save(force_insert=True)
    MigrationStep.objects.create(**first_step_values(values))
    follow_journeys(journey.person)
    record(
        events.MIGRATION_LOGGED,
        by=by,
        subject=journey,
        subject_label=journey.person.full_name,
        village=journey.village,
    )
    return journey


@transaction.atomic
def begin_journey(
    *,
    by: Seat,
    person: Person,
    key: UUID,
    status: str,
    registered_on: date,
    scheme: str = "unknown",
    destination: str = "",
    job: str = "",
    agency: str = "",
    employer: str = "",
    departed_on: date | None = None,
    returned_on: date | None = None,
    contract_ends_on: date | None = None,
    procedural: str = Procedural.UNKNOWN,
    procedural_basis: str = "",
) -> Delivery[Migration]:
    """Write down a journey of a person and its first step; the person's standing follows it. Same key: the
    first.

    A person has one open journey at a time. Raises NotPermitted, `IllegalStep` when another journey is open.
    Records `migration.logged`.
    """
    village = check_in_village(by, person)

    def make() -> Migration:
        held = hold_person(person)
        return write_journey(
            by=by,
            person=held,
            values=journey_values(
                by=by.user,
                person=held.pk,
                village=village.code,
                key=key,
                status=status,
                registered_on=registered_on,
                scheme=scheme,
                destination=destination,
                job=job,
                agency=agency,
                employer=employer,
                departed_on=departed_on,
                returned_on=returned_on,
                contract_ends_on=contract_ends_on,
                procedural=procedural,
                procedural_basis=procedural_basis,
            ),
        )

    try:
        return deliver_once(Migration.objects.visible_to(by), key, make)
    except IntegrityError as error:
        raise _refused(error) from error


@transaction.atomic
def move_journey(*, by: Seat, journey: Migration, to: str, on: date, reason: str = "") -> Migration:
    """Take one step of `journey_states.STEPS` on a day, and keep it in the history; the standing follows.

    Raises NotPermitted; `IllegalStep` for a step that is not in the table from where the journey stands now,
    or when a second journey would be open. Records `migration.moved`.
    """
    check_in_village(by, journey)
    return write_move(by=by, journey=journey, to=to, on=on, reason=reason)


def write_move(*, by: Seat | None, journey: Migration, to: str, on: date, reason: str = "") -> Migration:
    """What `move_journey` writes, without its door: the import of registers moves journeys too. Call inside a
    transaction.
    """
    journey = hold_journey(journey)
    frm = journey.status
    step = check_step(frm, to)
    journey.status = to
    if step.sets:
        setattr(journey, step.sets, on)
    for name in step.clears:
        setattr(journey, name, None)
    try:
        with transaction.atomic():
            journey.save()
    except IntegrityError as error:
        raise _refused(error) from error
    _write_step(by, journey, frm=frm, on=on, reason=reason)
    follow_journeys(journey.person)
    record(
        events.MIGRATION_MOVED,
        by=by,
        subject=journey,
        subject_label=journey.person.full_name,
        village=journey.village,
        changes={"status": [frm, to]},
    )
    return journey


def _refused(error: IntegrityError) -> Exception:
    """The sentence for what the database refuses; the error itself when it is none of ours."""
    sentences = {
        "migrants_migration_one_open_journey": _(
            "This person has an open journey already. Close that one first."
        ),
        "migrants_migration_returns_after_departure": _("The return cannot be before the departure."),
    }
    sentence = sentences.get(constraint_of(error))
    return IllegalStep(sentence) if sentence else error


def _write_step(by: Seat | None, journey: Migration, *, frm: str, on: date, reason: str = "") -> None:
    MigrationStep.objects.create(
        migration=journey,
        from_status=frm,
        to_status=journey.status,
        happened_on=on,
        reason=reason,
        logged_by=by.user if by else None,
    )


def follow_journeys(person: Person) -> None:
    """Let the person's standing say what the latest journey that was not cancelled says; without one,
    resident.
    """
    latest = (
        person.migrations.exclude(status=MigrationStatus.CANCELLED).order_by("-registered_on", "-id").first()
    )
    standing = STANDING[latest.status] if latest else Category.RESIDENT
    if person.category != standing:
        person.category = standing
        person.save(update_fields=["category"])
