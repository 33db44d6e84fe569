"""What was seen in a file when it came, kept so that the page about its columns need not read it again."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from migrants.registers.places import PlaceWords
from migrants.registers.surveying import Survey


@dataclass(frozen=True)
class SeenColumn:
    """One column of a heading: where, what it is called, up to three values, and what it seems to hold."""

    index: int
    letter: str
    label: str
    samples: tuple[str, ...]
    proposed: str
    certain: bool


@dataclass(frozen=True)
class SeenSheet:
    """One sheet. `use`: a `SheetUse`; `words`: place words of title and name, by `PlaceWords` field."""

    index: int
    name: str
    use: str
    heading_row: int
    fingerprint: str
    columns: tuple[SeenColumn, ...]
    words: dict[str, str]
    row_total: int

    @property
    def context(self) -> tuple[str, ...]:
        """The place words that are there."""
        return tuple(word for word in self.words.values() if word)


@dataclass(frozen=True)
class Seen:
    """The whole file. `missing`: columns its kind needs and no sheet has."""

    format: str
    sheets: tuple[SeenSheet, ...]
    missing: tuple[str, ...]

    @property
    def headings(self) -> list[tuple[SeenSheet, list[str]]]:
        """Each different heading once, with the first sheet that has it and the names of all that do."""
        found: dict[str, tuple[SeenSheet, list[str]]] = {}
        for sheet in self.sheets:
            if sheet.use == "data":
                found.setdefault(sheet.fingerprint, (sheet, []))[1].append(sheet.name)
        return list(found.values())


def survey_text(seen: Survey) -> str:
    """The survey as JSON."""
    return json.dumps(asdict(seen), ensure_ascii=False, default=str)


def seen_in(text: str) -> Seen:
    """The survey of that JSON; an empty one for ""."""
    given: dict[str, Any] = json.loads(text) if text else {"format": "", "sheets": [], "missing": []}
    return Seen(
        format=given["format"],
        sheets=tuple(_sheet(sheet) for sheet in given["sheets"]),
        missing=tuple(given["missing"]),
    )


def _sheet(given: dict[str, Any]) -> SeenSheet:
    return SeenSheet(
        index=given["index"],
        name=given["name"],
        use=given["use"],
        heading_row=given["heading_row"],
        fingerprint=given["fingerprint"],
        columns=tuple(
            SeenColumn(
                index=column["index"],
                letter=column["letter"],
                label=column["label"],
                samples=tuple(column["samples"]),
                proposed=column["proposed"],
                certain=column["certain"],
            )
            for column in given["columns"]
        ),
        words=dict(zip(PlaceWords._fields, given["context"], strict=True)),
        row_total=given["row_total"],
    )
