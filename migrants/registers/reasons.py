"""Why a row did not simply come in. Codes are stable: reports and saved decisions name them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Outcome(StrEnum):
    """What becomes of a row, worst last: a row takes the worst of its reasons, `imported` without any."""

    IMPORTED = "imported"
    SKIPPED = "skipped"
    REVIEW = "review"
    REFUSED = "refused"


class Reason(StrEnum):
    """Each has one outcome and one sentence in `_MEANINGS`."""

    REPEATED_HEADING = "repeated_heading"
    NUMBER_LINE = "number_line"
    TOTAL = "total"
    SIGNATURE = "signature"
    NOTE_LINE = "note_line"
    EMPTY_SHEET = "empty_sheet"
    SUMMARY_SHEET = "summary_sheet"
    NO_HEADING = "no_heading"
    SHEET_LEFT_OUT = "sheet_left_out"
    SAME_ROW = "same_row"
    ALREADY_THERE = "already_there"  # set by the importing side
    NIK_MISSING = "nik_missing"
    NIK_ENDS_IN_ZERO = "nik_ends_in_zero"
    NIK_OTHER_NAME = "nik_other_name"
    NIK_PROVINCE_UNKNOWN = "nik_province_unknown"
    BIRTH_DATE_DIFFERS = "birth_date_differs"
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
    STATUS_DIFFERS = "status_differs"
    DATE_UNREADABLE = "date_unreadable"
    DATE_AMBIGUOUS = "date_ambiguous"
    UNDER_AGE = "under_age"
    CONTRACT_BEFORE_DEPARTURE = "contract_before_departure"
    RETURN_BEFORE_DEPARTURE = "return_before_departure"
    PHONE_UNREADABLE = "phone_unreadable"
    PASSPORT_UNREADABLE = "passport_unreadable"
    CARD_UNREADABLE = "card_unreadable"
    NAMESAKE = "namesake"
    SECOND_JOURNEY = "second_journey"
    PERSON_KNOWN = "person_known"  # this and the next three: set by the importing side
    PERSON_DIFFERS = "person_differs"
    NIK_TAKEN = "nik_taken"
    OPEN_JOURNEY = "open_journey"
    LICENCE_MISSING = "licence_missing"
    LICENCE_OTHER_NAME = "licence_other_name"
    VALIDITY_MISSING = "validity_missing"
    COMPANY_TWICE = "company_twice"
    NAME_MISSING = "name_missing"
    NIK_LENGTH = "nik_length"
    NIK_LETTERS = "nik_letters"
    NIK_ROUNDED = "nik_rounded"
    NIK_IMPOSSIBLE = "nik_impossible"
    NIK_AREA = "nik_area"
    DATE_IMPOSSIBLE = "date_impossible"
    BIRTH_IN_FUTURE = "birth_in_future"
    REGION_FOR_COUNTRY = "region_for_country"
    PLACE_ELSEWHERE = "place_elsewhere"
    TEXT_TOO_LONG = "text_too_long"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in a row: why, in which column (its heading as written) and what stood there. `detail`:
    the row of the first, the other date, the places that fit; empty for most."""

    reason: Reason
    column: str = ""
    value: str = ""
    detail: str = ""


R = Reason
_SKIPPED, _REVIEW, _REFUSED = Outcome.SKIPPED, Outcome.REVIEW, Outcome.REFUSED

