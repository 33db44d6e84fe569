"""Rows of people: registers of villages and districts, monthly reports, arrivals, the national extract.

Cells are read column by column (each spelling once); then each row is judged: what its cells say of each
other, and what earlier rows of the same file said.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import repeat
from typing import Any, NamedTuple

from migrants.enums import MigrationStatus
from migrants.nik import FEMALE, OLDEST_AGE
from migrants.registers import words
from migrants.registers.cells import (
    DateReader,
    Remembered,
    Trouble,
    line,
    read_birth,
    read_card,
    read_country,
    read_job,
    read_name,
    read_neighbourhood,
    read_nik,
    read_number,
    read_passport_cell,
    read_phone_cell,
    read_sex,
    read_status,
    reader_of,
)
from migrants.registers.facts import JourneyFacts, PersonFacts
from migrants.registers.kinds import Column, RegisterKind
from migrants.registers.places import PlaceAnswer, PlaceFound, PlaceLookup, PlaceWords
from migrants.registers.reasons import Finding, Outcome, Reason, outcome_of, worse
from migrants.registers.rows import AssessedRow, CellBlock, Place, Sheet
from migrants.registers.titles import marked_places, merged

ADULT = 18  # UU 18/2017 art. 5
LONGEST = {
    Column.AGENCY: 120,
    Column.EMPLOYER: 120,
    Column.HAMLET: 80,
    Column.NICKNAME: 60,
    Column.KIN_NAME: 120,
    Column.ADDRESS: 200,
    Column.BIRTH_PLACE: 120,
    Column.REMARK: 1000,
    Column.PLACEMENT_DECREE: 120,
}
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
_PLACE_REASONS = {
    PlaceAnswer.SEVERAL: Reason.PLACE_AMBIGUOUS,
    PlaceAnswer.SPELLING: Reason.PLACE_SPELLING,
    PlaceAnswer.ELSEWHERE: Reason.PLACE_ELSEWHERE,
    PlaceAnswer.NOTHING: Reason.PLACE_UNKNOWN,
}
_PLACES = (Column.VILLAGE_CODE, Column.VILLAGE, Column.SUBDISTRICT, Column.DISTRICT, Column.PROVINCE)


class _Read(NamedTuple):
    """One row, every cell read; what was in trouble holds what the row goes on with. Also used for a block of
    rows, every field then being the whole column."""

    nik: str
    name: str
    sex: str
    birth: date | None
    birth_place: str
    address: str
    place: PlaceFound
    phone: tuple[str, tuple[str, ...]]
    passport: str
    passport_expires_on: date | None
    card: str
    status: str
    country: str
    job: tuple[str, str]
    agency: str
    employer: str
    scheme: str
    registered_on: date | None
    departed_on: date | None
    starts_on: date | None
    ends_on: date | None
    returned_on: date | None
    return_kind: str
    education: str
    marriage: str
    hamlet: str
    neighbourhood: str
    nickname: str
    kin_name: str
    kin_relation: str
    kin_phone: tuple[str, tuple[str, ...]]
    remark: str
    decree: str


class _Earlier(NamedTuple):
    """A person seen in an earlier row."""

    where: Place
    name: str
    destination: str
    departed_on: date | None


class PeopleReader:
    """Judges the rows of one file; remembers spellings and people across its sheets."""

    def __init__(self, kind: RegisterKind, places: PlaceLookup, today: date) -> None:
        self.kind, self.places, self.today = kind, places, today
        births = DateReader(today, birth=True)
        self._births = Remembered(births)
        self._days = Remembered(DateReader(today, birth=False))
        self._both = Remembered(lambda cell: read_birth(cell, births))
        self._stamps = Remembered(_stamps)
        self._sexes = Remembered(read_sex)
        self._countries = Remembered(read_country)
        self._statuses = Remembered(read_status)
        self._jobs = Remembered(read_job)
        self._educations = Remembered(reader_of(words.EDUCATIONS))
        self._marriages = Remembered(reader_of(words.MARRIAGES))
        self._relations = Remembered(reader_of(words.RELATIONS))
        self._schemes = Remembered(reader_of(words.SCHEMES, "unknown"))
        self._returns = Remembered(reader_of(words.RETURN_KINDS))
        self._numbers = Remembered(read_number)
        self._neighbourhoods = Remembered(read_neighbourhood)
        self._texts = {column: Remembered(_text_reader(most)) for column, most in LONGEST.items()}
        # By context, then by the cells that name a place; the answers of the last context at hand.
        self._found: dict[PlaceWords, dict[Any, tuple[PlaceFound, PlaceWords]]] = {}
        self._context: PlaceWords | None = None
        self._answers: dict[Any, tuple[PlaceFound, PlaceWords]] = {}
        self._asked: dict[PlaceWords, PlaceFound] = {}
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
        # What a block holds lives until it is handed on: looking through it for garbage would be in vain.
        gc.disable()
        try:
            block = CellBlock(sheet, rows)
            columns = _Read._make(map(list, self._columns(block, contexts)))
            facts = self._facts(columns, sheet)
            for position in self._to_judge(columns, block):
                read = _Read._make([column[position] for column in columns])
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
        finally:
            gc.enable()
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

    def _to_judge(self, columns: _Read, block: CellBlock) -> list[int]:
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

    def _facts(self, columns: _Read, sheet: Sheet) -> list[PersonFacts]:
        """What every row says, as far as it could be read."""
        statuses = columns.status
        if not all(statuses):
            said = zip(
                statuses,
                columns.return_kind,
                columns.returned_on,
                columns.departed_on,
                columns.starts_on,
                strict=True,
            )
            statuses = [self._status(*row) for row in said]
        journeys: Iterable[JourneyFacts | None] = repeat(None)
        categories = ["resident"] * len(statuses)
        if _JOURNEY & (sheet.columns.keys() | sheet.defaults.keys()):
            categories = [words.STANDINGS[status] for status in statuses]
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
                journeys = [None if each.status == words.FAMILY else each for each in journeys if each]
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

    # --- reading by column ---------------------------------------------------------------------------------

    def _columns(self, block: CellBlock, contexts: Sequence[PlaceWords]) -> tuple[Iterable[Any], ...]:
        """The fields of `_Read`, each for all rows."""
        defaults = block.sheet.defaults
        names, births, birth_places, addresses = self._names_and_births(block)
        country = self._countries[defaults.get(Column.COUNTRY, "")]
        return (
            block.read(Column.NIK, read_nik),
            names,
            block.known(Column.SEX, self._sexes),
            births,
            birth_places,
            addresses,
            self._places_of(block, contexts),
            block.read(Column.PHONE, read_phone_cell, ("", ())),
            block.read(Column.PASSPORT, read_passport_cell),
            block.known(Column.PASSPORT_EXPIRES_ON, self._days, None),
            block.read(Column.CARD, read_card),
            block.known(Column.STATUS, self._statuses),
            block.known(Column.COUNTRY, self._countries, country if isinstance(country, str) else ""),
            block.known(Column.JOB, self._jobs, ("", "")),
            self._text(block, Column.AGENCY, defaults.get(Column.AGENCY, "")),
            self._text(block, Column.EMPLOYER),
            block.known(Column.SCHEME, self._schemes, "unknown"),
            block.known(Column.REGISTERED_ON, self._days, None),
            block.known(Column.DEPARTED_ON, self._days, None),
            block.known(Column.CONTRACT_STARTS_ON, self._days, None),
            block.known(Column.CONTRACT_ENDS_ON, self._days, None),
            block.known(Column.RETURNED_ON, self._days, None),
            block.known(Column.RETURN_KIND, self._returns),
            block.known(Column.EDUCATION, self._educations),
            block.known(Column.MARITAL_STATUS, self._marriages),
            self._text(block, Column.HAMLET),
            self._neighbourhoods_of(block),
            self._text(block, Column.NICKNAME),
            self._text(block, Column.KIN_NAME),
            block.known(Column.KIN_RELATION, self._relations),
            block.read(Column.KIN_PHONE, read_phone_cell, ("", ())),
            self._text(block, Column.REMARK),
            self._text(block, Column.PLACEMENT_DECREE),
        )

    def _text(self, block: CellBlock, column: Column, missing: str = "") -> Iterable[str]:
        return block.known(column, self._texts[column], missing)

    def _names_and_births(self, block: CellBlock) -> tuple[Iterable[Any], ...]:
        """Names, birth dates, birth places, addresses: in columns of their own, or several in one cell."""
        columns = block.sheet.columns
        if Column.NAME_AND_ADDRESS in columns and Column.FULL_NAME not in columns:
            parts = [_name_and_more(cell, self._both) for cell in block.cells(Column.NAME_AND_ADDRESS)]
            settled = [
                block.settled(Column.NAME_AND_ADDRESS, list(values)) for values in zip(*parts, strict=True)
            ]
            names, births, places, addresses = settled if parts else ([], [], [], [])
            if Column.BIRTH_DATE in columns:
                births = block.known(Column.BIRTH_DATE, self._births, None)
            return names, births, places, addresses
        names = block.settled(Column.FULL_NAME, [read_name(cell) for cell in block.cells(Column.FULL_NAME)])
        places: Iterable[str] = self._text(block, Column.BIRTH_PLACE)
        births: Iterable[date | None] = block.known(Column.BIRTH_DATE, self._births, None)
        if Column.BIRTH in columns and Column.BIRTH_DATE not in columns:
            both = [self._both[cell] for cell in block.cells(Column.BIRTH)]
            births = block.settled(Column.BIRTH, [day for _place, day in both])
            if Column.BIRTH_PLACE not in columns:
                places = [place for place, _day in both]
        return names, births, places, self._text(block, Column.ADDRESS)

    def _neighbourhoods_of(self, block: CellBlock) -> Iterable[str]:
        if Column.NEIGHBOURHOOD in block.sheet.columns:
            return block.known(Column.NEIGHBOURHOOD, self._neighbourhoods)
        rts = block.known(Column.RT, self._numbers)
        rws = block.known(Column.RW, self._numbers)
        return [f"{rt}/{rw}".strip("/")[:9] for rt, rw in zip(rts, rws, strict=True)]

    def _places_of(self, block: CellBlock, contexts: Sequence[PlaceWords]) -> list[PlaceFound]:
        columns = [column for column in _PLACES if column in block.sheet.columns]
        if Column.VILLAGE not in columns and Column.VILLAGE_CODE not in columns:
            columns += [column for column in (Column.ADDRESS,) if column in block.sheet.columns]
        cells = zip(*(block.cells(column) for column in columns), strict=True) if columns else repeat(())
        found = []
        for position, (said, context) in enumerate(zip(cells, contexts, strict=False)):
            answers = self._found.setdefault(context, {}) if context is not self._context else self._answers
            self._context, self._answers = context, answers
            place = answers.get((said, len(columns)))
            if place is None:
                given = dict(zip(columns, said, strict=True))
                place = answers[said, len(columns)] = (*self._ask(given, context),)
            if place[0].answer is not PlaceAnswer.FOUND:
                self._doubt(block, position, *place)
            found.append(place[0])
        return found

    def _ask(self, given: Mapping[Column, Any], context: PlaceWords) -> tuple[PlaceFound, PlaceWords]:
        """The place that the cells of a row, else its address, else title and sheet name speak of."""
        said = PlaceWords(*(line(given.get(column, "")) for column in _PLACES))
        if address := line(given.get(Column.ADDRESS, "")):
            said = merged(said, marked_places(address))
        # The village of a title is not that of a row which names its own.
        said = merged(said, context._replace(village="") if said.village or said.code else context)
        if not any(said):
            answer = PlaceAnswer.FOUND if self.places.default else PlaceAnswer.NOTHING
            return PlaceFound(answer, self.places.default), said
        if said not in self._asked:
            self._asked[said] = self.places.find(said)
        return self._asked[said], said

    def _doubt(self, block: CellBlock, position: int, place: PlaceFound, said: PlaceWords) -> None:
        reason = _PLACE_REASONS[place.answer]
        if place.answer is PlaceAnswer.NOTHING and not (said.village or said.code):
            reason = Reason.PLACE_MISSING
        column = Column.VILLAGE_CODE if said.code and not said.village else Column.VILLAGE
        detail = "; ".join(label for _code, label in place.choices[:5])
        block.trouble(position, reason, column, detail)

    # --- judging by row ------------------------------------------------------------------------------------

    def _judge(self, read: _Read, block: CellBlock, position: int) -> date | None:
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
        elif birth is None or nik[6:12] != self._stamps[birth][read.sex == FEMALE]:
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

    def _settle(self, read: _Read, findings: list[Finding], find: Any) -> date | None:
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

    def _judge_departure(self, read: _Read, left: date, birth: date | None, find: Any) -> None:
        if birth is not None and left.year - birth.year <= ADULT:
            age = left.year - birth.year - ((left.month, left.day) < (birth.month, birth.day))
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
                    block.trouble(position, reason, Column.NIK, block.where(earlier.where, here))
                    continue
                journey = fact.journey
                by_nik[fact.nik] = (
                    _Earlier(here, fact.full_name, journey.destination, journey.departed_on)
                    if journey
                    else _Earlier(here, fact.full_name, "", None)
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


def _stamps(day: date) -> tuple[str, str]:
    """What stands in a NIK for a birth date: a man's, a woman's."""
    rest = f"{day.month:02d}{day.year % 100:02d}"
    return f"{day.day:02d}{rest}", f"{day.day + 40}{rest}"


def _repetition(facts: PersonFacts, earlier: _Earlier) -> Reason:
    if not words.is_same_name(facts.full_name, earlier.name):
        return Reason.NIK_OTHER_NAME
    journey = facts.journey
    if journey is None:
        return Reason.SAME_ROW
    place, left = journey.destination, journey.departed_on
    other_place = place and earlier.destination and place != earlier.destination
    other_day = left and earlier.departed_on and left != earlier.departed_on
    return Reason.SECOND_JOURNEY if other_place or other_day else Reason.SAME_ROW


def _is_refused(findings: list[Finding]) -> bool:
    return any(outcome_of(each.reason) is Outcome.REFUSED for each in findings)


def _text_reader(most: int) -> Any:
    def read(cell: Any) -> str | Trouble:
        text = line(cell)
        return text if len(text) <= most else Trouble(Reason.TEXT_TOO_LONG, "")

    return read


def _name_and_more(cell: Any, both: Remembered) -> tuple[Any, Any, str, str]:
    """Name, birth date, birth place and address from the lines of one cell."""
    lines = [text for text in map(line, str(cell).splitlines()) if text]
    if not lines:
        return Trouble(Reason.NAME_MISSING, ""), None, "", ""
    if len(lines) == 1:
        lines = [part.strip() for part in lines[0].split("/", 2)]
    place, birth, rest = "", None, lines[1:]
    if rest and any(map(str.isdigit, rest[-1])):
        place, birth = both[rest[-1]]
        if birth is None or (isinstance(birth, Trouble) and birth.reason is Reason.DATE_UNREADABLE):
            place, birth = "", None
        else:
            rest = rest[:-1]
    return read_name(lines[0]), birth, place, ", ".join(rest)[:200]


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
