"""Numbers that identify a person, made safe to show."""

import re

DOT = "."

# Sixteen digits in a row or more, or grouped as people write a NIK: 6-6-4, 4-4-4-4, 2-2-2-2-2-2-4.
_NUMBERS = re.compile(
    r"[0-9]{16,}"
    r"|(?<![0-9])[0-9]{6}[ .'-][0-9]{6}[ .'-]?[0-9]{4}(?![0-9])"
    r"|(?<![0-9])[0-9]{12}[ .'-][0-9]{4}(?![0-9])"
    r"|(?<![0-9])[0-9]{4}([ .'-])[0-9]{4}\1[0-9]{4}\1[0-9]{4}(?![0-9])"
    r"|(?<![0-9])[0-9]{2}(?:[ .'-][0-9]{2}){5}[ .'-][0-9]{4}(?![0-9])",
    re.ASCII,
)


def mask_number(number: str) -> str:
    """First six and last two characters of a NIK or KK ("990101........01"); of a shorter number the outer
    two.

    The length stays, so that a missing digit is still seen. Numbers under six characters are all dots.
    """
    if len(number) >= 16:
        return number[:6] + DOT * (len(number) - 8) + number[-2:]
    if len(number) >= 6:
        return number[:2] + DOT * (len(number) - 4) + number[-2:]
    return DOT * len(number)


def mask_text_numbers(text: str) -> str:
    """The text with everything that may be a NIK or KK masked."""
    return _NUMBERS.sub(lambda found: mask_number(re.sub(r"[^0-9]", "", found[0])), text)
