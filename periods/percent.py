"""Percentages as people type them, kept in hundredths of a percent so that nothing is ever rounded away."""

import re

from django.utils.translation import gettext as _

from periods.entry import tidy

LONGEST = 20
WHOLE = 10_000  # 100 %

_PERCENT = re.compile(r"([0-9]{1,3})(?:[.,]([0-9]{1,2}))? ?%?", re.ASCII)


class PercentRefused(ValueError):
    """The text is no percentage; the message is the sentence to show beside the field."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def parse_percent(text: str) -> int:
    """The percentage in hundredths of a percent, 0 to 10,000: "2,5" and "2.5 %" are 250.

    Raises `PercentRefused` with a sentence for the form.
    """
    entry = _PERCENT.fullmatch(tidy(text, longest=LONGEST) or "")
    if entry is None:
        raise PercentRefused(_("Enter a percentage in digits, for example 2,5."))
    hundredths = int(entry[1]) * 100 + int((entry[2] or "").ljust(2, "0"))
    if hundredths > WHOLE:
        raise PercentRefused(_("Enter at most 100 percent."))
    return hundredths


def percent_text(hundredths: int) -> str:
    """The percentage as it is written in Indonesian: 250 is "2,5", 1,000 is "10"."""
    whole, rest = divmod(hundredths, 100)
    return f"{whole},{rest:02d}".rstrip("0") if rest else str(whole)
