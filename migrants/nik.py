"""Identity numbers as typed: NIK, family card (KK) and passport.

A NIK is `PPKKCC DDMMYY SSSS`: place of first registration, birth date (a woman's day + 40), serial. It is
checked hard only for its form and softly for everything else: it stays for life, even where the birth date in
it was wrong (domain.md 3.1). Nothing here looks into the database or keeps the number.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.translation import gettext as _

from periods.entry import tidy

LONGEST = 40
OLDEST_AGE = 100
PRACTICE_PROVINCE = "99"
FEMALE: Literal["female"] = "female"
MALE: Literal["male"] = "male"

# Domain.md 3.5: the 38 provinces. Older codes exist, so an unknown one only warns.
_PROVINCES = (
    "11 12 13 14 15 16 17 18 19 21 31 32 33 34 35 36 51 52 53 "
    "61 62 63 64 65 71 72 73 74 75 76 81 82 91 92 93 94 95 96"
)
PROVINCES = frozenset(_PROVINCES.split())

_PUNCTUATION = str.maketrans("", "", " .-'’`")
_SIXTEEN = re.compile(r"[0-9]{16}", re.ASCII)
_PASSPORT = re.compile(r"[A-Z0-9]{5,20}", re.ASCII)
_USUAL_PASSPORT = re.compile(r"[A-Z]{1,2}[0-9]{6,8}", re.ASCII)


class NumberRefused(ValueError):
    """The text cannot be such a number; the message is the sentence to show beside the field."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NikRefused(NumberRefused):
    """The text cannot be a NIK."""


class KkRefused(NumberRefused):
    """The text cannot be a family card number."""


class PassportRefused(NumberRefused):
    """The text cannot be a passport number."""


@dataclass(frozen=True, slots=True)
class Nik:
    """A NIK and what it says. Warnings never block. `birth_date`: None when its digits are in no calendar."""

    number: str
    sex: Literal["female", "male"]
    birth_date: date | None
    warnings: tuple[str, ...]

    def __repr__(self) -> str:
        return f"Nik({self.number[:6]}........{self.number[-2:]})"


@dataclass(frozen=True, slots=True)
class Passport:
    """A passport number in capitals. Warnings never block."""

    number: str
    warnings: tuple[str, ...]

    def __repr__(self) -> str:
        return f"Passport({self.number[:2]}...)"


def read_nik(text: str, today: date) -> Nik:
    """The NIK with sex and birth date as it states them. Raises `NikRefused`.

    The century is the latest that gives a birth not after `today` and an age of at most 100.
    """
    number = _digits(text)
    if not _SIXTEEN.fullmatch(number):
        raise NikRefused(_("Enter the NIK with 16 digits."))
    day, month = int(number[6:8]), int(number[8:10])
    if not (1 <= day <= 31 or 41 <= day <= 71):
        raise NikRefused(
            _("Check digits 7 and 8 of the NIK: %(day)s is no birth day.") % {"day": number[6:8]}
        )
    if not 1 <= month <= 12:
        raise NikRefused(
            _("Check digits 9 and 10 of the NIK: %(month)s is no month.") % {"month": number[8:10]}
        )
    if number[12:] == "0000":
        raise NikRefused(_("Check the last four digits of the NIK: they cannot be 0000."))
    born = _birth_date(day % 40, month, int(number[10:12]), today)
    warnings = _area_warnings(number)
    if born is None:
        warnings.append(_("The birth date in this NIK is not in the calendar. Compare it with the card."))
    return Nik(number, FEMALE if day > 40 else MALE, born, tuple(warnings))


def disagreements(nik: Nik, birth_date: date | None, sex: str) -> list[str]:
    """Sentences for what the entry says otherwise than the NIK; None and "" are never compared.

    Of the birth date only day, month and two-digit year: a NIK does not tell the century. The entry wins.
    """
    found = []
    if birth_date and nik.birth_date and f"{birth_date:%d%m%y}" != f"{nik.birth_date:%d%m%y}":
        found.append(_("The birth date differs from the NIK. Compare both with the card."))
    if sex and sex != nik.sex:
        found.append(_("The sex differs from the NIK. Compare both with the card."))
    return found


def read_kk(text: str) -> str:
    """The 16 digits of a family card number. Raises `KkRefused`."""
    number = _digits(text)
    if not _SIXTEEN.fullmatch(number):
        raise KkRefused(_("Enter the family card number with 16 digits."))
    return number


def read_passport(text: str) -> Passport:
    """The passport number in capitals, without blanks: 5 to 20 characters. Raises `PassportRefused`."""
    number = _digits(text)
    number = number.upper() if number.isascii() else ""
    if not _PASSPORT.fullmatch(number):
        raise PassportRefused(_("Enter the passport number in letters and digits, for example C1234567."))
    if _USUAL_PASSPORT.fullmatch(number):
        return Passport(number, ())
    return Passport(
        number, (_("Most passport numbers are one letter and seven digits. Compare it with the passport."),)
    )


def _digits(text: str) -> str:
    return (tidy(text, longest=LONGEST) or "").translate(_PUNCTUATION)


def _birth_date(day: int, month: int, short_year: int, today: date) -> date | None:
    for century in (today.year // 100 * 100, today.year // 100 * 100 - 100):
        try:
            born = date(century + short_year, month, day)
        except ValueError:
            continue
        if born <= today and today.year - born.year <= OLDEST_AGE:
            return born
    return None


def _area_warnings(number: str) -> list[str]:
    warnings = []
    if number[:2] == PRACTICE_PROVINCE:
        warnings.append(_("This NIK is for practice only: province 99 does not exist."))
    elif number[:2] not in PROVINCES:
        warnings.append(
            _("Province %(code)s is not known. Compare the NIK with the card.") % {"code": number[:2]}
        )
    if number[2:4] in {"00", "70"} or number[4:6] == "00":
        warnings.append(_("The area in this NIK is not known. Compare it with the card."))
    return warnings
