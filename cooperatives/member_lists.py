"""A list of members as bodies keep it on paper or in a workbook: read by the engine of the registers, judged
row by row, without the database."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cooperatives.chart import MANDATORY, MEMBERS_SHARE, PRINCIPAL, VOLUNTARY
from cooperatives.enums import MemberKind
from cooperatives.transaction_rules import MOST_RUPIAH
from migrants.enums import MigrationStatus
from migrants.intake.storing import lying_open
from migrants.registers.cells import DateReader, Trouble, line, read_name, read_sex, read_status
from migrants.registers.headings import Heading
from migrants.registers.kinds import Column, RegisterKind
from migrants.registers.lines import LineSorter
from migrants.registers.places import PlaceWords
from migrants.registers.reasons import cure
from migrants.registers.shapes import SheetShape, SheetUse, shape_of, shown
from migrants.registers.words import FAMILY
from periods.rupiah import RupiahRefused, parse_rupiah, rupiah_text
from villages.tables import VILLAGE, Table, TableRefused, open_table

LIMITS = replace(VILLAGE, rows=2_000)
MOST_TEXT = 600_000  # characters that a page carries from the check to the import
MOST_NUMBER = 99_999
ACCOUNTS = {
    Column.PRINCIPAL_SAVINGS: PRINCIPAL,
    Column.MANDATORY_SAVINGS: MANDATORY,
    Column.VOLUNTARY_SAVINGS: VOLUNTARY,
    Column.SURPLUS_SHARE: MEMBERS_SHARE,
}
READ = (
    Column.MEMBER_NUMBER,
    Column.FULL_NAME,
    Column.SEX,
    Column.JOINED_ON,
    Column.STATUS,
    *ACCOUNTS,
)
_KINDS = {MigrationStatus.RETURNED.value: MemberKind.RETURNED, FAMILY: MemberKind.FAMILY}


@dataclass(frozen=True, slots=True)
class ListSheet:
    """The sheet as text. `labels`: the lines of each column's heading; `rows`: number of the row as the
    spreadsheet shows it, and its cells; `proposed`: what each column seems to hold, by its index."""

    labels: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    proposed: Mapping[int, Column]

    def to_text(self) -> str:
        """For the page between the check and the import."""
        proposed = {at: column.value for at, column in self.proposed.items()}
        return json.dumps([self.labels, self.rows, proposed], ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> ListSheet:
        """What `to_text` wrote. Raises ValueError for anything else."""
        try:
            labels, rows, proposed = json.loads(text)
            return cls(
                tuple(tuple(map(str, parts)) for parts in labels),
                tuple((int(number), tuple(map(str, cells))) for number, cells in rows),
                {int(at): Column(column) for at, column in proposed.items()},
            )
        except (TypeError, ValueError, AttributeError, RecursionError) as error:
            raise ValueError("No sheet of a member list.") from error

    @property
    def heading(self) -> Heading:
        return Heading(0, 1, self.labels, ())

    def samples(self, at: int) -> list[str]:
        """The first values of a column."""
        return [cells[at] for _number, cells in self.rows[:20] if at < len(cells) and cells[at]][:3]


@dataclass(frozen=True, slots=True)
class ListRow:
    """One member of the list. `kind` None: the list has no word for it. `amounts`: whole rupiah above zero by
    the code of the account."""

    row: int
    number: int
    name: str
    sex: str
    joined_on: date
    kind: MemberKind | None
    amounts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Fault:
    """What keeps a row out: which cell, what stands there, and what to do, in a sentence."""

    row: int
    column: str
    value: str
    cure: str

    @property
    def sentence(self) -> str:
        where = _("Row %(row)s, column %(column)s") % {"row": self.row, "column": self.column}
        return f"{where}, “{self.value}”: {self.cure}" if self.value else f"{where}: {self.cure}"


def read_list(content: bytes, file_name: str) -> ListSheet:
    """The one sheet of the file that holds a list of members. Raises `TableRefused` with the sentence."""
    with lying_open(content, file_name) as path, open_table(path, limits=LIMITS) as table:
        shapes = [shape_of(table, info, RegisterKind.MEMBERS) for info in table.sheets]
        found = [shape for shape in shapes if shape.use is SheetUse.DATA]
        if not found:
            raise TableRefused(
                "no_heading",
                _("No heading was found. Write No Anggota, Nama and Simpanan Pokok above the list."),
            )
        if len(found) > 1:
            raise TableRefused(
                "sheets", _("Several sheets hold a list. Save the sheet of the members alone and send that.")
            )
        sheet = _sheet(table, found[0])
    if len(sheet.to_text()) > MOST_TEXT:
        raise TableRefused(
            "too_big",
            _("The file is too large. Copy only the rows you need to a new workbook and send that."),
        )
    return sheet


def _sheet(table: Table, shape: SheetShape) -> ListSheet:
    assert shape.heading is not None
    labels = shape.heading.labels
    rows = [
        (number, tuple(shown(cell) for cell in cells[: len(labels)]))
        for number, cells in enumerate(table.rows(shape.info.index), start=1)
        if number > shape.heading.below and any(cell != "" for cell in cells)
    ]
    proposed = {at: column for at, column in shape.proposed.items() if column in READ}
    if Column.MEMBER_NUMBER not in proposed.values():
        running = [at for at, column in shape.proposed.items() if column is Column.NUMBER]
        proposed |= dict.fromkeys(running[:1], Column.MEMBER_NUMBER)
    return ListSheet(labels, tuple(rows), proposed)


@dataclass
class ListReader:
    """Reads the rows of a list by what its columns hold; afterwards `rows` are good and `faults` name every
    cell that is not. Titles, totals and signatures are no rows."""

    sheet: ListSheet
    columns: Mapping[Column, int]
    today: date
    rows: list[ListRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def read(self) -> None:
        """Read every row."""
        columns = {**self.columns, Column.NUMBER: self.columns.get(Column.MEMBER_NUMBER, -1)}
        sorter = LineSorter(self.sheet.heading, columns, PlaceWords())
        data = [(number, cells) for number, cells in self.sheet.rows if sorter.reason(cells) is None]
        numbers = Counter(self._cell(cells, Column.MEMBER_NUMBER) for _number, cells in data)
        dates = DateReader(self.today, birth=False)
        for row, cells in data:
            before = len(self.faults)
            number = self._number(row, cells, numbers)
            name = self._settled(row, cells, Column.FULL_NAME, read_name)
            sex = self._settled(row, cells, Column.SEX, read_sex)
            joined_on = self._joined_on(row, cells, dates)
            amounts = self._amounts(row, cells)
            if joined_on is not None and len(self.faults) == before:
                self.rows.append(ListRow(row, number, name, sex, joined_on, self._kind(cells), amounts))

    def label(self, column: Column) -> str:
        """What the file calls a column."""
        return self.sheet.heading.label(self.columns[column]) if column in self.columns else ""

    def fault(self, row: ListRow, column: Column, cure: str, value: object = "") -> Fault:
        """What somebody else found wrong in a good row."""
        return Fault(row.row, self.label(column), str(value), cure)

    def _cell(self, cells: Sequence[str], column: Column) -> str:
        at = self.columns.get(column, -1)
        return cells[at] if 0 <= at < len(cells) else ""

    def _fault(self, row: int, cells: Sequence[str], column: Column, words: str) -> None:
        self.faults.append(Fault(row, self.label(column), self._cell(cells, column)[:60], words))

    def _settled(self, row: int, cells: Sequence[str], column: Column, read: Callable[[str], Any]) -> Any:
        """What the reader makes of a cell; None, and a fault, for what it cannot read."""
        found = read(self._cell(cells, column))
        if isinstance(found, Trouble):
            self._fault(row, cells, column, cure(found.reason))
            return None
        return found

    def _number(self, row: int, cells: Sequence[str], numbers: Counter[str]) -> int:
        text = self._cell(cells, Column.MEMBER_NUMBER)
        if not (text.isascii() and text.isdigit() and 0 < int(text[:9]) <= MOST_NUMBER):
            words = _("Write the number of the member in digits, 1 to %(most)s.")
            self._fault(row, cells, Column.MEMBER_NUMBER, words % {"most": MOST_NUMBER})
            return 0
        if numbers[text] > 1:
            words = _("This number stands in the list more than once. Each member has a number of her own.")
            self._fault(row, cells, Column.MEMBER_NUMBER, words)
        return int(text)

    def _joined_on(self, row: int, cells: Sequence[str], dates: DateReader) -> date | None:
        found = dates(self._cell(cells, Column.JOINED_ON))
        if isinstance(found, date):
            return found
        missing = _("Write the day, for example 17-08-2026.")
        words = cure(found.reason) if isinstance(found, Trouble) else missing
        self._fault(row, cells, Column.JOINED_ON, words)
        return None

    def _amounts(self, row: int, cells: Sequence[str]) -> dict[str, int]:
        found = {}
        for column, code in ACCOUNTS.items():
            text = line(self._cell(cells, column))
            try:
                amount = parse_rupiah(text) if text else 0
            except RupiahRefused as refused:
                self._fault(row, cells, column, refused.sentence)
                continue
            if amount > MOST_RUPIAH:
                words = _("Check the amount: at most %(most)s at once.")
                self._fault(row, cells, column, words % {"most": rupiah_text(MOST_RUPIAH)})
            elif amount:
                found[code] = amount
        return found

    def _kind(self, cells: Sequence[str]) -> MemberKind | None:
        """Who the member is, when the list says it in a word we know."""
        found = read_status(self._cell(cells, Column.STATUS))
        return _KINDS.get(found) if isinstance(found, str) else None
