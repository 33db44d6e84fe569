"""What the pages call columns, reasons and differences."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from migrants.enums import (
    CompanyStatus,
    Education,
    ImportKind,
    MaritalStatus,
    MigrationStatus,
    Relation,
    RowDecision,
    Sex,
)
from migrants.intake.comparing import field_words
from migrants.intake.contents import JOURNEY_BEGINS, JOURNEY_MOVES, Difference
from migrants.intake.deciding import Doubt
from migrants.intake.places import Scope
from migrants.registers.kinds import Column
from migrants.registers.reasons import Reason

C = Column
Words = str | Promise

COLUMNS: dict[Column, Words] = {
    C.NUMBER: _("Running number"),
    C.NIK: _("NIK"),
    C.CARD: _("Family card (KK)"),
    C.FULL_NAME: _("Full name"),
    C.NICKNAME: _("Nickname"),
    C.NAME_AND_ADDRESS: _("Name and address in one cell"),
    C.SEX: _("Sex"),
    C.BIRTH_PLACE: _("Birth place"),
    C.BIRTH_DATE: _("Birth date"),
    C.BIRTH: _("Place and date of birth in one cell"),
    C.MARITAL_STATUS: _("Marital status"),
    C.EDUCATION: _("Education"),
    C.ADDRESS: _("Address"),
    C.HAMLET: _("Hamlet"),
    C.RT: _("RT"),
    C.RW: _("RW"),
    C.NEIGHBOURHOOD: _("RT/RW"),
    C.VILLAGE_CODE: _("Code of the village"),
    C.VILLAGE: _("Village"),
    C.SUBDISTRICT: _("Subdistrict"),
    C.DISTRICT: _("District"),
    C.PROVINCE: _("Province"),
    C.PHONE: _("Phone"),
    C.PASSPORT: _("Passport number"),
    C.PASSPORT_EXPIRES_ON: _("Passport expires on"),
    C.STATUS: _("Standing (CPMI, PMI, Purna)"),
    C.SCHEME: _("Scheme"),
    C.COUNTRY: _("Country of destination"),
    C.JOB: _("Job"),
    C.AGENCY: _("Placement company (P3MI)"),
    C.EMPLOYER: _("Employer"),
    C.REGISTERED_ON: _("Registered on"),
    C.DEPARTED_ON: _("Departed on"),
    C.CONTRACT_STARTS_ON: _("Contract starts on"),
    C.CONTRACT_ENDS_ON: _("Contract ends on"),
    C.RETURNED_ON: _("Returned on"),
    C.RETURN_KIND: _("Kind of return"),
    C.KIN_NAME: _("Next of kin"),
    C.KIN_RELATION: _("Relation"),
    C.KIN_PHONE: _("Phone of the next of kin"),
    C.REMARK: _("Remark"),
    C.PLACEMENT_DECREE: _("Placement decree"),
    C.LICENCE: _("SIP3MI number"),
    C.VALID_UNTIL: _("Valid until"),
    C.LICENCE_STATUS: _("Status of the licence"),
    C.COMPANY: _("Name of the company"),
    C.MEMBER_NUMBER: _("Member number"),
    C.JOINED_ON: _("Joined on"),
    C.PRINCIPAL_SAVINGS: _("Principal savings"),
    C.MANDATORY_SAVINGS: _("Mandatory savings"),
    C.VOLUNTARY_SAVINGS: _("Voluntary savings"),
    C.SURPLUS_SHARE: _("Surplus not yet paid out"),
    C.IGNORED: _("Do not read this column"),
}

_COMPANY_COLUMNS = (C.COMPANY, C.LICENCE, C.VALID_UNTIL, C.LICENCE_STATUS, C.ADDRESS, C.PHONE, C.NUMBER)
_GROUPS: tuple[tuple[Words, tuple[Column, ...]], ...] = (
    (
        _("Person"),
        (
            C.FULL_NAME,
            C.NIK,
            C.SEX,
            C.BIRTH_DATE,
            C.BIRTH_PLACE,
            C.BIRTH,
            C.PHONE,
            C.CARD,
            C.NICKNAME,
            C.NAME_AND_ADDRESS,
            C.MARITAL_STATUS,
            C.EDUCATION,
            C.PASSPORT,
            C.PASSPORT_EXPIRES_ON,
        ),
    ),
    (
        _("Home"),
        (
            C.ADDRESS,
            C.HAMLET,
            C.RT,
            C.RW,
            C.NEIGHBOURHOOD,
            C.VILLAGE,
            C.VILLAGE_CODE,
            C.SUBDISTRICT,
            C.DISTRICT,
            C.PROVINCE,
        ),
    ),
    (
        _("Journey"),
        (
            C.STATUS,
            C.COUNTRY,
            C.JOB,
            C.AGENCY,
            C.EMPLOYER,
            C.SCHEME,
            C.REGISTERED_ON,
            C.DEPARTED_ON,
            C.CONTRACT_STARTS_ON,
            C.CONTRACT_ENDS_ON,
            C.RETURNED_ON,
            C.RETURN_KIND,
            C.PLACEMENT_DECREE,
        ),
    ),
    (_("Next of kin"), (C.KIN_NAME, C.KIN_RELATION, C.KIN_PHONE)),
    (pgettext_lazy("columns", "Other"), (C.REMARK, C.NUMBER)),
)

REASONS: dict[Reason, Words] = {
    Reason.REPEATED_HEADING: _("The heading once more"),
    Reason.NUMBER_LINE: _("A line of column numbers"),
    Reason.TOTAL: _("A line of totals"),
    Reason.SIGNATURE: _("Signatures"),
    Reason.NOTE_LINE: _("A note, no person"),
    Reason.EMPTY_SHEET: _("An empty sheet"),
    Reason.SUMMARY_SHEET: _("A summary sheet"),
    Reason.NO_HEADING: _("A sheet without a heading"),
    Reason.SHEET_LEFT_OUT: _("A sheet you left out"),
    Reason.SAME_ROW: _("The same row again in this file"),
    Reason.ALREADY_THERE: _("Already in your records, nothing new"),
    Reason.NIK_MISSING: _("No NIK"),
    Reason.NIK_ENDS_IN_ZERO: _("The last digit of the NIK may be lost"),
    Reason.NIK_OTHER_NAME: _("The same NIK with another name"),
    Reason.NIK_PROVINCE_UNKNOWN: _("The NIK begins with an unknown province"),
    Reason.BIRTH_DATE_DIFFERS: _("The birth date differs from the NIK"),
    Reason.SEX_DIFFERS: _("The sex differs from the NIK"),
    Reason.SEX_MISSING: _("No sex"),
    Reason.SEX_UNKNOWN: _("The sex cannot be read"),
    Reason.PLACE_MISSING: _("No village"),
    Reason.PLACE_UNKNOWN: _("The village was not found"),
    Reason.PLACE_AMBIGUOUS: _("Several villages have this name"),
    Reason.PLACE_SPELLING: _("The village may be misspelt"),
    Reason.COUNTRY_MISSING: _("No country"),
    Reason.COUNTRY_UNKNOWN: _("The country is not known"),
    Reason.STATUS_UNKNOWN: _("The standing cannot be read"),
    Reason.DATE_UNREADABLE: _("A date cannot be read"),
    Reason.DATE_AMBIGUOUS: _("A date can be read in two ways"),
    Reason.UNDER_AGE: _("Under 18 at departure"),
    Reason.CONTRACT_BEFORE_DEPARTURE: _("The contract ends before the departure"),
    Reason.RETURN_BEFORE_DEPARTURE: _("The return is before the departure"),
    Reason.PHONE_UNREADABLE: _("The phone number cannot be read"),
    Reason.PASSPORT_UNREADABLE: _("The passport number cannot be read"),
    Reason.CARD_UNREADABLE: _("The family card number cannot be read"),
    Reason.NAMESAKE: _("Same name and birth date as another row"),
    Reason.PERSON_KNOWN: _("May be somebody you have already"),
    Reason.PERSON_DIFFERS: _("Already there, but something differs"),
    Reason.NIK_TAKEN: _("The NIK belongs to somebody else in your records"),
    Reason.SECOND_JOURNEY: _("The same person with another journey"),
    Reason.STATUS_DIFFERS: _("The standing does not fit the dates"),
    Reason.LICENCE_OTHER_NAME: _("The same SIP3MI number with another name"),
    Reason.VALIDITY_MISSING: _("No end of validity"),
    Reason.COMPANY_TWICE: _("The same company with another SIP3MI number"),
    Reason.OPEN_JOURNEY: _("Has another open journey"),
    Reason.NAME_MISSING: _("No name"),
    Reason.NIK_LENGTH: _("The NIK does not have 16 digits"),
    Reason.NIK_LETTERS: _("The NIK holds letters"),
    Reason.NIK_ROUNDED: _("The NIK was rounded by the spreadsheet"),
    Reason.NIK_IMPOSSIBLE: _("The NIK cannot exist"),
    Reason.NIK_AREA: _("The NIK names no area"),
    Reason.DATE_IMPOSSIBLE: _("A date is not in the calendar"),
    Reason.BIRTH_IN_FUTURE: _("The birth date is in the future"),
    Reason.REGION_FOR_COUNTRY: _("A region instead of a country"),
    Reason.PLACE_ELSEWHERE: _("Belongs to another place"),
    Reason.TEXT_TOO_LONG: _("A text is too long"),
    Reason.LICENCE_MISSING: _("No SIP3MI number"),
}

_LABELS: dict[str, dict[str, Words]] = {
    "sex": dict(Sex.choices),
    "education": dict(Education.choices),
    "marital_status": dict(MaritalStatus.choices),
    "next_of_kin_relation": dict(Relation.choices),
    JOURNEY_BEGINS: dict(MigrationStatus.choices),
    JOURNEY_MOVES: dict(MigrationStatus.choices),
    "status": dict(CompanyStatus.choices),
}


def column_choices(kind: str) -> list[tuple[Words, Words | list[tuple[str, Words]]]]:
    """For a select: what a column of such a file can hold, in groups; not reading it comes first."""
    ignored: list[tuple[Words, Words | list[tuple[str, Words]]]] = [(C.IGNORED.value, COLUMNS[C.IGNORED])]
    if kind == ImportKind.COMPANIES:
        return ignored + [(column.value, COLUMNS[column]) for column in _COMPANY_COLUMNS]
    return ignored + [
        (heading, [(column.value, COLUMNS[column]) for column in columns]) for heading, columns in _GROUPS
    ]


def reasons_title(reasons: Iterable[str]) -> str:
    """Several reasons as one line."""
    return "; ".join(str(REASONS[Reason(code)]) for code in reasons)


def difference_words(difference: Difference) -> tuple[Words, Words, Words]:
    """What differs, what stands in our record ("" nothing), what the file says."""
    labels = _LABELS.get(difference.name, {})
    return (
        field_words(difference),
        labels.get(difference.here, _day(difference.here)),
        labels.get(difference.there, _day(difference.there)),
    )


def _day(text: str) -> str:
    """17-08-1990 for 1990-08-17; anything else as it is."""
    parts = text.split("-")
    return (
        "-".join(reversed(parts)) if len(text) == 10 and [len(part) for part in parts] == [4, 2, 2] else text
    )


def decision_label(decision: RowDecision, doubt: Doubt, scope: Scope) -> Words:
    """The words on the answer; importing somebody who matches a record means that it is somebody else."""
    if decision == RowDecision.IMPORT and doubt.asks_village and not doubt.is_matched:
        if scope.village:
            return gettext("Import: they belong to %(village)s") % {"village": scope.village}
        return _("Import for the village chosen below")
    if decision == RowDecision.IMPORT and doubt.asks_sex and not doubt.is_matched:
        return _("Import with the sex chosen below")
    if decision == RowDecision.IMPORT and doubt.is_matched:
        return _("Somebody else: register as a new person")
    if decision == RowDecision.UPDATE and not doubt.is_matched:
        return _("Add the journey to the same person")
    if decision == RowDecision.UPDATE:
        return _("The same: update the record as listed")
    if decision == RowDecision.SKIP and doubt.is_matched:
        return _("Leave out: the record stays as it is")
    return decision.label
