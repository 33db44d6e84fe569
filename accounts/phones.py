"""Telephone numbers: read them as people write them, keep them as E.164.

Indonesian mobile numbers follow our own rule (9 to 12 digits that begin with 8): allotment tables lag behind,
and the practice numbers 0810 are in none. All others are judged by `phonenumbers`, and only by their length.
"""

import re

import phonenumbers
from django.utils.translation import gettext as _

from periods.entry import tidy

LONGEST = 30
LONGEST_E164 = len("+") + 15

_PUNCTUATION = str.maketrans("", "", " .-()/'’")
_SHAPE = re.compile(r"\+?[0-9]{6,17}", re.ASCII)
_MOBILE = re.compile(r"8[0-9]{8,11}", re.ASCII)


class PhoneRefused(ValueError):
    """The text is no telephone number; the message is the sentence to show beside the field."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def read_phone(text: str) -> str:
    """The number as E.164: "0812-3456-7890" becomes "+6281234567890". Raises `PhoneRefused`.

    Numbers abroad need their country code, with + or 00. A number without one is read as Indonesian.
    """
    entry = tidy(text, longest=LONGEST)
    number = (entry or "").translate(_PUNCTUATION)
    if not _SHAPE.fullmatch(number):
        raise PhoneRefused(
            _("Enter the phone number in digits, for example 0812-3456-7890 or +852 9123 4567.")
        )
    if number.startswith("00"):
        number = "+" + number[2:]
    national = _indonesian(number)
    if national is None:
        return _foreign(number)
    if national.startswith("8"):
        if not _MOBILE.fullmatch(national):
            raise PhoneRefused(_("Check the number: a mobile number has 10 to 13 digits and begins with 08."))
        return f"+62{national}"
    return _foreign(f"+62{national}")


def _indonesian(number: str) -> str | None:
    """The digits after the country code or the leading 0; None when another country's code leads."""
    for lead in ("+620", "+62", "620", "62", "0"):
        if number.startswith(lead):
            return number[len(lead) :]
    if number.startswith("+"):
        return None
    return number


def _foreign(number: str) -> str:
    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        parsed = None
    if parsed is not None and phonenumbers.is_possible_number(parsed):
        e164 = str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))
        if len(e164) <= LONGEST_E164:  # the library lets some Indonesian numbers be longer
            return e164
    raise PhoneRefused(_("Check the number: begin a number abroad with + and the country code."))
