"""Writes about people: register, change, and what is recorded when somebody looks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.keys import new_key
from accounts.models import User
from audit.actions import record
from audit.masking import mask_number
from migrants import events
from migrants.actions.journeys import begin_journey
from migrants.case_states import IllegalStep
from migrants.deliveries import Delivery, constraint_of, deliver_once
from migrants.models import Household, Person
from migrants.models.people import FACTS
from migrants.numbers import card_digest, card_fields, nik_digest, nik_fields, passport_fields
from migrants.rules import check_can_reveal, check_in_village, village_of
from migrants.versions import ChangedMeanwhile
from villages.access import Seat
from villages.models import Village

PHONES = frozenset({"phone", "next_of_kin_phone"})


class NikTaken(Exception):
    """The village has a person with this NIK already: `person`."""

    def __init__(self, person: Person) -> None:
        super().__init__("nik")
        self.person = person


def person_values(
    *,
    by: User | None,
    key: UUID,
    village: str,
    category: str,
    facts: Mapping[str, Any],
    nik: str = "",
    passport: str = "",
) -> dict[str, Any]:
    """The columns of a new resident, as registering and the import both write them; numbers are sealed.

    `village`: the dotted code. What is not named here has the default of its column.
    """
    return {
        "id": key,
        "village_id": village,
        "category": category,
        "registered_by_id": by.pk if by else None,
        **_only_facts(facts),
        **nik_fields(nik, person=key, village=village),
        **passport_fields(passport, person=key),
    }


@transaction.atomic
def register_person(
    *,
    by: Seat,
    key: UUID,
    category: str,
    facts: Mapping[str, Any],
    nik: str = "",
    passport: str = "",
    card: str = "",
    journey: Mapping[str, Any] | None = None,
) -> Delivery[Person]:
    """Register a resident of the seat's village, with the first journey when there is one; same key: the
    first.

    `facts`: names of FACTS. `nik`, `passport`, `card` (KK): tidied numbers or "". `journey`: what
    `begin_journey` takes; the person's standing follows it. Raises NotPermitted, `NikTaken`, Http404 (the key
    names another village's row). Records `person.registered`, `migration.logged`.
    """
    village = village_of(by)

    def make() -> Person:
        values = person_values(
            by=by.user,
            key=key,
            village=village.code,
            category=category,
            facts=facts,
            nik=nik,
            passport=passport,
        )
        person = Person(**values)
        person.village = village
        person.household = _household(village, card) if card else None
        person.save(force_insert=True)
        record(
            events.PERSON_REGISTERED, by=by, subject=person, subject_label=person.full_name, village=village
        )
        if journey is not None:
            begin_journey(by=by, person=person, key=new_key(), **journey)
        return person

    own = Person.objects.visible_to(by)
    try:
        return deliver_once(own, key, make)
    except IntegrityError as error:
        raise _refused(error, own, nik) from error


@transaction.atomic
def change_person(
    *,
    by: Seat,
    person: Person,
    version: int,
    facts: Mapping[str, Any],
    nik: str | None = None,
    passport: str | None = None,
    card: str | None = None,
) -> Person:
    """Save changed facts of a person. `version`: the one the form was opened with; numbers: None leaves them.

    Raises NotPermitted, `NikTaken`, `ChangedMeanwhile` when somebody saved in between, and `IllegalStep`
    when the record was merged in between; then nothing is written.
    Records `person.changed` with the changed fields, numbers and phones masked; nothing when nothing changed.
    """
    check_in_village(by, person)
    return write_changes(
        by=by, person=person, version=version, facts=facts, nik=nik, passport=passport, card=card
    )


def write_changes(
    *,
    by: Seat | None,
    person: Person,
    version: int,
    facts: Mapping[str, Any],
    nik: str | None = None,
    passport: str | None = None,
    card: str | None = None,
) -> Person:
    """What `change_person` writes, without its door: the import of registers updates people too. Call inside
    a transaction.
    """
    village = person.village
    now = Person.objects.select_for_update(of=("self",)).select_related("household").get(pk=person.pk)
    if now.merged_into_id is not None:
        raise IllegalStep(_("This record was put together with another one meanwhile. Open that one."))
    if now.version != version:
        raise ChangedMeanwhile(now)
    changes = _enter_facts(now, facts) | _enter_numbers(now, village, nik=nik, passport=passport, card=card)
    if changes:
        now.version += 1
        try:
            with transaction.atomic():
                now.save()
        except IntegrityError as error:
            raise _refused(error, Person.objects.filter(village=village), nik or "") from error
        record(
            events.PERSON_CHANGED,
            by=by,
            subject=now,
            subject_label=now.full_name,
            village=village,
            changes=changes,
        )
    return now


@transaction.atomic
def reveal_number(*, by: Seat, person: Person, kind: str, reason: str) -> str:
    """The full NIK, KK or passport number, "" when none is known. Records `person.number_revealed` with the
    reason.

    `kind`: "nik", "kk" or "passport". Raises NotPermitted.
    """
    check_can_reveal(by)
    record(
        events.NUMBER_REVEALED,
        by=by,
        subject=person,
        subject_label=f"{person.full_name}: {kind}",
        village=person.village_id,
        reason=reason,
    )
    if kind == "nik":
        return person.nik
    if kind == "passport":
        return person.passport
    return person.household.card if person.household else ""


@transaction.atomic
def note_person_viewed(*, by: Seat, person: Person) -> None:
    """Record `person.viewed`: who opened whose page."""
    record(
        events.PERSON_VIEWED, by=by, subject=person, subject_label=person.full_name, village=person.village_id
    )


@transaction.atomic
def note_search(*, by: Seat, kind: str, name: str = "") -> None:
    """Record `people.searched`: by what (`kind`), and the name when it was a name; digits are never
    written.
    """
    label = kind if not name or any(sign.isdigit() for sign in name) else f"{kind}: {name}"
    record(events.PEOPLE_SEARCHED, by=by, subject_label=label, village=by.village or by.district)


def _only_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if name in FACTS}


def _shown(name: str, value: Any) -> Any:
    """A fact as the log keeps it."""
    return mask_number(value) if name in PHONES else value


def _enter_facts(person: Person, facts: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Put the facts that differ on the person, not yet saved; return each change as the log keeps it."""
    changes = {
        name: [_shown(name, getattr(person, name)), _shown(name, value)]
        for name, value in _only_facts(facts).items()
        if getattr(person, name) != value
    }
    for name in changes:
        setattr(person, name, facts[name])
    return changes


