"""The short numbers people say on the telephone: KS-2611-R7QK4 for a case, LY-2611-9TB3M for a visit,
RJ-2611-4WXYZ for a referral, ST-2611-8KMNP for a hand-over.

A number is computed from the row's UUIDv7 key, so a phone without a network can already show it. It is a name
for people, not a key: of two rows of one month, one pair in 28 million shares its number, so a look-up by
number answers with a list.
"""

from datetime import date
from uuid import UUID

# No 0, O, 1, I, L: they are mistaken for each other on paper.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 5
_RANDOM_BITS = (1 << 62) - 1


def case_number(on: date, key: UUID) -> str:
    """The number of a case logged on that day."""
    return _number("KS", on, key)


def visit_number(on: date, key: UUID) -> str:
    """The number of a service visit on that day."""
    return _number("LY", on, key)


def referral_number(on: date, key: UUID) -> str:
    """The number of a referral sent on that day."""
    return _number("RJ", on, key)


def handover_number(on: date, key: UUID) -> str:
    """The number of the minutes of a hand-over on that day."""
    return _number("ST", on, key)


def _number(prefix: str, on: date, key: UUID) -> str:
    rest = key.int & _RANDOM_BITS  # rand_b of RFC 9562: the part without the clock
    letters = ""
    for _position in range(LENGTH):
        rest, index = divmod(rest, len(ALPHABET))
        letters += ALPHABET[index]
    return f"{prefix}-{on:%y%m}-{letters}"
