"""Writes about journeys: begin one, move it, judge its path. The person's standing follows."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.actions import record
from migrants import events
from migrants.case_states import IllegalStep
from migrants.deliveries import Delivery, constraint_of, deliver_once
from migrants.enums import Category, MigrationStatus, Procedural
from migrants.journey_states import STANDING, stands_at, step_between
from migrants.models import Migration, MigrationStep, Person
from migrants.rules import check_in_village
from villages.access import Seat


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
    journey = Migration(
        pk=key,
        person=person,
        village=check_in_village(by, person),
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
        logged_by=by.user,
    )
    _judge(by, journey, procedural, procedural_basis)
    try:
        return deliver_once(Migration.objects.visible_to(by), key, lambda: _write_beginning(by, journey))
    except IntegrityError as error:
        raise _refused(error) from error


@transaction.atomic
def move_journey(*, by: Seat, journey: Migration, to: str, on: date, reason: str = "") -> Migration:
    """Take one step of `journey_states.STEPS` on a day, and keep it in the history; the standing follows.

    Raises NotPermitted; `IllegalStep` for a step that is not in the table from where the journey stands now,
    or when a second journey would be open. Records `migration.moved`.
    """
    check_in_village(by, journey)
    journey = (
        Migration.objects.select_for_update(of=("self",))
        .select_related("person", "village")
        .get(pk=journey.pk)
    )
    frm = journey.status
    step = step_between(frm, to)
    if step is None:
        raise IllegalStep(stands_at(frm))
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
    _follow(journey.person)
    record(
        events.MIGRATION_MOVED,
        by=by,
        subject=journey,
        subject_label=journey.person.full_name,
        village=journey.village,
        changes={"status": [frm, to]},
    )
    return journey


@transaction.atomic
def assess_journey(*, by: Seat, journey: Migration, procedural: str, basis: str) -> Migration:
    """Say by which path somebody went, on what basis, who judged it and when. "unknown" takes a judgement
    back.

    Raises NotPermitted. Records `migration.assessed`; the basis stays in the record.
    """
    check_in_village(by, journey)
    journey = (
        Migration.objects.select_for_update(of=("self",))
        .select_related("person", "village")
        .get(pk=journey.pk)
    )
    before = journey.procedural
    _judge(by, journey, procedural, basis)
    journey.save()
    record(
        events.MIGRATION_ASSESSED,
        by=by,
        subject=journey,
        subject_label=journey.person.full_name,
        village=journey.village,
        changes={"procedural": [before, procedural]},
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


def _judge(by: Seat, journey: Migration, procedural: str, basis: str) -> None:
    """Put a judgement on the journey: path, basis, who and when; an unknown path was judged by nobody."""
    judged = procedural != Procedural.UNKNOWN
    journey.procedural, journey.procedural_basis = procedural, basis if judged else ""
    journey.procedural_by = by.user if judged else None
    journey.procedural_at = timezone.now() if judged else None


def _write_beginning(by: Seat, journey: Migration) -> Migration:
    """Insert the journey with its first step, on the latest day it names."""
    journey.save(force_insert=True)
    _write_step(by, journey, frm="", on=journey.returned_on or journey.departed_on or journey.registered_on)
    _follow(journey.person)
    record(
        events.MIGRATION_LOGGED,
        by=by,
        subject=journey,
        subject_label=journey.person.full_name,
        village=journey.village,
    )
    return journey


def _write_step(by: Seat, journey: Migration, *, frm: str, on: date, reason: str = "") -> None:
    MigrationStep.objects.create(
        migration=journey,
        from_status=frm,
        to_status=journey.status,
        happened_on=on,
        reason=reason,
        logged_by=by.user,
    )


def _follow(person: Person) -> None:
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
