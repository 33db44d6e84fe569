"""Rows of people: registers of villages and districts, monthly reports, arrivals, the national extract.

Cells are read column by column (each spelling once); then each row is judged: what its cells say of each
other, and what earlier rows of the same file said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import repeat
from typing import Any

from migrants.enums import MigrationStatus
from migrants.nik import FEMALE, OLDEST_AGE
from migrants.registers import words
from migrants.registers.cells import Remembered
from migrants.registers.facts import JourneyFacts, PersonFacts
from migrants.registers.kinds import Column, RegisterKind
from migrants.registers.people_cells import PeopleCells, ReadRow
from migrants.registers.places import PlaceLookup, PlaceWords
from migrants.registers.reasons import Finding, Outcome, Reason, outcome_of, worse
from migrants.registers.rows import AssessedRow, CellBlock, Place, Sheet
from periods.dates import age_on

ADULT = 18  # UU 18/2017 art. 5
_JOURNEY = frozenset(
    {
        Column.STATUS,
        Column.COUNTRY,
        Column.JOB,
        Column.AGENCY,
        Column.EMPLOYER,
        Column.DEPARTED_ON,
        Column.CONTRACT_STARTS_ON,
        Column.CONTRACT_ENDS_ON,
        Column.RETURNED_ON,
        Column.RETURN_KIND,
        Column.PLACEMENT_DECREE,
    }
)


# A person seen in an earlier row: where, name, destination, departure. Plain tuples of plain values, because
# the garbage collector need not look into them: there are as many as the file has rows.
_Earlier = tuple[Place, str, str, date | None]


class PeopleReader:
    """Judges the rows of one file; remembers spellings and people across its sheets."""

    def __init__(self, kind: RegisterKind, places: PlaceLookup, today: date) -> None:
        self.kind, self.today = kind, today
        self._cells = PeopleCells(places, today)
        self._stamps = Remembered(_stamps)
        self._by_nik: dict[str, _Earlier] = {}
        self._namesakes: dict[tuple[str, date | None, str], Place] = {}

    def assess(
        self,
        sheet: Sheet,
        numbers: Sequence[int],
        rows: Sequence[Sequence[Any]],
        contexts: Sequence[PlaceWords],
    ) -> list[AssessedRow]:
        """One assessed row for each row given, in order."""
        if not rows:
            return []
        block = CellBlock(sheet, rows)
        # Every field a whole column, until rows are looked at one by one.
        columns: Any = ReadRow._make(map(list, self._cells.read(block, contexts)))
        facts = self._facts(columns, sheet)
        for position in self._to_judge(columns, block):
            read = ReadRow._make([column[position] for column in columns])
            facts[position].birth_date = self._judge(read, block, position)
        self._find_repeated(facts, numbers, block)
        judged = [
            AssessedRow(sheet.index, number, Outcome.IMPORTED, (), fact)
            for number, fact in zip(numbers, facts, strict=True)
        ]
        for position, findings in block.troubles.items():
            self._hold(judged[position], facts[position], findings)
        if self.kind is RegisterKind.EXTRACT and Column.SEX not in sheet.columns:
            for fact in facts:
                fact.sex = _sex_of(fact.nik) if fact.nik else ""
        return judged

    def _hold(self, row: AssessedRow, facts: PersonFacts, findings: list[Finding]) -> None:
        """Give a row what was found in it, and a row for review what its NIK says."""
        row.findings = tuple(findings)
        for each in findings:
            row.outcome = worse(row.outcome, outcome_of(each.reason))
        if row.outcome in (Outcome.SKIPPED, Outcome.REFUSED):
            row.facts = None
        elif facts.nik:
            facts.sex_by_nik, facts.birth_date_by_nik = _sex_of(facts.nik), born_by(facts.nik, self.today)

    def _to_judge(self, columns: Any, block: CellBlock) -> list[int]:
        """The rows in which something does not simply agree: few of them."""
        stamps, today, troubles = self._stamps, self.today, block.troubles
        return [
            position
            for position, (nik, birth, sex, country, left, starts, ends, returned, status) in enumerate(
                zip(
                    columns.nik,
                    columns.birth,
                    columns.sex,
                    columns.country,
                    columns.departed_on,
                    columns.starts_on,
                    columns.ends_on,
                    columns.returned_on,
                    columns.status,
                    strict=True,
                )
            )
            if position in troubles
            or not (nik and birth and sex and country)
            or nik[6:12] != stamps[birth][sex == FEMALE]
            or (ends and starts and ends < starts)
            or (
                left
                and (
                    left.year - birth.year <= ADULT
                    or left > today
                    or status == _PROSPECTIVE
                    or (ends and ends < left)
                    or (returned and returned < left)
                )
            )
        ]

    def _facts(self, columns: Any, sheet: Sheet) -> list[PersonFacts]:
        """What every row says, as far as it could be read."""
        statuses = self._statuses(columns)
        journeys: Iterable[JourneyFacts | None] = repeat(None)
        categories = ["resident"] * len(statuses)
        if _JOURNEY & (sheet.columns.keys() | sheet.defaults.keys()):
            categories = [words.STANDINGS[status] for status in statuses]
            journeys = _journeys(columns, statuses)
        return list(
            map(
                PersonFacts,
                [place.village for place in columns.place],
                columns.name,
                columns.sex,
                columns.birth,
                columns.nik,
                categories,
                journeys,
                columns.card,
                [number for number, _others in columns.phone],
                [others for _number, others in columns.phone],
                columns.passport,
                columns.passport_expires_on,
                columns.education,
                columns.marriage,
                columns.hamlet,
                columns.neighbourhood,
                columns.address,
                columns.birth_place,
                columns.nickname,
                columns.kin_name,
                columns.kin_relation,
                [number for number, _others in columns.kin_phone],
                columns.remark,
            )
        )

    def _statuses(self, columns: Any) -> list[str]:
        """The standing of each row as written; where none is written, what the other cells say of it."""
        if all(columns.status):
            return list(columns.status)
        said = zip(
            columns.status,
            columns.return_kind,
            columns.returned_on,
            columns.departed_on,
            columns.starts_on,
            strict=True,
        )
        return [self._status(*row) for row in said]

    # --- judging by row ------------------------------------------------------------------------------------

    def _judge(self, read: ReadRow, block: CellBlock, position: int) -> date | None:
        """Note what the cells say against each other; the birth date as settled by the NIK."""
        findings = block.troubles.setdefault(position, [])
        birth, nik = read.birth, read.nik

        def find(reason: Reason, column: Column, detail: str = "") -> None:
            findings.append(block.finding(position, reason, column, detail))

        if not read.sex and self.kind is RegisterKind.PERSONS and not _has(findings, *_SEX_REASONS):
            find(Reason.SEX_MISSING, Column.SEX)
        if not nik:
            if not _has(findings, *_NIK_REASONS):
                find(Reason.NIK_MISSING, Column.NIK)
        elif birth is None or findings or nik[6:12] != self._stamps[birth][read.sex == FEMALE]:
            birth = self._settle(read, findings, find)
        if read.departed_on is not None:
            self._judge_departure(read, read.departed_on, birth, find)
        elif read.ends_on and read.starts_on and read.ends_on < read.starts_on:
            find(Reason.CONTRACT_BEFORE_DEPARTURE, Column.CONTRACT_ENDS_ON, _day(read.starts_on))
        asked = Column.COUNTRY in block.sheet.columns and read.status != words.FAMILY
        if asked and not read.country and not _has(findings, *_COUNTRY_REASONS):
            find(Reason.COUNTRY_MISSING, Column.COUNTRY)
        if not findings:
            del block.troubles[position]
        return birth

    def _settle(self, read: ReadRow, findings: list[Finding], find: Any) -> date | None:
        """The birth date, where NIK and cells do not simply agree. The NIK tells day from month; it never
        replaces what the cell says."""
        nik, birth = read.nik, read.birth
        if read.sex and _sex_of(nik) != read.sex:
            find(Reason.SEX_DIFFERS, Column.SEX)
        if birth is None:
            return None
        day, month, year = int(nik[6:8]) % 40, int(nik[8:10]), int(nik[10:12])
        doubted = _has(findings, Reason.DATE_AMBIGUOUS)
        if (birth.day, birth.month, birth.year % 100) == (day, month, year):
            if doubted:
                findings[:] = [each for each in findings if each.reason is not Reason.DATE_AMBIGUOUS]
            return birth
        if (birth.month, birth.day, birth.year % 100) == (day, month, year) and not doubted:
            return birth.replace(day=day, month=month)
        if not doubted:
            find(Reason.BIRTH_DATE_DIFFERS, Column.BIRTH_DATE, f"{day:02d}-{month:02d}-{year:02d}")
        return birth

    def _judge_departure(self, read: ReadRow, left: date, birth: date | None, find: Any) -> None:
        if birth is not None and left.year - birth.year <= ADULT:
            age = age_on(birth, left)
            if age < ADULT:
                find(Reason.UNDER_AGE, Column.DEPARTED_ON, str(max(age, 0)))
        if read.ends_on and read.ends_on < (read.starts_on or left):
            find(Reason.CONTRACT_BEFORE_DEPARTURE, Column.CONTRACT_ENDS_ON, _day(read.starts_on or left))
        if read.returned_on and read.returned_on < left:
            find(Reason.RETURN_BEFORE_DEPARTURE, Column.RETURNED_ON, _day(left))
        if left <= self.today:
            if read.status == MigrationStatus.PROSPECTIVE:
                find(Reason.STATUS_DIFFERS, Column.STATUS, _day(left))
        elif read.status in (MigrationStatus.ABROAD, MigrationStatus.RETURNED):
            find(Reason.STATUS_DIFFERS, Column.STATUS, _day(left))

    def _status(
        self, status: str, return_kind: str, returned: date | None, left: date | None, starts: date | None
    ) -> str:
        """As the register says, else as its dates do."""
        if status or return_kind:
            return status or return_kind
        if returned and returned <= self.today:
            return MigrationStatus.RETURNED.value
        began = left or starts
        return (
            MigrationStatus.ABROAD if began and began <= self.today else MigrationStatus.PROSPECTIVE
        ).value

    # --- comparing with earlier rows -----------------------------------------------------------------------

    def _find_repeated(self, facts: list[PersonFacts], numbers: Sequence[int], block: CellBlock) -> None:
        """The same person a second time is skipped; the same NIK with another name needs a look. A refused
        row is nobody's first."""
        index, name = block.sheet.index, block.sheet.name
        by_nik, namesakes, troubles = self._by_nik, self._namesakes, block.troubles
        for position, (fact, number) in enumerate(zip(facts, numbers, strict=True)):
            if position in troubles and _is_refused(troubles[position]):
                continue
            here = (index, name, number)
            if fact.nik:
                earlier = by_nik.get(fact.nik)
                if earlier is not None:
                    reason = _repetition(fact, earlier)
                    block.trouble(position, reason, Column.NIK, block.where(earlier[0], here))
                    continue
                journey = fact.journey
                by_nik[fact.nik] = (
                    (here, fact.full_name, journey.destination, journey.departed_on)
                    if journey
                    else (here, fact.full_name, "", None)
                )
            if fact.birth_date is not None:
                first = namesakes.setdefault((fact.full_name.upper(), fact.birth_date, fact.village), here)
                if first is not here:
                    block.trouble(position, Reason.NAMESAKE, Column.FULL_NAME, block.where(first, here))


