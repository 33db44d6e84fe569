"""Read one cell: what the register says, or what is wrong with it.

Every reader takes the cell as the file gives it (text, number, date) and returns its value or a `Trouble`.
They are pure, so that `Remembered` may ask each spelling once: 100,000 rows hold some 20,000 dates of birth.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from accounts.phones import PhoneRefused, read_phone
from migrants.nik import PROVINCES, NumberRefused, read_passport
from migrants.registers import words
from migrants.registers.reasons import Reason
from periods.dates import PIVOT_YEARS_AHEAD, DateRefused, parse_date

MOST_REMEMBERED = 200_000
LONGEST_NAME = 120
LONGEST_CELL = 300
# Bare serials that can be dates of people: 1 January 1905 to 31 December 2050.
FIRST_SERIAL, LAST_SERIAL = 1828, 55_153
EPOCH = date(1899, 12, 30)
OLD_PROVINCES = frozenset({"54"})  # Timor Timur until 1999; its NIKs stay

_INVISIBLE = dict.fromkeys(
    map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\u00ad\ufeff\u202a\u202b\u202c\u202d\u202e")
)
_CONTROL = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(127, 160)])
_CLEAN = {**_INVISIBLE, **_CONTROL}
_STROKES = str.maketrans("", "", " \t\n\r\u00a0\u2007\u202f.,-'’‘`´\"_/")
# A NIK without any fault but perhaps its province: what nearly all are.
_GOOD_NIK = re.compile(
    r"(?!00|99)[0-9]{2}(?!00)[0-9]{2}(?!00)[0-9]{2}(?:0[1-9]|[1256][0-9]|[37][01]|4[1-9])(?:0[1-9]|1[0-2])"
    r"[0-9]{2}(?!0000)[0-9]{4}",
    re.ASCII,
)
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_POWER = re.compile(r"[0-9][.,][0-9]{1,16}[eE]\+?[0-9]{1,3}", re.ASCII)
_DASHES = re.compile(r"[-–—_.*/ ]*")
_ZEROS = re.compile(r"[-–—_.*/0 ]*")
_CLOCK = re.compile(r"[ T]0?0[:.]00(?:[:.]00(?:\.0{1,6})?)?$")
_NUMERIC_DATE = re.compile(r"([0-9]{1,2})[/.\- ]([0-9]{1,2})[/.\- ]([0-9]{4}|[0-9]{2})", re.ASCII)
_PLAIN_DATE = re.compile(r"([0-9]{2})[/.-]([0-9]{2})[/.-]([0-9]{4})", re.ASCII)
_PLAIN_SHORT = re.compile(r"([0-9]{2})[/.-]([0-9]{2})[/.-]([0-9]{2})", re.ASCII)
_SHORT_YEAR = re.compile(r"([0-9]{1,2}[^0-9].{1,18}[^0-9])([0-9]{2})", re.DOTALL)
_SERIAL = re.compile(r"[0-9]{4,5}(?:[.,]0+)?", re.ASCII)
_MOBILE = re.compile(r"(?:0|\+?62)?(8[0-9]{8,11})", re.ASCII)
_PHONE_PARTS = re.compile(r"[/,;\n&]|\batau\b|\bdan\b|\s{2,}", re.IGNORECASE)
_PASSPORT = re.compile(r"[A-Z]{1,2}[0-9]{6,8}", re.ASCII)
_DATE_AT_END = re.compile(
    r"(?<![0-9])(?:[0-9]{1,2}\s?[-/. ]\s?[0-9A-Za-z]{1,10}\s?[-/. ]\s?[0-9]{2,4}"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2})$"
)


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with a cell. `kept`: what the row goes on with when a person accepts it."""

    reason: Reason
    kept: Any = None


class Remembered(dict[Any, Any]):
    """Answers of a reader by cell; forgets all when they become too many."""

    def __init__(self, read: Callable[[Any], Any]) -> None:
        super().__init__()
        self.read = read
        self.met_trouble = False

    def __missing__(self, cell: Any) -> Any:
        if len(self) >= MOST_REMEMBERED:
            self.clear()
        found = self[cell] = self.read(cell)
        self.met_trouble = self.met_trouble or type(found) is Trouble
        return found


