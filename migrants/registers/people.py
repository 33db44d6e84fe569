"""Rows of people: registers of villages and districts, monthly reports, arrivals, the national extract.

Cells are read column by column (each spelling once); then each row is judged: what its cells say of each
other, and what earlier rows of the same file said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import repeat
from typing import Any, NamedTuple

from migrants.enums import MigrationStatus
from migrants.nik import OLDEST_AGE
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
from migrants.registers.reasons import Finding, Outcome, Reason, outcome_of
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
    """One row, every cell read. What was in trouble holds what the row goes on with."""

    nik: str
    name: str
    sex: str | None
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
        self._stamps = Remembered(lambda day: (f"{day:%d%m%y}", f"{day.day + 40}{day:%m%y}"))
        self._sexes = Remembered(read_sex)
        self._countries = Remembered(read_country)
        self._statuses = Remembered(read_status)
        self._jobs = Remembered(read_job)
        self._educations = Remembered(reader_of(words.EDUCATIONS))
        self._marriages = Remembered(reader_of(words.MARRIAGES))
        self._relations = Remembered(reader_of(words.RELATIONS))
        self._schemes = Remembered(reader_of(words.SCHEMES))
        self._returns = Remembered(reader_of(words.RETURN_KINDS))
        self._numbers = Remembered(read_number)
        self._neighbourhoods = Remembered(read_neighbourhood)
        self._texts = {column: Remembered(_text_reader(most)) for column, most in LONGEST.items()}
        self._found: dict[Any, PlaceFound] = {}
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
        block = CellBlock(sheet, rows)
        has_journey = bool(_JOURNEY & sheet.columns.keys()) or bool(_JOURNEY & sheet.defaults.keys())
        assessed = []
        for position, read in enumerate(map(_Read._make, zip(*self._columns(block, contexts), strict=True))):
            findings = block.troubles.get(position) or []
            birth = self._judge(read, block, position, findings)
            facts = _person(read, birth, self._journey(read) if has_journey else None)
            if self.kind == RegisterKind.EXTRACT and not facts.sex and read.nik:
                facts.sex = _sex_of(read.nik)
            self._compare(facts, numbers[position], block, position, findings)
            outcome = Outcome.IMPORTED
            if findings:
                outcome = max((outcome_of(each.reason) for each in findings), key=_RANKS.__getitem__)
            kept = facts if outcome in _KEPT else None
            if outcome is Outcome.REVIEW and read.nik:
                facts.sex_by_nik, facts.birth_date_by_nik = _sex_of(read.nik), born_by(read.nik, self.today)
            assessed.append(AssessedRow(sheet.index, numbers[position], outcome, tuple(findings), kept))
        return assessed

    # --- reading by column ---------------------------------------------------------------------------------

    def _columns(self, block: CellBlock, contexts: Sequence[PlaceWords]) -> tuple[Iterable[Any], ...]:
        """The fields of `_Read`, each for all rows."""
        defaults = block.sheet.defaults
        names, births, birth_places, addresses = self._names_and_births(block)
        country = self._countries[defaults.get(Column.COUNTRY, "")]
        return (
            block.read(Column.NIK, read_nik),
            names,
            block.known(Column.SEX, self._sexes, None),
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
            block.known(Column.SCHEME, self._schemes),
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
        columns = [block.cells(column) for column in _PLACES]
        by_address = (
            Column.VILLAGE not in block.sheet.columns and Column.VILLAGE_CODE not in block.sheet.columns
        )
        cells = block.cells(Column.ADDRESS) if by_address else repeat("", len(block.rows))
        found = []
        for position, key in enumerate(zip(*columns, cells, contexts, strict=True)):
            place = self._found.get(key)
            if place is None:
                place = self._found[key] = self._ask(key)
            if place.answer is not PlaceAnswer.FOUND:
                self._doubt(block, position, key, place)
            found.append(place)
        return found

    def _ask(self, key: Sequence[Any]) -> PlaceFound:
        """The place that the cells of a row, else its address, else title and sheet name speak of."""
        said = self._words(key)
        if not any(said):
            return PlaceFound(
                PlaceAnswer.FOUND if self.places.default else PlaceAnswer.NOTHING, self.places.default
            )
        if said not in self._asked:
            self._asked[said] = self.places.find(said)
        return self._asked[said]

    def _words(self, key: Sequence[Any]) -> PlaceWords:
        *cells, address, context = key
        said = PlaceWords(*(line(cell) for cell in cells))
        if address:
            said = merged(said, marked_places(line(address)))
        # A village of the row's own is not to be found in the subdistrict of the title unless none is said.
        return merged(said, context._replace(village="" if said.village or said.code else context.village))

    def _doubt(self, block: CellBlock, position: int, key: Sequence[Any], place: PlaceFound) -> None:
        said = self._words(key)
        reason = _PLACE_REASONS[place.answer]
        if place.answer is PlaceAnswer.NOTHING and not (said.village or said.code):
            reason = Reason.PLACE_MISSING
        column = Column.VILLAGE_CODE if said.code and not said.village else Column.VILLAGE
        detail = "; ".join(label for _code, label in place.choices[:5])
        block.trouble(position, reason, column, detail)

    # --- judging by row ------------------------------------------------------------------------------------

    def _judge(self, read: _Read, block: CellBlock, position: int, findings: list[Finding]) -> date | None:
        """Add what the cells say against each other; the birth date as settled by the NIK."""

        def find(reason: Reason, column: Column, detail: str = "") -> None:
            findings.append(block.finding(position, reason, column, detail))

        birth, nik, sex = read.birth, read.nik, read.sex
        if sex is None and self.kind == RegisterKind.PERSONS and not _has(findings, Reason.SEX_MISSING):
            find(Reason.SEX_MISSING, Column.SEX)
        if not nik:
            if not _has_nik(findings):
                find(Reason.NIK_MISSING, Column.NIK)
        elif birth is None or sex is None or nik[6:12] != self._stamps[birth][sex == "female"]:
            birth = self._settle(read, findings, find)
        if read.departed_on is not None:
            self._judge_departure(read, birth, find)
        elif read.ends_on and read.starts_on and read.ends_on < read.starts_on:
            find(Reason.CONTRACT_BEFORE_DEPARTURE, Column.CONTRACT_ENDS_ON, _day(read.starts_on))
        if not read.country and read.status != words.FAMILY:
            has_column = Column.COUNTRY in block.sheet.columns
            if has_column and not _has(findings, Reason.COUNTRY_UNKNOWN, Reason.REGION_FOR_COUNTRY):
                find(Reason.COUNTRY_MISSING, Column.COUNTRY)
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

    def _judge_departure(self, read: _Read, birth: date | None, find: Any) -> None:
        left = read.departed_on
        assert left is not None
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

    def _journey(self, read: _Read) -> JourneyFacts | None:
        """The journey a row speaks of; None for relatives of workers."""
        if read.status == words.FAMILY:
            return None
        return JourneyFacts(
            self._status(read),
            read.country,
            read.job[0],
            read.agency,
            read.employer,
            read.scheme or "unknown",
            read.registered_on,
            read.departed_on,
            read.ends_on,
            read.returned_on,
            read.job[1],
            read.decree,
        )

    def _status(self, read: _Read) -> str:
        """As the register says, else as its dates do."""
        if read.status:
            return read.status
        if read.return_kind:
            return read.return_kind
        if read.returned_on and read.returned_on <= self.today:
            return MigrationStatus.RETURNED.value
        began = read.departed_on or read.starts_on
        return (
            MigrationStatus.ABROAD if began and began <= self.today else MigrationStatus.PROSPECTIVE
        ).value

    # --- comparing with earlier rows -----------------------------------------------------------------------

    def _compare(
        self, facts: PersonFacts, number: int, block: CellBlock, position: int, findings: list[Finding]
    ) -> None:
        """The same person a second time is skipped; the same NIK with another name needs a look."""
        if findings and any(outcome_of(each.reason) is Outcome.REFUSED for each in findings):
            return
        journey = facts.journey
        destination, left = (journey.destination, journey.departed_on) if journey else ("", None)
        here = (block.sheet.index, block.sheet.name, number)
        if facts.nik:
            earlier = self._by_nik.get(facts.nik)
            if earlier is None:
                self._by_nik[facts.nik] = _Earlier(here, facts.full_name, destination, left)
            else:
                findings.append(
                    block.finding(
                        position,
                        _repeated(facts, earlier, destination, left),
                        Column.NIK,
                        block.where(earlier.where, here),
                    )
                )
                return
        if facts.birth_date is None:
            return
        key = (facts.full_name.upper(), facts.birth_date, facts.village)
        first = self._namesakes.setdefault(key, here)
        if first != here:
            findings.append(
                block.finding(position, Reason.NAMESAKE, Column.FULL_NAME, block.where(first, here))
            )


_RANKS = {outcome: rank for rank, outcome in enumerate(Outcome)}
_KEPT = (Outcome.IMPORTED, Outcome.REVIEW)
_NIK_REASONS = frozenset(
    {Reason.NIK_LENGTH, Reason.NIK_LETTERS, Reason.NIK_ROUNDED, Reason.NIK_IMPOSSIBLE, Reason.NIK_AREA}
)


def _person(read: _Read, birth: date | None, journey: JourneyFacts | None) -> PersonFacts:
    if read.status == words.FAMILY:
        category = words.STANDINGS[words.FAMILY]
    else:
        category = words.STANDINGS[journey.status] if journey else "resident"
    return PersonFacts(
        read.place.village,
        read.name or "",
        read.sex or "",
        birth,
        read.nik or "",
        category,
        journey,
        read.card,
        read.phone[0],
        read.phone[1],
        read.passport,
        read.passport_expires_on,
        read.education,
        read.marriage,
        read.hamlet,
        read.neighbourhood,
        read.address,
        read.birth_place,
        read.nickname,
        read.kin_name,
        read.kin_relation,
        read.kin_phone[0],
        read.remark,
    )


def _repeated(facts: PersonFacts, earlier: _Earlier, destination: str, left: date | None) -> Reason:
    if words.person_key(facts.full_name) != words.person_key(earlier.name):
        return Reason.NIK_OTHER_NAME
    other_place = destination and earlier.destination and destination != earlier.destination
    other_day = left and earlier.departed_on and left != earlier.departed_on
    return Reason.SECOND_JOURNEY if other_place or other_day else Reason.SAME_ROW


def _text_reader(most: int) -> Any:
    def read(cell: Any) -> str | Trouble:
        text = line(cell)
        return text if len(text) <= most else Trouble(Reason.TEXT_TOO_LONG, "")

    return read


def _name_and_more(cell: Any, both: Remembered) -> tuple[Any, Any, str, str]:
    """Name, birth date, birth place and address from the lines of one cell."""
    lines = [text for text in map(line, str(cell).splitlines()) if text]
    if not lines:
        return Trouble(Reason.NAME_MISSING), None, "", ""
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


def _has_nik(findings: list[Finding]) -> bool:
    return any(each.reason in _NIK_REASONS for each in findings)


def _day(day: date | None) -> str:
    return f"{day:%d-%m-%Y}" if day else ""
