"""Look a file over before it is read: sheets, headings, what each column seems to hold, with samples."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from migrants.registers.kinds import Column, RegisterKind
from migrants.registers.places import PlaceWords
from migrants.registers.plans import Plan
from villages.tables import Limits


class SheetUse(StrEnum):
    DATA = "data"
    EMPTY = "empty"
    SUMMARY = "summary"
    NO_HEADING = "no_heading"


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
    index: int
    name: str
    use: SheetUse
    heading_row: int  # 1-based, first line of the heading; 0: none
    data_row: int  # 1-based, first row below heading and number line
    fingerprint: str
    columns: tuple[ColumnSeen, ...]
    context: PlaceWords  # place words of title and sheet name
    row_total: int


@dataclass(frozen=True, slots=True)
class Survey:
    format: str
    kind: RegisterKind  # asked for, else proposed
    sheets: tuple[SheetSeen, ...]
    missing: tuple[Column, ...]  # columns this kind needs and no sheet has

    def plan(self) -> Plan:
        """The plan as proposed."""
        raise NotImplementedError


def survey(path: Path, *, limits: Limits, kind: RegisterKind | None = None, name: str = "") -> Survey:
    """What the file holds. Raises `TableRefused`, also when no sheet has a heading (`no_heading`)."""
    raise NotImplementedError
