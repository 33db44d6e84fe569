"""Whole rupiah: read what people type, and say an amount in words.

`1.500` is one thousand five hundred. Django's own reader makes one and a half of it (quality.md F7).
"""

import re

from django.utils.translation import gettext as _

from periods.entry import tidy

LONGEST = 40
MOST_DIGITS = 15

_PREFIX = re.compile(r"(?:rp|idr) ?\.? ?", re.ASCII | re.IGNORECASE)
_ENDING = re.compile(r" ?(?:,-{1,2}|\.-|,00)$", re.ASCII)
_PLAIN = re.compile(r"[0-9]+", re.ASCII)
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:(?:\.[0-9]{3})+|(?: [0-9]{3})+)", re.ASCII)
_DIGITS_AND_MARKS = re.compile(r"[0-9., ]+", re.ASCII)


class RupiahRefused(ValueError):
    """The text is no whole amount; the message is the sentence to show beside the field."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def parse_rupiah(text: str) -> int:
    """The amount in whole rupiah, 0 or more. Raises `RupiahRefused` with a sentence for the form.

    Reads 1500000, 1.500.000, 1 500 000, Rp1.500.000, Rp. 1.500.000 and the endings ",-" and ",00". A comma
    between digits and a dot that does not part thousands are refused: they could mean two amounts.
    """
    entry = tidy(text, longest=LONGEST)
    if not entry:
        raise RupiahRefused(_("Enter the amount in digits, for example 1.500.000."))
    if prefix := _PREFIX.match(entry):
        entry = entry[prefix.end() :]
    if entry.startswith("-"):
        raise RupiahRefused(_("Enter an amount of 0 or more, without a minus sign."))
    entry = _ENDING.sub("", entry)
    if _PLAIN.fullmatch(entry) or _GROUPED.fullmatch(entry):
        digits = entry.replace(".", "").replace(" ", "")
        if len(digits) > MOST_DIGITS:
            raise RupiahRefused(_("Enter an amount of at most 15 digits."))
        return int(digits)
    if _DIGITS_AND_MARKS.fullmatch(entry):
        raise RupiahRefused(_("Part thousands with dots, without cents: 1.500 is one thousand five hundred."))
    raise RupiahRefused(_("Enter the amount in digits, for example 1.500.000."))


def rupiah_text(amount: int) -> str:
    """Rp1.500.000, in both languages: a comma would not be understood when typed again."""
    return f"{'-' if amount < 0 else ''}Rp{abs(amount):,}".replace(",", ".")


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_ID_UNITS = _words("nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas")
_ID_SCALES = ("", "ribu", "juta", "miliar", "triliun")
_EN_UNITS = _words(
    "zero one two three four five six seven eight nine ten eleven twelve "
    "thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
_EN_TENS = _words("- ten twenty thirty forty fifty sixty seventy eighty ninety")
_EN_SCALES = ("", "thousand", "million", "billion", "trillion")


def rupiah_words(amount: int, language: str) -> str:
    """The amount in words: "satu juta lima ratus ribu rupiah"; English for any `language` but "id".

    Raises `ValueError` beyond 15 digits. The num2words package agrees in Indonesian but for "satu ribu" where
    "seribu" is said (1.000.000.001.001), so it is not used.
    """
    if abs(amount) >= 10**MOST_DIGITS:
        raise ValueError("An amount in words has at most 15 digits.")
    indonesian = language.startswith("id")
    words = ["minus"] if amount < 0 else []
    if amount == 0:
        words.append(_ID_UNITS[0] if indonesian else _EN_UNITS[0])
    for power in range(4, -1, -1):
        group = abs(amount) // 1000**power % 1000
        if group == 0:
            continue
        if indonesian and group == 1 and power == 1:
            words.append("seribu")
            continue
        words.append(_indonesian_group(group) if indonesian else _english_group(group))
        if power:
            words.append(_ID_SCALES[power] if indonesian else _EN_SCALES[power])
    words.append("rupiah")
    return " ".join(words)


def _indonesian_group(number: int) -> str:
    """1 to 999."""
    hundreds, rest = divmod(number, 100)
    words = []
    if hundreds:
        words.append("seratus" if hundreds == 1 else f"{_ID_UNITS[hundreds]} ratus")
    if 0 < rest < 12:
        words.append(_ID_UNITS[rest])
    elif 12 <= rest < 20:
        words.append(f"{_ID_UNITS[rest - 10]} belas")
    elif rest >= 20:
        words.append(f"{_ID_UNITS[rest // 10]} puluh")
        if rest % 10:
            words.append(_ID_UNITS[rest % 10])
    return " ".join(words)


def _english_group(number: int) -> str:
    """1 to 999."""
    hundreds, rest = divmod(number, 100)
    words = [f"{_EN_UNITS[hundreds]} hundred"] if hundreds else []
    if 0 < rest < 20:
        words.append(_EN_UNITS[rest])
    elif rest >= 20:
        tens = _EN_TENS[rest // 10]
        words.append(f"{tens}-{_EN_UNITS[rest % 10]}" if rest % 10 else tens)
    return " ".join(words)