# What each reason makes of a row, and the sentence: what is so, then what to do. `%(detail)s` as in Finding.
_MEANINGS: dict[Reason, tuple[Outcome, str | Promise]] = {
    R.REPEATED_HEADING: (_SKIPPED, _("The heading is repeated here.")),
    R.NUMBER_LINE: (_SKIPPED, _("This row holds only numbers of rows or columns.")),
    R.TOTAL: (_SKIPPED, _("This is a total, not a person.")),
    R.SIGNATURE: (_SKIPPED, _("This belongs to the signatures.")),
    R.NOTE_LINE: (_SKIPPED, _("This is a note or a group title, not a person.")),
    R.EMPTY_SHEET: (_SKIPPED, _("This sheet is empty.")),
    R.SUMMARY_SHEET: (_SKIPPED, _("This sheet is a summary without persons.")),
    R.NO_HEADING: (
        _SKIPPED,
        _("This sheet has no heading. Write headings above the data if it holds persons."),
    ),
    R.SHEET_LEFT_OUT: (_SKIPPED, _("You left this sheet out.")),
    R.SAME_ROW: (_SKIPPED, _("The same as row %(detail)s. Nothing to do.")),
    R.ALREADY_THERE: (_SKIPPED, _("Already in your data, with nothing new. Nothing to do.")),
    R.NIK_MISSING: (_REVIEW, _("There is no NIK. Ask for the card, or confirm that the person has none.")),
    R.NIK_ENDS_IN_ZERO: (
        _REVIEW,
        _("Excel may have replaced the last digit with 0. Compare the NIK with the card."),
    ),
    R.NIK_OTHER_NAME: (
        _REVIEW,
        _("This NIK stands with another name in row %(detail)s. Compare both with the card."),
    ),
    R.NIK_PROVINCE_UNKNOWN: (
        _REVIEW,
        _("The first two digits are no province. Compare the NIK with the card."),
    ),
    R.BIRTH_DATE_DIFFERS: (
        _REVIEW,
        _("The birth date differs from the NIK, which says %(detail)s. Compare both with the card."),
    ),
    R.SEX_DIFFERS: (_REVIEW, _("The sex differs from the NIK. Compare both with the card.")),
    R.SEX_MISSING: (_REVIEW, _("The sex is missing. Fill in L or P.")),
    R.SEX_UNKNOWN: (_REVIEW, _("This says neither L nor P. Fill in L or P.")),
    R.PLACE_MISSING: (_REVIEW, _("No village is named. Choose the village.")),
    R.PLACE_UNKNOWN: (_REVIEW, _("This village was not found. Correct the spelling or choose the village.")),
    R.PLACE_AMBIGUOUS: (
        _REVIEW,
        _("Several villages have this name: %(detail)s. Choose one or add the subdistrict."),
    ),
    R.PLACE_SPELLING: (_REVIEW, _("The spelling differs slightly: %(detail)s. Confirm the village.")),
    R.COUNTRY_MISSING: (_REVIEW, _("The country is missing. Fill it in, or confirm that it is not known.")),
    R.COUNTRY_UNKNOWN: (_REVIEW, _("This country is not in the list. Correct the spelling or choose one.")),
    R.STATUS_UNKNOWN: (_REVIEW, _("This status is not known. Write Calon PMI, PMI or Purna PMI.")),
    R.STATUS_DIFFERS: (
        _REVIEW,
        _("The status does not fit the departure on %(detail)s. Correct one of the two."),
    ),
    R.DATE_UNREADABLE: (_REVIEW, _("This is no date. Write day, month and year, for example 17-08-2026.")),
    R.DATE_AMBIGUOUS: (_REVIEW, _("Month and day seem to be exchanged. Write the day first.")),
    R.UNDER_AGE: (
        _REVIEW,
        _("The person left at the age of %(detail)s. Check the birth date and departure."),
    ),
    R.CONTRACT_BEFORE_DEPARTURE: (
        _REVIEW,
        _("The contract ends before it begins on %(detail)s. Check both dates."),
    ),
    R.RETURN_BEFORE_DEPARTURE: (
        _REVIEW,
        _("The return is before the departure on %(detail)s. Check both dates."),
    ),
    R.PHONE_UNREADABLE: (_REVIEW, _("This is no phone number. Correct it or import the row without it.")),
    R.PASSPORT_UNREADABLE: (
        _REVIEW,
        _("This is no passport number. Correct it or import the row without it."),
    ),
    R.CARD_UNREADABLE: (_REVIEW, _("A family card has 16 digits. Correct it or import the row without it.")),
    R.NAMESAKE: (
        _REVIEW,
        _("Name and birth date are those of row %(detail)s. Check whether it is the same person."),
    ),
    R.SECOND_JOURNEY: (
        _REVIEW,
        _("The same person as in row %(detail)s with another journey. Choose what to import."),
    ),
    R.PERSON_KNOWN: (_REVIEW, _("This person seems to be in your data already. Confirm who it is.")),
    R.PERSON_DIFFERS: (_REVIEW, _("Your data say otherwise: %(detail)s. Choose what is right.")),
    R.NIK_TAKEN: (
        _REVIEW,
        _("In your data this NIK belongs to %(detail)s. Compare both with the card."),
    ),
    R.OPEN_JOURNEY: (_REVIEW, _("Another journey of this person is still open. Choose what to import.")),
    R.LICENCE_MISSING: (
        _REVIEW,
        _("The SIP3MI number is missing. Fill it in, or confirm that it is not known."),
    ),
    R.LICENCE_OTHER_NAME: (
        _REVIEW,
        _("This SIP3MI number stands with another name in row %(detail)s. Check both."),
    ),
    R.VALIDITY_MISSING: (_REVIEW, _("The end of validity is missing. Fill in a date.")),
    R.COMPANY_TWICE: (
        _REVIEW,
        _("This company stands in row %(detail)s with another SIP3MI number. Check both."),
    ),
    R.NAME_MISSING: (_REFUSED, _("The name is missing. Fill it in and import the row again.")),
    R.NIK_LENGTH: (_REFUSED, _("The NIK does not have 16 digits. Correct it and import the row again.")),
    R.NIK_LETTERS: (_REFUSED, _("The NIK holds letters. Correct it and import the row again.")),
    R.NIK_ROUNDED: (
        _REFUSED,
        _("Excel has shortened the NIK. Format the column as text and type the NIK again."),
    ),
    R.NIK_IMPOSSIBLE: (
        _REFUSED,
        _("The date or serial in this NIK does not exist. Correct it and import the row again."),
    ),
    R.NIK_AREA: (_REFUSED, _("The area in this NIK does not exist. Correct it and import the row again.")),
    R.DATE_IMPOSSIBLE: (
        _REFUSED,
        _("This date is not in the calendar. Correct it and import the row again."),
    ),
    R.BIRTH_IN_FUTURE: (_REFUSED, _("The birth date is after today. Correct it and import the row again.")),
    R.REGION_FOR_COUNTRY: (_REFUSED, _("This is a region. Write the country and import the row again.")),
    R.PLACE_ELSEWHERE: (
        _REFUSED,
        _("This row is for another place than yours. The officer of that place can import it."),
    ),
    R.TEXT_TOO_LONG: (_REFUSED, _("This text is too long. Shorten it and import the row again.")),
}