def line(cell: Any) -> str:
    """The cell as one line of text: no control or invisible characters, single blanks, "" for dashes."""
    if isinstance(cell, str):
        text = " ".join(cell.translate(_CLEAN).split())
    elif isinstance(cell, float) and cell == cell and abs(cell) < 1e17 and cell == int(cell):
        text = str(int(cell))
    elif isinstance(cell, (date, datetime)):
        text = f"{cell.day:02d}-{cell.month:02d}-{cell.year:04d}"
    else:
        text = str(cell)
    return "" if _DASHES.fullmatch(text) else text


def read_name(cell: Any) -> str | Trouble:
    """The name as written, apart from blanks."""
    if type(cell) is str:
        if cell.isascii() and cell.isprintable() and cell[:1].isalpha() and "  " not in cell:
            text = cell.rstrip()
            return text if len(text) <= LONGEST_NAME else Trouble(Reason.TEXT_TOO_LONG, "")
        text = " ".join(cell.translate(_CLEAN).split())
    else:
        text = "" if cell == "" else line(cell)
    if not any(map(str.isalpha, text)):
        return Trouble(Reason.NAME_MISSING, "")
    return text if len(text) <= LONGEST_NAME else Trouble(Reason.TEXT_TOO_LONG, "")


def read_nik(cell: Any) -> str | Trouble:
    """Sixteen digits; "" for none. Of a number Excel keeps only fifteen: the last of a typed NIK is lost."""
    if type(cell) is str:
        if _GOOD_NIK.fullmatch(cell) and cell[:2] in PROVINCES:
            return cell
        text = cell.translate(_CLEAN).strip().strip("'’‘`´")
        if _POWER.fullmatch(text.replace(" ", "")):
            return Trouble(Reason.NIK_ROUNDED, "")
        digits = text.translate(_STROKES)
        if not digits or words.word_key(digits) in words.NOTHING:
            return ""
        if not (digits.isascii() and digits.isdigit()):
            return Trouble(Reason.NIK_LETTERS, "")
        return _checked_nik(digits)
    if isinstance(cell, bool) or not isinstance(cell, (int, float)) or cell != cell or cell != int(cell):
        return Trouble(Reason.NIK_LETTERS, "")
    digits = str(int(cell))
    if len(digits) == 16 and digits.endswith("00000"):
        return Trouble(Reason.NIK_ROUNDED, "")
    checked = _checked_nik(digits)
    if isinstance(checked, str) and digits[-1] == "0":
        return Trouble(Reason.NIK_ENDS_IN_ZERO, checked)
    return checked


def _checked_nik(digits: str) -> str | Trouble:
    if len(digits) != 16:
        return Trouble(Reason.NIK_LENGTH, "")
    if digits[:2] in ("00", "99") or digits[2:4] == "00" or digits[4:6] == "00":
        return Trouble(Reason.NIK_AREA, "")
    day = digits[6:8]
    if not ("01" <= day <= "31" or "41" <= day <= "71") or not "01" <= digits[8:10] <= "12":
        return Trouble(Reason.NIK_IMPOSSIBLE, "")
    if digits[12:] == "0000":
        return Trouble(Reason.NIK_IMPOSSIBLE, "")
    if digits[:2] not in PROVINCES and digits[:2] not in OLD_PROVINCES:
        return Trouble(Reason.NIK_PROVINCE_UNKNOWN, digits)
    return digits


def read_card(cell: Any) -> str | Trouble:
    """The family card's sixteen digits; "" for none."""
    text = cell if isinstance(cell, str) else line(cell)
    digits = text.translate(_CLEAN).translate(_STROKES)
    if not digits or words.word_key(digits) in words.NOTHING:
        return ""
    lost = not isinstance(cell, str) and digits.endswith("0")
    if lost or len(digits) != 16 or not (digits.isascii() and digits.isdigit()):
        return Trouble(Reason.CARD_UNREADABLE, "")
    return digits