_PROSPECTIVE = MigrationStatus.PROSPECTIVE.value
_NIK_REASONS = frozenset(
    {Reason.NIK_LENGTH, Reason.NIK_LETTERS, Reason.NIK_ROUNDED, Reason.NIK_IMPOSSIBLE, Reason.NIK_AREA}
)


_COUNTRY_REASONS = (Reason.COUNTRY_UNKNOWN, Reason.REGION_FOR_COUNTRY)
_SEX_REASONS = (Reason.SEX_MISSING, Reason.SEX_UNKNOWN)


def _journeys(columns: Any, statuses: list[str]) -> Iterable[JourneyFacts | None]:
    """The journey of each row; None where somebody of the family is meant."""
    journeys = map(
        JourneyFacts,
        statuses,
        columns.country,
        [code for code, _words in columns.job],
        columns.agency,
        columns.employer,
        columns.scheme,
        columns.registered_on,
        columns.departed_on,
        columns.ends_on,
        columns.returned_on,
        [written for _code, written in columns.job],
        columns.decree,
    )
    if words.FAMILY in statuses:
        return [None if each.status == words.FAMILY else each for each in journeys]
    return journeys


def _stamps(day: date) -> tuple[str, str]:
    """What stands in a NIK for a birth date: a man's, a woman's."""
    rest = f"{day.month:02d}{day.year % 100:02d}"
    return f"{day.day:02d}{rest}", f"{day.day + 40}{rest}"