def _enter_numbers(
    person: Person, village: Village, *, nik: str | None, passport: str | None, card: str | None
) -> dict[str, list[Any]]:
    """Put the numbers that differ on the person, not yet saved; return each change as the log keeps it."""
    changes: dict[str, list[Any]] = {}
    if nik is not None and nik != person.nik:
        changes["nik"] = [person.nik_masked, mask_number(nik)]
        _set_numbers(person, nik=nik)
    if passport is not None and passport != person.passport:
        changes["passport"] = [person.passport_masked, mask_number(passport)]
        _set_numbers(person, passport=passport)
    if card:
        household = _household(village, card)
        if household.pk != person.household_id:
            known = person.household.card_masked if person.household else ""
            changes["household"] = [known, mask_number(card)]
            person.household = household
    return changes


def _set_numbers(person: Person, *, nik: str | None = None, passport: str | None = None) -> None:
    fields: dict[str, Any] = {}
    if nik is not None:
        fields |= nik_fields(nik, person=person.pk, village=person.village_id)
    if passport is not None:
        fields |= passport_fields(passport, person=person.pk)
    for name, value in fields.items():
        setattr(person, name, value)


def _household(village: Village, card: str) -> Household:
    """The village's household of that card; made when it is the first to name it."""
    own = Household.objects.filter(village=village, card_digest=card_digest(card))
    found: Household | None = own.first()
    if found is None:
        key = new_key()
        try:
            with transaction.atomic():
                found = Household(pk=key, village=village, **card_fields(card, household=key))
                found.save(force_insert=True)
        except IntegrityError:  # a colleague was quicker
            found = own.get()
    return found


def _refused(error: IntegrityError, own: Any, nik: str) -> Exception:
    """`NikTaken` when that is what the database refused; the error itself otherwise."""
    if constraint_of(error) != "migrants_person_one_nik_a_village":
        return error
    return NikTaken(own.get(nik_digest=nik_digest(nik)))