class DateReader:
    """Dates of one reading. `birth`: two-digit years never lie ahead, and the future is refused."""

    def __init__(self, today: date, *, birth: bool) -> None:
        self.today, self.birth = today, birth

    def __call__(self, cell: Any) -> date | Trouble | None:
        """The day; None for none."""
        if isinstance(cell, datetime):
            found: date | Trouble | None = cell.date()
        elif isinstance(cell, date):
            found = cell
        elif isinstance(cell, str):
            found = self._from_text(cell)
        elif isinstance(cell, (time, timedelta)):
            found = Trouble(Reason.DATE_IMPOSSIBLE)  # what a date of 0 comes as
        elif isinstance(cell, bool) or cell != cell:
            found = Trouble(Reason.DATE_UNREADABLE)
        else:
            found = self._from_serial(cell)
        if isinstance(found, date):
            if self.birth and found > self.today:
                return Trouble(Reason.BIRTH_IN_FUTURE)
            if not 1900 <= found.year <= self.today.year + 20:
                return Trouble(Reason.DATE_IMPOSSIBLE)
        return found

    def _from_serial(self, number: float) -> date | Trouble:
        if 1900 <= number <= self.today.year + 20:  # a year alone, and no serial of our time anyway
            return Trouble(Reason.DATE_UNREADABLE)
        if FIRST_SERIAL <= number <= LAST_SERIAL:
            return EPOCH + timedelta(days=int(number))
        return Trouble(Reason.DATE_UNREADABLE)

    def _from_text(self, cell: str) -> date | Trouble | None:
        plain = _PLAIN_DATE.fullmatch(cell)
        try:
            if plain:
                return date(int(plain[3]), int(plain[2]), int(plain[1]))
            if _ISO.fullmatch(cell):
                return date.fromisoformat(cell)
            if short := _PLAIN_SHORT.fullmatch(cell):
                return self._of_this_time(int(short[3]), int(short[2]), int(short[1]))
        except ValueError:
            return self._refused(cell)
        text = " ".join(cell.translate(_CLEAN).split()).strip("'’`,. ")
        text = _CLOCK.sub("", text)
        if not text or words.word_key(text) in words.NOTHING or words.word_key(text) == "belumberangkat":
            return None
        if _ZEROS.fullmatch(text):
            return Trouble(Reason.DATE_IMPOSSIBLE) if "0" in text else None
        if _SERIAL.fullmatch(text):
            return self._from_serial(float(text.replace(",", ".")))
        short = _SHORT_YEAR.fullmatch(text) if self.birth else None
        if short:
            text = f"{short[1]}{self._birth_year(text, int(short[2]))}"
        try:
            return parse_date(text, today=self.today)
        except DateRefused:
            return self._refused(text)

    def _of_this_time(self, year: int, month: int, day: int) -> date:
        """A day of a two-digit year, as `parse_date` reads it; one of birth never lies ahead. ValueError."""
        found = date(2000 + year, month, day)
        if found > self.today if self.birth else year > self.today.year % 100 + PIVOT_YEARS_AHEAD:
            return date(1900 + year, month, day)
        return found

    def _birth_year(self, text: str, year: int) -> int:
        """Nobody is born ahead of today: 26 is 2026 for a day that has been, else 1926."""
        try:
            ahead = parse_date(f"{text[:-2]}{2000 + year}", today=self.today) > self.today
        except DateRefused:
            ahead = 2000 + year > self.today.year
        return 1900 + year if ahead else 2000 + year

    def _refused(self, text: str) -> Trouble:
        """Why no day: one that is in no calendar, month before day, or words."""
        numbers = _NUMERIC_DATE.fullmatch(text)
        if numbers is None:
            has_date = re.fullmatch(
                r"[0-9]{1,2}\W+[A-Za-z]{3,10}\W+[0-9]{2,4}|[0-9]{4}\W[0-9]{1,2}\W[0-9]{1,2}", text
            )
            return Trouble(Reason.DATE_IMPOSSIBLE if has_date else Reason.DATE_UNREADABLE)
        try:
            swapped = parse_date(f"{numbers[2]}-{numbers[1]}-{numbers[3]}", today=self.today)
        except DateRefused:
            return Trouble(Reason.DATE_IMPOSSIBLE)
        return Trouble(Reason.DATE_AMBIGUOUS, swapped)


def read_birth(cell: Any, dates: Callable[[Any], Any]) -> tuple[str, Any]:
    """Place and date of birth from one cell, parted at the last separator before the date."""
    if not isinstance(cell, str):
        return "", dates(cell)
    text = " ".join(cell.translate(_CLEAN).split())
    parted = _DATE_AT_END.search(text[:LONGEST_CELL])
    if parted:
        return line(text[: parted.start()].rstrip(" ,/;:.-")), dates(parted[0])
    place, _sign, day = text.rpartition(",")
    if not place:
        place, _sign, day = text.rpartition("/")
    found = dates(day.strip() if place else text)
    if isinstance(found, Trouble) and not any(map(str.isdigit, text)):
        return line(text), None  # only the place
    return line(place), found


