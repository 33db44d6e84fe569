"""Writes about single children. All raise NotPermitted for anybody but officers of the child's village.

The log names a child by its reference, never by its pseudonym, and holds no word of what was told.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.keys import new_key
from accounts.rules import NotPermitted
from audit.actions import record
from migrants.actions.tasks import finish_raised
from migrants.deliveries import Delivery, deliver_once
from pillars import events
from pillars.actions.child_photos import forget_child_photo
from pillars.child_radar import NO_CONTACT, TASK_RULES
from pillars.child_rules import (
    check_can_write_of_children,
    check_centre_open,
    check_day,
    check_still_here,
    photos_allowed,
)
from pillars.enums import LeavingReason, SchoolStanding
from pillars.guardian_texts import guardian_text_on
from pillars.models import (
    Child,
    ChildCare,
    GuardianConsent,
    HomeVisit,
    LearningCentre,
    Logged,
    ParentContact,
    SchoolStatus,
)
from villages.access import Seat

CHANGEABLE = ("pseudonym", "birth_year", "sex", "level", "absent_parent", "migration", "note")


@transaction.atomic
def register_child(
    *,
    by: Seat,
    key: UUID,
    centre: LearningCentre,
    facts: Mapping[str, Any],
    care: Mapping[str, Any],
    consent: Mapping[str, Any],
    school: str = SchoolStanding.ATTENDING,
) -> Delivery[Child]:
    """A child is on the centre's list, with carer, school and the guardian's consent; same key: the first.

    `facts`: pseudonym, birth_year, sex, level, absent_parent, migration, joined_on, note. `care`: carer_kind,
    person, carer_name. `consent`: guardian, guardian_name, manner, witness, given_on, photos. Without consent
    no child is written down. Records `child.registered` and `child.consent_given`.
    """
    check_can_write_of_children(by, centre)
    check_centre_open(centre, facts["joined_on"])
    check_day(consent["given_on"])

    def make() -> Child:
        child = Child(pk=key, village=by.village, logged_by=by.user, centre=centre, **facts)
        child.save(force_insert=True)
        _note(events.CHILD_REGISTERED, by, child)
        give_guardian_consent(by=by, child=child, key=new_key(), **consent)
        since = facts["joined_on"]
        _add(ChildCare(pk=new_key(), child=child, since=since, **care), by)
        _add(SchoolStatus(pk=new_key(), child=child, since=since, status=school), by)
        return child

    return deliver_once(Child.objects.visible_to(by), key, make)


@transaction.atomic
def change_child(*, by: Seat, child: Child, facts: Mapping[str, Any]) -> Child:
    """What is given stands on the record; the log names the fields, no value. Records `child.changed`."""
    child = _held(by, child)
    changed = [name for name in CHANGEABLE if name in facts and getattr(child, name) != facts[name]]
    for name in changed:
        setattr(child, name, facts[name])
    if changed:
        child.version += 1
        child.save()
        _note(events.CHILD_CHANGED, by, child, fields=", ".join(changed))
    return child


@transaction.atomic
def end_child(*, by: Seat, child: Child, left_on: date, reason: str) -> Child:
    """The child is on no list after `left_on`; a second call changes nothing. Records `child.left`."""
    check_can_write_of_children(by, child)
    row = Child.objects.select_for_update(of=("self",)).get(pk=child.pk)
    if row.left_on is None:
        check_day(left_on, first=row.joined_on)
        if row.attendances.filter(session__held_on__gt=left_on, session__withdrawn_at__isnull=True).exists():
            raise NotPermitted(_("This child stood on a list after that day."))
        row.left_on, row.left_reason = left_on, reason
        row.save(update_fields=["left_on", "left_reason"])
        _note(events.CHILD_LEFT, by, row, reason=reason)
    return row


@transaction.atomic
def give_guardian_consent(
    *, by: Seat, child: Child, key: UUID, given_on: date, **facts: Any
) -> Delivery[GuardianConsent]:
    """A guardian's consent, under the text in force on that day; the latest one holds; same key: the first.
    When it allows no photos any more, the photo is gone.

    Records `child.consent_given`.
    """
    check_can_write_of_children(by, child)
    check_day(given_on)

    def make() -> GuardianConsent:
        row = GuardianConsent(
            pk=key,
            child=child,
            given_on=given_on,
            text_version=guardian_text_on(given_on).version,
            **facts,
        )
        _add(row, by)
        _note(events.GUARDIAN_CONSENTED, by, child, photos=facts.get("photos", False))
        if not photos_allowed(child):
            forget_child_photo(by=by, child=child)
        return row

    return deliver_once(GuardianConsent.objects.visible_to(by), key, make)


@transaction.atomic
def withdraw_guardian_consent(*, by: Seat, child: Child) -> Child:
    """Every consent for the child is over, the child is on no list from today, and its pseudonym and what was
    told in words are gone, the photo too; counts stay. Records `child.consent_withdrawn` and `child.left`.
    """
    check_can_write_of_children(by, child)
    Child.objects.select_for_update(of=("self",)).get(pk=child.pk)
    consents = GuardianConsent.objects.filter(child=child, withdrawn_at__isnull=True)
    consents.update(withdrawn_at=timezone.now(), withdrawn_by=by.user)
    last = child.attendances.order_by("-session__held_on").values_list("session__held_on", flat=True).first()
    today = max(timezone.localdate(), child.joined_on, last or child.joined_on)
    Child.objects.filter(pk=child.pk, left_on__isnull=True).update(
        left_on=today, left_reason=LeavingReason.CONSENT_WITHDRAWN
    )
    Child.objects.filter(pk=child.pk).update(pseudonym="–", note_sealed=None, migration=None)
    ChildCare.objects.filter(child=child).update(person=None, carer_name="")
    SchoolStatus.objects.filter(child=child).update(why_sealed=None)
    _forget_visits(child)
    forget_child_photo(by=by, child=child)
    _note(events.GUARDIAN_WITHDREW, by, child)
    child.refresh_from_db()
    return child


def _forget_visits(child: Child) -> None:
    for visit in HomeVisit.objects.select_for_update(of=("self",)).filter(child=child):
        visit.seen, visit.next_step = "–", ""
        visit.save(update_fields=["seen_sealed", "next_step_sealed"])


@transaction.atomic
def note_carer(*, by: Seat, child: Child, key: UUID, since: date, **facts: Any) -> Delivery[ChildCare]:
    """Somebody cares for the child from that day on; same key: the first. Records `child.carer_noted`."""
    child = _held(by, child)
    check_day(since, first=child.joined_on)
    row = ChildCare(pk=key, child=child, since=since, **facts)
    return _deliver(row, by, child, events.CARER_NOTED)


@transaction.atomic
def note_school(*, by: Seat, child: Child, key: UUID, since: date, **facts: Any) -> Delivery[SchoolStatus]:
    """The child stands so at school from that day on; never dated before the standing it follows; same key:
    the first. Records `child.school_noted`."""
    child = _held(by, child)
    last = child.school.first()
    check_day(since, first=last.since if last and last.pk != key else child.joined_on)
    row = SchoolStatus(pk=key, child=child, since=since, before=last.status if last else "", **facts)
    return _deliver(row, by, child, events.SCHOOL_NOTED)


@transaction.atomic
def note_contact(
    *, by: Seat, child: Child, key: UUID, contacted_on: date, **facts: Any
) -> Delivery[ParentContact]:
    """The parent and the child heard of each other; the task to ask about it is done; same key: the first.
    Records `child.contact_noted`."""
    child = _held(by, child)
    check_day(contacted_on)
    row = ParentContact(pk=key, child=child, contacted_on=contacted_on, **facts)
    delivery = _deliver(row, by, child, events.CONTACT_NOTED)
    finish_raised(NO_CONTACT, child.pk, by=by)
    return delivery


@transaction.atomic
def log_home_visit(
    *, by: Seat, child: Child, key: UUID, visited_on: date, **facts: Any
) -> Delivery[HomeVisit]:
    """Somebody was at the child's home; the radar's open tasks about the child are done; same key: the first.

    `facts`: facilitator (None: the officer), seen, next_step. Records `child.visited`, no word of it.
    """
    child = _held(by, child)
    facilitator = facts.get("facilitator")
    check_can_write_of_children(by, *([facilitator] if facilitator else []))
    check_day(visited_on, first=child.joined_on)
    row = HomeVisit(pk=key, child=child, visited_on=visited_on, **facts)
    delivery = _deliver(row, by, child, events.CHILD_VISITED)
    if delivery.made:
        for rule in TASK_RULES:
            finish_raised(rule, child.pk, by=by)
    return delivery


@transaction.atomic
def note_child_viewed(*, by: Seat, child: Child) -> None:
    """Record `child.viewed`: who opened which record."""
    _note(events.CHILD_VIEWED, by, child)


@transaction.atomic
def note_children_listed(*, by: Seat, what: str) -> None:
    """Record `children.listed`: who opened which list of children; `what` names the list, no child."""
    record(events.CHILDREN_LISTED, by=by, subject_label=what, village=by.village)


def _held(by: Seat, child: Child) -> Child:
    """The child's row, locked, of the own village and still on the list."""
    check_can_write_of_children(by, child)
    row: Child = Child.objects.select_for_update(of=("self",)).get(pk=child.pk)
    check_still_here(row)
    return row


def _add(row: Logged, by: Seat) -> None:
    row.village, row.logged_by = by.village, by.user  # type: ignore[assignment]
    row.save(force_insert=True)


def _deliver(row: Any, by: Seat, child: Child, event: str) -> Delivery[Any]:
    def make() -> Any:
        _add(row, by)
        _note(event, by, child)
        return row

    return deliver_once(type(row).objects.visible_to(by), row.pk, make)


def _note(event: str, by: Seat, child: Child, **told: Any) -> None:
    record(
        event,
        by=by,
        subject=child,
        subject_label=child.reference,
        village=child.village_id,
        changes={name: (None, value) for name, value in told.items()},
    )
