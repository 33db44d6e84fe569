"""Short codes a person can type from paper: seven characters, none of them easily taken for another.

Six are random and the last one checks them: one wrong character, or two that changed places, is noticed
before anything is looked up.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXY"  # 29, a prime: no 0 1 I L O U Z
RANDOM = 6
LENGTH = RANDOM + 1


class NoSuchCode(ValueError):
    """The text is no code, whatever was printed."""


def new_codes(count: int, taken: Collection[str] = ()) -> list[str]:
    """So many codes, all different, none of them taken."""
    found: dict[str, None] = {}
    while len(found) < count:
        body = "".join(secrets.choice(LETTERS) for _each in range(RANDOM))
        code = body + _check(body)
        if code not in taken:
            found[code] = None
    return list(found)


def read_code(text: str) -> str:
    """The code as it is kept, from what somebody typed: blanks and hyphens do not matter, capitals neither.

    Raises `NoSuchCode`.
    """
    code = text.upper().replace("-", "").replace(" ", "")[: LENGTH + 1]
    if len(code) != LENGTH or set(code) - set(LETTERS) or _check(code[:RANDOM]) != code[RANDOM]:
        raise NoSuchCode(text[:20])
    return code


def _check(body: str) -> str:
    return LETTERS[sum(place * LETTERS.index(letter) for place, letter in enumerate(body, 1)) % len(LETTERS)]
