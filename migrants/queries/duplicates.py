"""Who of the village may be the same person as one about to be saved, and why. Nobody is merged by this."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from migrants.access import visible_people
from migrants.models import Person
from migrants.numbers import passport_digest
from migrants.queries.people import EVERY_WORD, nearness_to
from villages.access import Seat

LEAST_ALIKE = 500  # of thousand: two names that may be one
SHOWN = 5
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Alike:
    """Somebody who may be the same, and a sentence for each reason to think so."""

    person: Person
    reasons: tuple[str, ...]


def people_alike(
    seat: Seat,
    *,
    village: str,
    full_name: str,
    sex: str,
    birth_date: date | None,
    phone: str = "",
    passport: str = "",
    other_than: UUID,
) -> list[Alike]:
    """People of the village who may be the one described, the likeliest first, at most five.

    Alike are: the same passport number; a name that sounds alike with the same sex and a birth date at most
    one day apart; a name that sounds alike with the same phone. The NIK is not asked here: the village has
    each only once. `village`: its code, in the seat's place. `other_than`: the key of the one
    described. Other villages are never asked. Queries: 1.
    """
    named = Q(nearness__gte=LEAST_ALIKE)
    wanted = Q(passport_digest=passport_digest(passport)) if passport else Q()
    if birth_date is not None:
        wanted |= Q(birth_date__range=(birth_date - ONE_DAY, birth_date + ONE_DAY)) & Q(sex=sex) & named
    if phone:
        wanted |= Q(phone=phone) & named
    if not wanted:
        return []
    rows: Any = (
        visible_people(seat)
        .filter(village=village)
        .annotate(nearness=nearness_to(full_name))
        .filter(wanted)
        .exclude(pk=other_than)
        .order_by("-nearness", "id")
    )
    digest = passport_digest(passport) if passport else None

    def reasons(person: Person) -> Iterator[str]:
        yield from _passport_reason(person, digest)
        yield from _name_reason(person, full_name)
        yield from _birth_reason(person, birth_date)
        if person.sex == sex:
            yield _("The sex is the same.")
        if phone and person.phone == phone:
            yield _("The phone number is the same.")

    return [Alike(person, tuple(reasons(person))) for person in rows[:SHOWN]]


def records_alike(seat: Seat, person: Person) -> list[Alike]:
    """Other records of the same village that may be the same person. Queries: 1."""
    return people_alike(
        seat,
        village=person.village_id,
        full_name=person.full_name,
        sex=person.sex,
        birth_date=person.birth_date,
        phone=person.phone,
        passport=person.passport,
        other_than=person.pk,
    )


def _passport_reason(person: Person, digest: bytes | None) -> list[str]:
    if digest is None or person.passport_digest is None or bytes(person.passport_digest) != digest:
        return []
    return [_("The passport number is the same.")]


def _name_reason(person: Any, full_name: str) -> list[str]:
    if person.full_name.casefold() == full_name.casefold():
        return [_("The name is the same.")]
    if person.nearness >= EVERY_WORD:
        return [_("The name holds the same words, or sounds the same.")]
    if person.nearness >= LEAST_ALIKE:
        return [_("The name sounds alike.")]
    return []


def _birth_reason(person: Person, birth_date: date | None) -> list[str]:
    if birth_date is None or person.birth_date is None:
        return []
    apart = abs((person.birth_date - birth_date).days)
    if apart > 1:
        return []
    return [_("The birth date is the same.") if apart == 0 else _("The birth date is one day apart.")]
