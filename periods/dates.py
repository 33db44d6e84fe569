"""Read a date as Indonesian officers write it: day first, always.

Django's own reader accepts 03/13/2026 as 13 March and refuses "17 Agustus 2026" (quality.md F6); this one
does neither. A month above 12 is an error and is never swapped with the day.
"""

import re
from datetime import date

from django.utils.translation import gettext as _

from periods.entry import tidy

LONGEST = 40
FIRST_YEAR = 1900
YEARS_AHEAD = 20
PIVOT_YEARS_AHEAD = 10

_SEPARATOR = r"(?: ?[/.,-] ?| )"
_DAY_FIRST = re.compile(
    rf"([0-9]{{1,2}}){_SEPARATOR}([0-9]{{1,2}}|[A-Za-z]{{3,10}}){_SEPARATOR}([0-9]{{4}}|[0-9]{{2}})", re.ASCII
)
_YEAR_FIRST = re.compile(r"([0-9]{4})([/.-])([0-9]{1,2})\2([0-9]{1,2})", re.ASCII)

# Every spelling seen in registers, Indonesian old and new, and English.
_SPELLINGS = {
    1: "januari january jan",
    2: "februari pebruari february feb peb",
    3: "maret march mar mrt",
    4: "april apr",
    5: "mei may",
    6: "juni june jun",
    7: "juli july jul",
    8: "agustus august agu agt ags agst agust aug",
    9: "september sept sep",
    10: "oktober october okt oct",
    11: "november nopember nov nop",
    12: "desember december des dec",
}
_MONTHS = {name: number for number, names in _SPELLINGS.items() for name in names.split()}


class DateRefused(ValueError):
    """The text is no date; the message is the sentence to show beside the field."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def parse_date(text: str, *, today: date) -> date:
    """The date a person meant. Raises `DateRefused` with a sentence for the form.

    Reads 17/8/2026, 17-08-26, 17.8.2026, 17 Agu 2026, 17 Agustus 2026, 17 August 2026 and 2026-08-17.
    Years: 1900 to twenty years after `today`. Two digits mean this century up to ten years after `today`,
    else the last: in 2026, 36 is 2036 and 37 is 1937.
    """
    entry = tidy(text, longest=LONGEST)
    if not entry:
        raise DateRefused(_("Enter the date as day, month, year, for example 17/8/2026."))
    if match := _DAY_FIRST.fullmatch(entry):
        day, month, year = int(match[1]), _month(match[2]), _year(match[3], today)
    elif match := _YEAR_FIRST.fullmatch(entry):
        day, month, year = int(match[4]), _month(match[3]), int(match[1])
    else:
        raise DateRefused(_("Enter the date as day, month, year, for example 17/8/2026."))
    last_year = today.year + YEARS_AHEAD
    if not FIRST_YEAR <= year <= last_year:
        raise DateRefused(
            _("Check the year: enter a year from %(first)s to %(last)s.")
            % {"first": FIRST_YEAR, "last": last_year}
        )
    try:
        return date(year, month, day)
    except ValueError:
        raise DateRefused(
            _("%(day)s-%(month)s-%(year)s is not in the calendar. Check the day and the month.")
            % {"day": f"{day:02d}", "month": f"{month:02d}", "year": year}
        ) from None


def _month(word: str) -> int:
    if not word.isdigit():
        month = _MONTHS.get(word.lower())
        if month is None:
            raise DateRefused(
                _("“%(word)s” is not a month. Write for example Agustus or 8.") % {"word": word}
            )
        return month
    if not 1 <= int(word) <= 12:
        raise DateRefused(
            _("Month %(month)s does not exist. Write the day first, then the month.") % {"month": word}
        )
    return int(word)


def _year(digits: str, today: date) -> int:
    if len(digits) == 4:
        return int(digits)
    year = int(digits)
    return 2000 + year if year <= today.year % 100 + PIVOT_YEARS_AHEAD else 1900 + year


def age_on(born: date, day: date) -> int:
    """Completed years on a day; who was born on 29 February is a year older from 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
