"""Writes about papers: what is known of one, and what a district asks for."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.roles import Permission
from accounts.rules import NotPermitted
from audit.actions import record
from migrants import events
from migrants.actions.people import write_changes
from migrants.case_states import IllegalStep
from migrants.deliveries import Delivery, deliver_once
from migrants.enums import MigrationStatus
from migrants.holding import hold_journey
from migrants.models import Document, Migration, Person, Requirement
from migrants.papers import EMPTY, DocumentKind, DocumentState
from migrants.rules import check_in_village
from migrants.versions import ChangedMeanwhile
from villages.access import Seat


@transaction.atomic
def set_document(
    *,
    by: Seat,
    journey: Migration,
    kind: str,
    extra: Requirement | None,
    version: int,
    state: str,
    number: str | None = None,
    issued_on: date | None = None,
    expires_on: date | None = None,
) -> Document:
    """What is known of a paper stands in the journey; "checked" names who checked it and when.

    `version`: the one the form was opened with, 0 for a paper nobody wrote of. `number`: tidied; None keeps
    what is known, as long as the paper is there. The passport of an open journey becomes the person's too.
    Raises NotPermitted, and `ChangedMeanwhile` when somebody saved in between; then nothing is written.
    Records `document.set` with the state, never the number; nothing when nothing changed.
    """
    check_in_village(by, journey)
    journey = hold_journey(journey)
    row: Document | None = Document.objects.filter(migration=journey, kind=kind, extra=extra).first()
    before = row.state if row else DocumentState.MISSING
    paper = row or Document(migration=journey, village=journey.village, kind=kind, extra=extra, version=0)
    if not _enter(paper, by, state, number, issued_on, expires_on) and row is not None:
        return row
    if paper.version != version:
        raise ChangedMeanwhile(Document.objects.get(pk=paper.pk))
    paper.version += 1
    paper.save()
    if kind == DocumentKind.PASSPORT and journey.status in (
        MigrationStatus.PROSPECTIVE,
        MigrationStatus.ABROAD,
    ):
        _hand_to_person(by, journey.person, number, expires_on)
    record(
        events.DOCUMENT_SET,
        by=by,
        subject=paper,
        subject_label=f"{journey.person.full_name}: {kind}",
        village=journey.village,
        changes={"state": [before, state]},
    )
    return paper


def _enter(
    paper: Document,
    by: Seat,
    state: str,
    number: str | None,
    issued_on: date | None,
    expires_on: date | None,
) -> bool:
    """Put the facts on the paper, not yet saved. Whether any of them differs."""
    if state in EMPTY:
        number, issued_on, expires_on = "", None, None
    facts: dict[str, Any] = {"state": state, "issued_on": issued_on, "expires_on": expires_on}
    if number is not None:
        facts["number"] = number
    differs = any(getattr(paper, name) != value for name, value in facts.items())
    for name, value in facts.items():
        setattr(paper, name, value)
    if differs:
        checked = state == DocumentState.CHECKED
        paper.verified_by = by.user if checked else None
        paper.verified_at = timezone.now() if checked else None
        paper.logged_by = by.user
    return differs


def _hand_to_person(by: Seat, person: Person, number: str | None, expires_on: date | None) -> None:
    """The person's own passport follows the paper, where it says something."""
    if not number and expires_on is None:
        return
    person = Person.objects.select_for_update(of=("self",)).select_related("village").get(pk=person.pk)
    facts = {"passport_expires_on": expires_on} if expires_on else {}
    write_changes(by=by, person=person, version=person.version, facts=facts, passport=number or None)


@transaction.atomic
def reveal_document_number(*, by: Seat, document: Document, reason: str) -> str:
    """The full number of a paper, "" when none is known. Records `document.number_revealed` with the reason.

    Raises NotPermitted.
    """
    by.check(Permission.REVEAL_NUMBERS, _("Your role does not show full numbers."))
    record(
        events.DOCUMENT_REVEALED,
        by=by,
        subject=document,
        subject_label=f"{document.migration.person.full_name}: {document.kind}",
        village=document.village_id,
        reason=reason,
    )
    return str(document.number)


@transaction.atomic
def add_requirement(
    *,
    by: Seat,
    key: UUID,
    source: str,
    valid_from: date,
    destination: str = "",
    job: str = "",
    minimum_age: int | None = None,
    paper: str = "",
) -> Delivery[Requirement]:
    """The seat's district asks for a minimum age or one more paper from that day on. Same key: the first row.

    `destination`, `job`: "" for all. Raises NotPermitted. Records `requirement.added`.
    """
    district = _district_of(by)

    def make() -> Requirement:
        row = Requirement(
            pk=key,
            district_id=district,
            destination=destination,
            job=job,
            minimum_age=minimum_age,
            paper=paper,
            source=source,
            valid_from=valid_from,
            made_by=by.user,
        )
        row.save(force_insert=True)
        _record(events.REQUIREMENT_ADDED, by, row)
        return row

    return deliver_once(Requirement.objects.filter(district=district), key, make)


@transaction.atomic
def end_requirement(*, by: Seat, requirement: Requirement, last_day: date) -> Requirement:
    """The requirement holds until that day. Raises NotPermitted; `IllegalStep` when it ended before, or for a
    day before its first. Records `requirement.ended`.
    """
    if requirement.district_id != _district_of(by):
        raise NotPermitted(_("This requirement belongs to another district."))
    row = Requirement.objects.select_for_update(of=("self",)).get(pk=requirement.pk)
    if row.valid_to == last_day:
        return row
    if row.valid_to is not None:
        raise IllegalStep(_("This requirement was ended already."))
    if last_day < row.valid_from:
        raise IllegalStep(_("The last day cannot be before the first."))
    row.valid_to = last_day
    row.save(update_fields=["valid_to"])
    _record(events.REQUIREMENT_ENDED, by, row)
    return row


def _district_of(by: Seat) -> str:
    by.check(Permission.SET_REQUIREMENTS, _("Only the district coordinator can change this."))
    return str(by.district_id)


def _record(event: str, by: Seat, row: Requirement) -> None:
    what = row.paper or f"{row.minimum_age}+"
    record(event, by=by, subject=row, subject_label=what, village=row.district)