def _repetition(facts: PersonFacts, earlier: _Earlier) -> Reason:
    _where, name, destination, departed_on = earlier
    if not words.is_same_name(facts.full_name, name):
        return Reason.NIK_OTHER_NAME
    journey = facts.journey
    if journey is None:
        return Reason.SAME_ROW
    place, left = journey.destination, journey.departed_on
    other_place = place and destination and place != destination
    other_day = left and departed_on and left != departed_on
    return Reason.SECOND_JOURNEY if other_place or other_day else Reason.SAME_ROW


def _is_refused(findings: list[Finding]) -> bool:
    return any(outcome_of(each.reason) is Outcome.REFUSED for each in findings)


def _sex_of(nik: str) -> str:
    return "female" if nik[6] >= "4" else "male"


def born_by(nik: str, today: date) -> date | None:
    """The birth date a NIK states; the latest century that is not ahead. None when it is in no calendar."""
    day, month, year = int(nik[6:8]) % 40, int(nik[8:10]), int(nik[10:12])
    for century in (2000, 1900):
        try:
            born = date(century + year, month, day)
        except ValueError:
            continue
        if born <= today and today.year - born.year <= OLDEST_AGE:
            return born
    return None


def _has(findings: list[Finding], *reasons: Reason) -> bool:
    return any(each.reason in reasons for each in findings)


def _day(day: date | None) -> str:
    return f"{day:%d-%m-%Y}" if day else ""