_RANKS = {outcome: rank for rank, outcome in enumerate(Outcome)}
_OUTCOMES = {reason: outcome for reason, (outcome, _text) in _MEANINGS.items()}


def outcome_of(reason: Reason) -> Outcome:
    """What one reason makes of a row."""
    return _OUTCOMES[reason]


def worse(one: Outcome, other: Outcome) -> Outcome:
    """The one that holds a row back more."""
    return one if _RANKS[one] >= _RANKS[other] else other


_LABELS = {
    Outcome.IMPORTED: _("Imported"),
    Outcome.SKIPPED: _("Skipped"),
    Outcome.REVIEW: _("Needs a look"),
    Outcome.REFUSED: _("Refused"),
}


def outcome_label(outcome: Outcome) -> str:
    """The outcome in a word or two, in the language of the page."""
    return str(_LABELS[outcome])


def cure(reason: Reason, detail: str = "") -> str:
    """What is so and what to do about it, in the language of the page. No `detail`: for a list by reason."""
    return str(_MEANINGS[reason][1]) % {"detail": detail or "…"}


def sentence(finding: Finding, *, sheet: str, row: int) -> str:
    """What the officer reads: sheet, row, column, value and cure, in the language of the page."""
    where = []
    if sheet:
        where.append(gettext("sheet %(name)s") % {"name": sheet})
    if row:
        where.append(gettext("row %(number)s") % {"number": row})
    if finding.column:
        where.append(gettext("column %(name)s") % {"name": finding.column})
    if finding.value:
        where.append(f"“{finding.value}”")
    said = ", ".join(where)
    return (
        f"{said[:1].upper()}{said[1:]}: {cure(finding.reason, finding.detail)}"
        if said
        else cure(finding.reason)
    )
