"""Why a row did not simply come in. Codes are stable: reports and saved decisions name them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What becomes of a row, worst last: a row takes the worst of its reasons, `imported` without any."""

    IMPORTED = "imported"
    SKIPPED = "skipped"
    REVIEW = "review"
    REFUSED = "refused"


class Reason(StrEnum):
    # skipped
    REPEATED_HEADING = "repeated_heading"
    NUMBER_LINE = "number_line"
    TOTAL = "total"
    SIGNATURE = "signature"
    NOTE_LINE = "note_line"
    EMPTY_SHEET = "empty_sheet"
    SUMMARY_SHEET = "summary_sheet"
    NO_HEADING = "no_heading"
    SAME_ROW = "same_row"  # the same person a second time in this file
    ALREADY_THERE = "already_there"  # set by the importing side
    # review
    NIK_MISSING = "nik_missing"
    NIK_ENDS_IN_ZERO = "nik_ends_in_zero"
    NIK_OTHER_NAME = "nik_other_name"
    NIK_PROVINCE_UNKNOWN = "nik_province_unknown"
    BIRTH_DATE_DIFFERS = "birth_date_differs"
    BIRTH_DATE_MISSING = "birth_date_missing"
    SEX_DIFFERS = "sex_differs"
    SEX_MISSING = "sex_missing"
    SEX_UNKNOWN = "sex_unknown"
    PLACE_MISSING = "place_missing"
    PLACE_UNKNOWN = "place_unknown"
    PLACE_AMBIGUOUS = "place_ambiguous"
    PLACE_SPELLING = "place_spelling"
    COUNTRY_MISSING = "country_missing"
    COUNTRY_UNKNOWN = "country_unknown"
    STATUS_UNKNOWN = "status_unknown"
    DATE_UNREADABLE = "date_unreadable"
    DATE_AMBIGUOUS = "date_ambiguous"
    UNDER_AGE = "under_age"
    CONTRACT_BEFORE_DEPARTURE = "contract_before_departure"
    RETURN_BEFORE_DEPARTURE = "return_before_departure"
    PHONE_UNREADABLE = "phone_unreadable"
    PASSPORT_UNREADABLE = "passport_unreadable"
    CARD_UNREADABLE = "card_unreadable"
    NAMESAKE = "namesake"  # in this file: same name and birth date, not surely the same person
    # review, set by the importing side
    PERSON_KNOWN = "person_known"
    PERSON_DIFFERS = "person_differs"
    OPEN_JOURNEY = "open_journey"
    # refused
    NAME_MISSING = "name_missing"
    NIK_LENGTH = "nik_length"
    NIK_LETTERS = "nik_letters"
    NIK_ROUNDED = "nik_rounded"  # 3.32514E+15
    NIK_IMPOSSIBLE = "nik_impossible"  # day, month, serial 0000
    NIK_AREA = "nik_area"  # 00 or 99
    DATE_IMPOSSIBLE = "date_impossible"
    BIRTH_IN_FUTURE = "birth_in_future"
    REGION_FOR_COUNTRY = "region_for_country"
    PLACE_ELSEWHERE = "place_elsewhere"
    TEXT_TOO_LONG = "text_too_long"
    CELL_BROKEN = "cell_broken"  # the spreadsheet's own error: #REF!, #N/A
    LICENCE_MISSING = "licence_missing"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in a row: why, in which column (its heading as written) and what stood there."""

    reason: Reason
    column: str = ""
    value: str = ""
    detail: str = ""  # row number of the first, the other date, the places that fit


def outcome_of(reason: Reason) -> Outcome:
    """What one reason makes of a row."""
    raise NotImplementedError


def sentence(finding: Finding, *, sheet: str, row: int) -> str:
    """What the officer reads: sheet, row, column, value and cure, in the language of the page."""
    raise NotImplementedError


def cure(reason: Reason) -> str:
    """What to do about it, without naming a row: for a list grouped by reason."""
    raise NotImplementedError
