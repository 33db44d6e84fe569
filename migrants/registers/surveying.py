"""Look a file over before it is read: sheets, headings, what each column seems to hold, with samples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from migrants.registers.kinds import OF_MIGRANTS, Column, RegisterKind
from migrants.registers.places import PlaceWords
from migrants.registers.plans import Plan
from migrants.registers.shapes import SheetShape, SheetUse, shape_of
from villages.tables import Limits, Table, TableRefused, open_table

__all__ = ["ColumnSeen", "SheetSeen", "SheetUse", "Survey", "survey"]


@dataclass(frozen=True, slots=True)
class ColumnSeen:
    """One column of a heading. `label`: as written, two lines joined by " / "; `samples`: up to three values.
    `certain`: the label is a known synonym; otherwise the values spoke, or nothing did (IGNORED)."""

    index: int
    letter: str
    label: str
    samples: tuple[str, ...]
    proposed: Column
    certain: bool


@dataclass(frozen=True, slots=True)
class SheetSeen:
    """One sheet. Rows are 1-based as the spreadsheet program shows them; 0: there is none."""

    index: int
    name: str
    visible: bool
    use: SheetUse
    heading_row: int
    data_row: int
    fingerprint: str
    columns: tuple[ColumnSeen, ...]
    context: PlaceWords
    defaults: Mapping[Column, str]
    row_total: int

    @property
    def proposal(self) -> dict[int, Column]:
        """Column by index, as proposed."""
        return {seen.index: seen.proposed for seen in self.columns}


@dataclass(frozen=True, slots=True)
class Survey:
    """`kind`: the one asked for, else the one proposed. `missing`: columns the kind cannot do without that no
    data sheet has."""

    format: str
    kind: RegisterKind
    sheets: tuple[SheetSeen, ...]
    missing: tuple[Column, ...]

    def plan(self) -> Plan:
        """The plan as proposed."""
        data = [sheet for sheet in self.sheets if sheet.use == SheetUse.DATA]
        return Plan(
            kind=self.kind,
            mappings={sheet.fingerprint: sheet.proposal for sheet in data},
            contexts={sheet.index: sheet.context for sheet in data},
        )


NEEDED = {
    RegisterKind.PERSONS: (Column.FULL_NAME,),
    RegisterKind.EXTRACT: (Column.NIK, Column.FULL_NAME),
    RegisterKind.COMPANIES: (Column.COMPANY,),
    RegisterKind.MEMBERS: (Column.MEMBER_NUMBER, Column.FULL_NAME, Column.SEX, Column.JOINED_ON),
}


def survey(path: Path, *, limits: Limits, kind: RegisterKind | None = None) -> Survey:
    """What the file holds. Raises `TableRefused`, also when no sheet has a heading (`no_heading`)."""
    with open_table(path, limits=limits) as table:
        kinds = [kind] if kind else list(OF_MIGRANTS)
        seen: dict[RegisterKind, list[SheetShape]] = {each: [] for each in kinds}
        for info in table.sheets:  # each sheet is laid out once for all kinds
            for each in kinds:
                seen[each].append(shape_of(table, info, each))
        best = kind or _likeliest(seen)
        shapes = seen[best]
        if all(shape.use != SheetUse.DATA for shape in shapes):
            raise no_heading(table)
        sheets = tuple(map(_seen, shapes))
    held = {column for sheet in sheets for column in sheet.proposal.values()}
    if Column.NAME_AND_ADDRESS in held:
        held.add(Column.FULL_NAME)
    missing = tuple(column for column in NEEDED[best] if column not in held)
    return Survey(table.format, best, sheets, missing)


def no_heading(table: Table) -> TableRefused:
    """Nothing in it looks like a register."""
    if all(not table.height(info.index) for info in table.sheets):
        return TableRefused("empty", _("The file is empty. Choose the file that holds the register."))
    return TableRefused(
        "no_heading",
        _("No heading was found in the first 15 rows. Write headings such as NIK and Nama above the data."),
    )


def letter_of(index: int) -> str:
    """The letters of a column as the spreadsheet shows them: 0 is A, 27 is AB."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _likeliest(seen: Mapping[RegisterKind, list[SheetShape]]) -> RegisterKind:
    """Companies have licences, extracts a placement decree; everything else is a register of people."""
    held = {
        kind: {column for shape in shapes for column in shape.proposed.values()}
        for kind, shapes in seen.items()
    }
    if Column.LICENCE in held[RegisterKind.COMPANIES] and Column.NIK not in held[RegisterKind.PERSONS]:
        return RegisterKind.COMPANIES
    columns = held[RegisterKind.EXTRACT]
    if Column.NIK in columns and Column.PLACEMENT_DECREE in columns and Column.SEX not in columns:
        return RegisterKind.EXTRACT
    return RegisterKind.PERSONS


def _seen(shape: SheetShape) -> SheetSeen:
    heading = shape.heading
    columns: tuple[ColumnSeen, ...] = ()
    if heading is not None:
        columns = tuple(
            ColumnSeen(
                at,
                letter_of(at),
                heading.label(at),
                shape.samples[at],
                shape.proposed.get(at, Column.IGNORED),
                heading.columns[at][1],
            )
            for at, parts in enumerate(heading.labels)
            if parts or shape.samples[at]
        )
    return SheetSeen(
        index=shape.info.index,
        name=shape.info.name,
        visible=shape.info.visible,
        use=shape.use,
        heading_row=heading.top + 1 if heading else 0,
        data_row=heading.below + 1 if heading else 0,
        fingerprint=heading.fingerprint if heading else "",
        columns=columns,
        context=shape.context,
        defaults=shape.defaults,
        row_total=shape.height,
    )