def read_phone_cell(cell: Any) -> tuple[str, tuple[str, ...]] | Trouble:
    """The first number as E.164 and all others; ("", ()) for none."""
    text = cell if isinstance(cell, str) else line(cell)
    if match := _MOBILE.fullmatch(text):
        return f"+62{match[1]}", ()
    plain = text.translate(_STROKES)
    if (match := _MOBILE.fullmatch(plain)) and "/" not in text and "," not in text:
        return f"+62{match[1]}", ()
    if not plain or words.word_key(plain) in words.NOTHING or not any(map(str.isdigit, plain)):
        return (
            ("", ())
            if len(plain) < 3 or words.word_key(plain) in words.NOTHING
            else Trouble(Reason.PHONE_UNREADABLE, ("", ()))
        )
    found: list[str] = []
    for part in _PHONE_PARTS.split(text[:LONGEST_CELL]):
        if not any(map(str.isdigit, part)):
            continue
        try:
            number = read_phone(re.sub(r"[^0-9+().\- ]", "", part).strip())
        except PhoneRefused:
            return Trouble(Reason.PHONE_UNREADABLE, (found[0] if found else "", tuple(found[1:])))
        if number not in found:
            found.append(number)
    return (found[0], tuple(found[1:])) if found else ("", ())


def read_passport_cell(cell: Any) -> str | Trouble:
    """The passport number in capitals; "" for none."""
    if type(cell) is str and _PASSPORT.fullmatch(cell):
        return cell
    text = line(cell).upper()
    plain = text.translate(_STROKES)
    if _PASSPORT.fullmatch(plain):
        return plain
    if (
        not plain
        or words.word_key(plain) in words.NOTHING
        or words.word_key(plain) in {"proses", "dalamproses"}
    ):
        return ""
    try:
        return read_passport(plain[:40]).number
    except NumberRefused:
        return Trouble(Reason.PASSPORT_UNREADABLE, "")


def read_sex(cell: Any) -> str | Trouble:
    """ "female" or "male"; "" for none. P is perempuan, never pria."""
    key = words.word_key(line(cell))
    if key in words.SEXES:
        return words.SEXES[key]
    blank = key in words.NOTHING and (not isinstance(cell, str) or "?" not in cell)
    return Trouble(Reason.SEX_MISSING if blank else Reason.SEX_UNKNOWN, "")


def read_country(cell: Any) -> str | Trouble:
    """ISO alpha-3 code; "" for none. A region is no country."""
    text = line(cell)
    key = words.word_key(text)
    if key in words.NOTHING:
        return ""
    if key in words.REGIONS:
        return Trouble(Reason.REGION_FOR_COUNTRY, "")
    known = words.countries()
    found = known.get(key) or known.get(
        words.word_key(re.sub(r"\([^()]{0,60}\)|\bnegara\b", "", text.lower()))
    )
    return found or Trouble(Reason.COUNTRY_UNKNOWN, "")


def read_status(cell: Any) -> str | Trouble:
    """A journey's status, "family", or "" for none."""
    text = line(cell)
    key = words.word_key(text)
    if key in words.NOTHING and "?" not in text:
        return ""
    found = words.STATUSES.get(key) or words.STATUSES.get(
        words.word_key(re.sub(r"\([^()]{0,60}\)", "", text))
    )
    return found or Trouble(Reason.STATUS_UNKNOWN, "")


def reader_of(table: dict[str, str], other: str = "") -> Callable[[Any], str]:
    """A reader of words that are kept only when known, else `other`: school, marriage, relation."""

    def read(cell: Any) -> str:
        return table.get(words.word_key(line(cell)), other)

    return read


def read_job(cell: Any) -> tuple[str, str]:
    """Code and words of a job; the code is "" where none fits."""
    text = line(cell)[:LONGEST_NAME]
    return words.jobs().get(words.word_key(text), ""), text


def read_number(cell: Any) -> str:
    """RT or RW as three digits; as written when it is no number."""
    text = line(cell)
    return text.zfill(3)[:9] if text.isdigit() else text[:9]


def read_neighbourhood(cell: Any) -> str:
    """RT/RW from one cell: "02/05", "RT 2 RW 5" become "002/005"."""
    numbers = re.findall(r"[0-9]{1,3}", line(cell)[:LONGEST_CELL])
    return "/".join(number.zfill(3)[-3:] for number in numbers[:2])
