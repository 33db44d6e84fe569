"""Tell rows that are no data from those that are: repeated headings, totals, signatures, group lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from migrants.registers.headings import Heading, is_number_line, our_columns, text_of
from migrants.registers.kinds import Column
from migrants.registers.labels import label_key
from migrants.registers.places import PlaceWords
from migrants.registers.reasons import Finding, Reason
from migrants.registers.titles import marked_places, merged

_TOTAL = re.compile(r"(?:sub ?|grand )?(?:jumlah|total|jml)\b", re.IGNORECASE)
_SIGNATURE = re.compile(
    r"(?:mengetahui|menyetujui|mengesahkan|kepala desa|lurah|camat|kepala dinas|kepala dusun|kades"
    r"|pj\.? kepala|sekretaris|petugas desmigratif|yang membuat|dibuat oleh|pembuat|pelapor|operator desa"
    r"|an\.? kepala|a\.n\.? kepala|nip|ttd|direktur|pimpinan|hormat kami|penanggung ?jawab"
    r"|koordinator|kasi|kaur)\b",
    re.IGNORECASE,
)
_NOTE = re.compile(r"(?:catatan|keterangan|ket|sumber|nb|note|petunjuk)\b", re.IGNORECASE)
_DOTTED = re.compile(r"\W{0,5}[._…]{4,200}[^A-Za-z0-9]{0,50}")
_SIGNS = " .,:;*-–=(\"'"
_DIGITS = re.compile(r"[0-9]")
FEW_CELLS = 3
LONGEST_SHOWN = 80

Row = Sequence[Any]


@dataclass(slots=True)
class SortedRows:
    """Rows of data with their numbers and what is said of their place, and those that are none."""

    numbers: Sequence[int]
    rows: Sequence[Row]
    contexts: Sequence[PlaceWords]
    asides: list[tuple[int, Finding]]


class LineSorter:
    """Sorts the rows of one sheet in order. A group line ("DESA WANAR") says the place of rows below it."""

    def __init__(self, heading: Heading, columns: dict[Column, int], context: PlaceWords) -> None:
        self.keys = [frozenset(map(label_key, parts)) for parts in heading.labels]
        self.number = columns.get(Column.NUMBER, -1)
        self.nik = columns.get(Column.NIK, columns.get(Column.LICENCE, -1))
        named = (Column.FULL_NAME, Column.COMPANY, Column.NAME_AND_ADDRESS)
        self.names = {columns[column] for column in named if column in columns}
        self.sheet_context = self.context = context
        self.signing = False
        self.own = our_columns(heading)

    def sort(self, rows: Sequence[Row], first: int) -> SortedRows:
        """The next rows of the sheet; `first` is the number of the first of them. Blank rows are dropped."""
        odd = [at for at, row in enumerate(rows) if not self._has_nik(row)]
        if not odd:
            self.signing = False
            return SortedRows(range(first, first + len(rows)), rows, [self.context] * len(rows), [])
        found = SortedRows([], [], [], [])
        numbers: list[int] = []
        data: list[Row] = []
        contexts: list[PlaceWords] = []
        before = -1
        for at in [*odd, len(rows)]:
            if at > before + 1:  # plain rows of data since the last odd one
                self.signing = False
                numbers += range(first + before + 1, first + at)
                data += rows[before + 1 : at]
                contexts += [self.context] * (at - before - 1)
            before = at
            if at == len(rows):
                continue
            row = self._without_ours(rows[at])
            if not says_something(row):
                continue
            reason = self.reason(row)
            if reason is None:
                numbers.append(first + at)
                data.append(rows[at])
                contexts.append(self.context)
            else:
                found.asides.append((first + at, Finding(reason, "", _first(rows[at]))))
        found.numbers, found.rows, found.contexts = numbers, data, contexts
        return found

    def _without_ours(self, row: Row) -> Row:
        return [cell for at, cell in enumerate(row) if at not in self.own] if self.own else row

    def _has_nik(self, row: Row) -> bool:
        cell = row[self.nik] if 0 <= self.nik < len(row) else ""
        return type(cell) is str and len(cell) == 16 and cell.isdigit()

    def reason(self, row: Sequence[Any]) -> Reason | None:
        """Why the row is no data; None when it is. Not for blank rows."""
        filled = [at for at, cell in enumerate(row) if cell != "" and (type(cell) is not str or cell.strip())]
        nik = row[self.nik] if 0 <= self.nik < len(row) else ""
        if len(_DIGITS.findall(str(nik)[:40])) >= 8:
            self.signing = False
            return None
        texts = [(at, text_of(row[at])) for at in filled]
        if self._is_heading(texts):
            return Reason.REPEATED_HEADING
        if is_number_line(row) or (filled == [self.number] and _DIGITS.search(str(row[self.number]))):
            return Reason.NUMBER_LINE
        words = [text for _at, text in texts if text]
        first = words[0].lstrip(_SIGNS) if words else ""
        if _TOTAL.match(first) and self._is_total(texts):
            return Reason.TOTAL
        has_number = self.number in filled and bool(_DIGITS.search(str(row[self.number])))
        return self._aside(filled, words, first, has_number=has_number)

    def _aside(self, filled: list[int], words: list[str], first: str, *, has_number: bool) -> Reason | None:
        """Signatures, notes and group lines: few cells, and none that a person's row would have."""
        if len(filled) > FEW_CELLS or has_number:
            if not self.signing:
                return None
            self.signing = False
            return None
        if any(_SIGNATURE.match(word.lstrip(_SIGNS)) for word in words) or any(map(_DOTTED.fullmatch, words)):
            self.signing = True
            return Reason.SIGNATURE
        if self.signing:
            return Reason.SIGNATURE
        if not words:
            return None
        if _NOTE.match(first):
            return Reason.NOTE_LINE
        said = marked_places(first) if len(words) == 1 else PlaceWords()
        if said != PlaceWords():
            self.context = merged(said, self.sheet_context)
            return Reason.NOTE_LINE
        return Reason.NOTE_LINE if not self.names.intersection(filled) else None

    def _is_heading(self, texts: list[tuple[int, str]]) -> bool:
        same = sum(
            1 for at, text in texts if at < len(self.keys) and label_key(text) in self.keys[at] and text
        )
        return same >= 2 and same * 2 >= len(texts)

    def _is_total(self, texts: list[tuple[int, str]]) -> bool:
        """Beside the word only numbers, and nothing that names a person."""
        return sum(1 for _at, text in texts if text and not _DIGITS.search(text)) <= 2


def says_something(row: Row) -> bool:
    """Whether any cell of a row holds more than blanks."""
    return any(cell != "" and (type(cell) is not str or not cell.isspace()) for cell in row)


def _first(row: Row) -> str:
    """The first words of a row, to know it by."""
    for cell in row:
        if isinstance(cell, str) and cell.strip():
            return " ".join(cell.split())[:LONGEST_SHOWN]
    return ""
