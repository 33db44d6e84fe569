"""Reads about people: search, and what stands on a person's page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import BooleanField, Func, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Lower

from accounts.entry import tidy
from accounts.keys import as_key
from accounts.paging import PAGE_ROWS, KeysetPage, cursor_of, keyset_page
from accounts.phones import PhoneRefused, read_phone
from migrants.access import visible_households, visible_people
from migrants.models import Person
from migrants.nik import NumberRefused, read_nik, read_passport
from migrants.numbers import card_digest, nik_digest, nik_tail_digest, passport_digest
from villages.access import Seat
from villages.models import Designation

# By which the people of a list stand, the key last.
BY_NAME = ("sort_name", "id")
BY_NEARNESS = ("-nearness", "sort_name", "id")

LEAST_LETTERS = 3
LEAST_NEARNESS = 250  # of thousand: what still counts as a misspelling of the name
EVERY_WORD = 1000  # from here on every word that was asked for begins a word of the name
LONGEST = 120

_SEPARATORS = re.compile(r"[\s.\-/()]+")
_PASSPORT = re.compile(r"[A-Za-z]{1,2}[0-9]{6,8}", re.ASCII)


class SearchKind(StrEnum):
    """By what somebody is looked for. NOTHING: nothing was asked; TOO_SHORT: not enough to look for."""

    NOTHING = "nothing"
    TOO_SHORT = "too_short"
    NAME = "name"
    NIK_TAIL = "nik_tail"
    NIK = "nik"
    PASSPORT = "passport"
    PHONE = "phone"


@dataclass(frozen=True)
class Search:
    """What was asked, read once: `value` is a tidied name, four digits, a NIK, a passport number or a
    phone.
    """

    kind: SearchKind
    value: str = ""


def read_search(text: str, today: date) -> Search:
    """What the text asks for: three letters of a name, the last four or all sixteen digits of a NIK, a
    passport number or a phone. Anything else is TOO_SHORT, so that the page can say what to type."""
    asked = " ".join(tidy(text[:LONGEST]).split())
    if not asked:
        return Search(SearchKind.NOTHING)
    compact = _SEPARATORS.sub("", asked)
    if compact.lstrip("+").isdigit() and compact.isascii():
        return _read_digits(compact, today)
    if _PASSPORT.fullmatch(compact):
        try:
            return Search(SearchKind.PASSPORT, read_passport(compact).number)
        except NumberRefused:
            return Search(SearchKind.TOO_SHORT)
    if sum(sign.isalpha() for sign in asked) < LEAST_LETTERS:
        return Search(SearchKind.TOO_SHORT)
    return Search(SearchKind.NAME, asked)


def _read_digits(compact: str, today: date) -> Search:
    if len(compact) == 4:
        return Search(SearchKind.NIK_TAIL, compact)
    if len(compact) == 16 and not compact.startswith("0"):
        try:
            return Search(SearchKind.NIK, read_nik(compact, today).number)
        except NumberRefused:
            return Search(SearchKind.TOO_SHORT)
    try:
        return Search(SearchKind.PHONE, read_phone(compact))
    except PhoneRefused:
        return Search(SearchKind.TOO_SHORT)


def people_found(seat: Seat, search: Search) -> QuerySet[Person]:
    """People of the seat's place that fit the search; none for NOTHING and TOO_SHORT. Order by `order_of`.

    The place is filtered first, through a btree index; names are then compared within it by how they sound:
    `nearness` is EVERY_WORD or more where each word begins a word of the name, else the share of the name
    that is alike, in thousandths. One query; for four digits of a NIK in a district one more (its villages).
    """
    people = visible_people(seat).annotate(sort_name=Lower("full_name"))
    match search.kind:
        case SearchKind.NAME:
            if seat.village_id is None:  # a district is too many people to compare letter by letter
                people = people.annotate(shares=_shares_a_piece(search.value)).filter(shares=True)
            return people.annotate(nearness=nearness_to(search.value)).filter(nearness__gte=LEAST_NEARNESS)
        case SearchKind.NIK_TAIL:
            villages = [seat.village_id] if seat.village_id else _programme_villages(seat)
            tails = [nik_tail_digest(search.value, village=code) for code in villages if code]
            return people.filter(nik_tail_digest__in=tails)
        case SearchKind.NIK:
            cards = visible_households(seat).filter(card_digest=card_digest(search.value))
            return people.filter(Q(nik_digest=nik_digest(search.value)) | Q(household__in=cards))
        case SearchKind.PASSPORT:
            return people.filter(passport_digest=passport_digest(search.value))
        case SearchKind.PHONE:
            return people.filter(phone=search.value)
    return people.none()


def order_of(search: Search) -> tuple[str, ...]:
    """By what the people found stand: the nearest names first, everything else by name."""
    return BY_NEARNESS if search.kind == SearchKind.NAME else BY_NAME


def page_of_people(
    people: QuerySet[Person], order: tuple[str, ...], after: str, size: int = PAGE_ROWS
) -> KeysetPage[Person]:
    """One page in that order. The cursor in the address is the key of the last person, never a name."""
    key = as_key(after)
    last = people.filter(pk=key).first() if key else None
    page = keyset_page(people, order=order, cursor=cursor_of(last, order) if last else "", size=size)
    return replace(page, after=str(page.rows[-1].pk) if page.after else "")


def only_alike(found: Sequence[Person]) -> bool:
    """Whether nobody found has the words that were asked for: their names only sound alike."""
    return bool(found) and getattr(found[0], "nearness", EVERY_WORD) < EVERY_WORD


def nearness_to(name: str) -> Func:
    """How near the names of a person are to this one, for `annotate` (see `people_found`)."""
    return Func("sounding", _sounding(name), function="migrants_nearness", output_field=IntegerField())


def _shares_a_piece(name: str) -> Func:
    """Whether the front or the back of some word asked for stands in the names of a person."""
    pieces = Func(_sounding(name), function="migrants_pieces")
    return Func(
        "sounding",
        pieces,
        template="(%(expressions)s))",
        arg_joiner=" LIKE ANY (",
        output_field=BooleanField(),
    )


def _sounding(name: str) -> Func:
    return Func(Value(name), function="migrants_sounding")


def _programme_villages(seat: Seat) -> list[str]:
    return list(
        Designation.objects.visible_to(seat).order_by().values_list("village_id", flat=True).distinct()
    )


def people_listed(seat: Seat) -> QuerySet[Person]:
    """Everybody registered in the seat's place, by name (`sort_name`, `id`)."""
    return visible_people(seat).annotate(sort_name=Lower("full_name"))


def person_of_village(seat: Seat, key: UUID) -> Person | None:
    """A person of the own village by key; None for everybody else's and for a key that names nobody."""
    return visible_people(seat).filter(village=seat.village_id, pk=key).first()


def person_with_nik(seat: Seat, number: str) -> Person | None:
    """The person of the own village with this NIK; other villages are never asked."""
    return Person.objects.filter(village=seat.village_id, nik_digest=nik_digest(number)).first()


def household_of(person: Person) -> QuerySet[Person]:
    """The others on the same family card, by name."""
    if person.household_id is None:
        return Person.objects.none()
    return (
        Person.objects.filter(village=person.village_id, household=person.household_id)
        .exclude(pk=person.pk)
        .order_by(Lower("full_name"))
    )
