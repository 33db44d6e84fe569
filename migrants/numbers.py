"""Identity numbers on their way into the database: what is sealed, and the digests that find it again.

The digest of a full number is the same in every village; that of the last four digits is bound to the
village, since ten thousand values would otherwise be counted across the country.
"""

from __future__ import annotations

from typing import TypedDict
from uuid import UUID

from accounts.sealing import lookup_digest, seal


class NikFields(TypedDict):
    nik_sealed: bytes | None
    nik_digest: bytes | None
    nik_tail_digest: bytes | None


class PassportFields(TypedDict):
    passport_sealed: bytes | None
    passport_digest: bytes | None


class CardFields(TypedDict):
    card_sealed: bytes | None
    card_digest: bytes | None


def nik_fields(number: str, *, person: UUID, village: str) -> NikFields:
    """The three columns of a person's NIK (16 digits, or "" for none)."""
    if not number:
        return NikFields(nik_sealed=None, nik_digest=None, nik_tail_digest=None)
    return NikFields(
        nik_sealed=seal(number, context=f"person.nik:{person}"),
        nik_digest=nik_digest(number),
        nik_tail_digest=nik_tail_digest(number[-4:], village=village),
    )


def passport_fields(number: str, *, person: UUID) -> PassportFields:
    """The two columns of a person's passport number (capitals, or "" for none)."""
    if not number:
        return PassportFields(passport_sealed=None, passport_digest=None)
    return PassportFields(
        passport_sealed=seal(number, context=f"person.passport:{person}"),
        passport_digest=passport_digest(number),
    )


def card_fields(number: str, *, household: UUID) -> CardFields:
    """The two columns of a household's card (KK) number (16 digits)."""
    return CardFields(
        card_sealed=seal(number, context=f"household.card:{household}"), card_digest=card_digest(number)
    )


def nik_digest(number: str) -> bytes:
    """What finds a full NIK."""
    return lookup_digest(number, purpose="person.nik")


def nik_tail_digest(tail: str, *, village: str) -> bytes:
    """What finds the last four digits within one village (its dotted code)."""
    return lookup_digest(f"{village}:{tail}", purpose="person.nik_tail")


def passport_digest(number: str) -> bytes:
    """What finds a passport number."""
    return lookup_digest(number, purpose="person.passport")


def card_digest(number: str) -> bytes:
    """What finds a family card."""
    return lookup_digest(number, purpose="household.card")
