"""The cells of people's rows, read column by column, each spelling once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import repeat
from typing import Any, NamedTuple

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
from migrants.registers.kinds import Column
from migrants.registers.places import PlaceAnswer, PlaceFound, PlaceLookup, PlaceWords
from migrants.registers.reasons import Reason
from migrants.registers.rows import CellBlock
from migrants.registers.titles import marked_places, merged

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
NIK_LENGTH = 16
_NIK = re.compile(r"(?:\bNIK\b[ .:]{0,3})?(?<![0-9])[0-9]{16}(?![0-9])", re.IGNORECASE | re.ASCII)
_PLACE_REASONS = {
    PlaceAnswer.SEVERAL: Reason.PLACE_AMBIGUOUS,
    PlaceAnswer.SPELLING: Reason.PLACE_SPELLING,
    PlaceAnswer.ELSEWHERE: Reason.PLACE_ELSEWHERE,
    PlaceAnswer.NOTHING: Reason.PLACE_UNKNOWN,
}
_PLACES = (Column.VILLAGE_CODE, Column.VILLAGE, Column.SUBDISTRICT, Column.DISTRICT, Column.PROVINCE)


class ReadRow(NamedTuple):
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


class PeopleCells:
    """Reads blocks of rows; remembers the spellings of one file."""

    def __init__(self, places: PlaceLookup, today: date) -> None:
        self.places = places
        births = DateReader(today, birth=True)
        self._births = Remembered(births)
        self._days = Remembered(DateReader(today, birth=False))
        self._both = Remembered(lambda cell: read_birth(cell, births))
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

    def read(self, block: CellBlock, contexts: Sequence[PlaceWords]) -> tuple[Iterable[Any], ...]:
        """The fields of `ReadRow`, each for all rows of the block; what is unreadable is noted in it."""
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
            return self._from_one_cell(block)
        names = block.settled(Column.FULL_NAME, [read_name(cell) for cell in block.cells(Column.FULL_NAME)])
        places: Iterable[str] = self._text(block, Column.BIRTH_PLACE)
        births: Iterable[date | None] = block.known(Column.BIRTH_DATE, self._births, None)
        if Column.BIRTH in columns and Column.BIRTH_DATE not in columns:
            both = [self._both[cell] for cell in block.cells(Column.BIRTH)]
            births = block.settled(Column.BIRTH, [day for _place, day in both])
            if Column.BIRTH_PLACE not in columns:
                places = [place for place, _day in both]
        return names, births, places, self._text(block, Column.ADDRESS)

    def _from_one_cell(self, block: CellBlock) -> tuple[Iterable[Any], ...]:
        cells = block.cells(Column.NAME_AND_ADDRESS)
        parts = zip(*(_name_and_more(cell, self._both) for cell in cells), strict=True)
        names, births, places, addresses = (
            block.settled(Column.NAME_AND_ADDRESS, list(values)) for values in parts
        )
        if Column.BIRTH_DATE in block.sheet.columns:
            return names, block.known(Column.BIRTH_DATE, self._births, None), places, addresses
        return names, births, places, addresses

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


def _text_reader(most: int) -> Any:
    def read(cell: Any) -> str | Trouble:
        text = line(cell)
        if len(text) >= NIK_LENGTH and _NIK.search(text):  # identity numbers are kept sealed or not at all
            text = " ".join(_NIK.sub(" ", text).split()).strip(" /-,:;.")
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
