"""Find the heading of a sheet: where it stands, how many lines it has, what each column is called."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from migrants.registers.kinds import Column, RegisterKind
from migrants.registers.labels import column_of, label_key

SEARCHED = 15  # lines in which a heading begins
TALLEST = 3  # lines of one heading
# Our own two columns in files given back. Indonesian in every language: files travel between offices.
RESULT, EXPLANATION = "Hasil", "Keterangan"
FEWEST = 3  # columns known by name, or all of them where a sheet has fewer

# A sheet without one of these holds no register.
KEYS = {
    RegisterKind.PERSONS: {Column.NIK, Column.FULL_NAME, Column.NAME_AND_ADDRESS},
    RegisterKind.EXTRACT: {Column.NIK, Column.FULL_NAME},
    RegisterKind.COMPANIES: {Column.COMPANY, Column.LICENCE},
    RegisterKind.MEMBERS: {Column.FULL_NAME},
}

_COUNTED = re.compile(r"\(?\s{0,3}([0-9]{1,3})\s{0,3}[).]?")
_LETTER = re.compile(r"[A-Za-z]")
_BLANKS = re.compile(r"\s+")

Row = Sequence[Any]
Merge = tuple[int, int, int, int]


@dataclass(frozen=True)
class Heading:
    """`top`: its first line, `below`: the first row under it and its number line (both from 0). `labels`:
    the lines of each column's label, top down; empty for a column without."""

    top: int
    below: int
    labels: tuple[tuple[str, ...], ...]
    columns: tuple[tuple[Column, bool], ...]  # what each means, and whether surely

    @property
    def fingerprint(self) -> str:
        """The same for every file whose columns are called alike, whatever stands above them."""
        keys = [">".join(map(label_key, parts)) for parts in self.labels]
        while keys and not keys[-1]:
            keys.pop()
        return hashlib.sha256("|".join(keys).encode()).hexdigest()[:32]

    def label(self, index: int) -> str:
        """The label of a column on one line; "" for none."""
        return " / ".join(self.labels[index]) if index < len(self.labels) else ""


def text_of(value: Any) -> str:
    """A cell as a label: one line, single blanks; "" for numbers, dates and blanks."""
    return _BLANKS.sub(" ", value).strip() if isinstance(value, str) else ""


def is_number_line(row: Row) -> bool:
    """(1) (2) (3), 1 2 3: the numbers of the columns, in order."""
    numbers = []
    for cell in row:
        if cell == "":
            continue
        if isinstance(cell, (bool, date)):
            return False
        if isinstance(cell, (int, float)):
            if cell != int(cell):
                return False
            numbers.append(int(cell))
            continue
        match = _COUNTED.fullmatch(cell.strip()) if isinstance(cell, str) else None
        if match is None:
            return False
        numbers.append(int(match[1]))
    return (
        len(numbers) >= 3
        and numbers[0] in (0, 1)
        and all(0 <= later - earlier <= 1 for earlier, later in pairwise(numbers))
        and numbers[-1] >= len(numbers) - 2
    )


def find_heading(rows: Sequence[Row], merges: Sequence[Merge], kind: RegisterKind) -> Heading | None:
    """The heading among the first rows of a sheet; None when none has enough known columns."""
    best: Heading | None = None
    most = 0
    for top in range(min(SEARCHED, len(rows))):
        for tall in range(1, TALLEST + 1):
            lines = rows[top : top + tall]
            if len(lines) < tall or not _may_be(lines, tall):
                break
            labels = _labels(lines, top, merges)
            columns = tuple(_column(parts, kind) for parts in labels)
            known = {column for column, _sure in columns} - {Column.IGNORED, Column.NUMBER}
            width = sum(bool(parts) for parts in labels)
            score = 4 * len(known) + sum(sure for _column, sure in columns) - tall
            if score > most and known & KEYS[kind] and len(known) >= min(FEWEST, width):
                below = top + tall
                if below < len(rows) and is_number_line(rows[below]):
                    below += 1
                best, most = Heading(top, below, labels, columns), score
    return best


def our_columns(heading: Heading) -> frozenset[int]:
    """The two columns we added when the file was given back, so that it can come in again."""
    keys = [label_key(heading.label(at)) for at in range(len(heading.labels))]
    for at, pair in enumerate(pairwise(keys)):
        if pair == (RESULT.lower(), EXPLANATION.lower()):
            return frozenset((at, at + 1))
    return frozenset()


def _may_be(lines: Sequence[Row], tall: int) -> bool:
    """Whether these rows can be the lines of one heading: words, and no data among them."""
    words = [[text_of(cell) for cell in line] for line in lines]
    if not any(words[0]) or not any(words[-1]):
        return False
    if any(_is_data(word) for line in words for word in line):
        return False
    if any(not isinstance(cell, str) for line in lines for cell in line):
        return False
    if tall > 1 and sum(map(bool, words[0])) < 2:
        return False  # a title above, not a line of the heading
    return not is_number_line(lines[-1])


def _is_data(word: str) -> bool:
    """Numbers and dates without a letter: no label."""
    return sum(map(str.isdigit, word[:60])) >= 3 and not _LETTER.search(word)


def _labels(lines: Sequence[Row], top: int, merges: Sequence[Merge]) -> tuple[tuple[str, ...], ...]:
    width = max(len(line) for line in lines)
    grid = [[text_of(line[at]) if at < len(line) else "" for at in range(width)] for line in lines]
    _spread(grid, top, merges)
    labels = []
    for at in range(width):
        parts: list[str] = []
        for line in grid:
            if line[at] and (not parts or parts[-1] != line[at]):
                parts.append(line[at])
        labels.append(tuple(parts))
    return tuple(labels)


def _spread(grid: list[list[str]], top: int, merges: Sequence[Merge]) -> None:
    """Write the label of joined cells over all columns they cover; where nothing is joined, a label reaches
    over the blanks to its right that have a label of their own below."""
    joined = False
    for first, left, _last, right in merges:
        line = first - top
        if 0 <= line < len(grid) and right > left and left < len(grid[line]):
            joined = True
            for at in range(left + 1, min(right + 1, len(grid[line]))):
                grid[line][at] = grid[line][at] or grid[line][left]
    if joined or len(grid) == 1:
        return
    for above, below in pairwise(grid):
        for at in range(1, len(above)):
            if not above[at] and below[at] and above[at - 1] and below[at - 1]:
                above[at] = above[at - 1]


def _column(parts: tuple[str, ...], kind: RegisterKind) -> tuple[Column, bool]:
    if not parts:
        return Column.IGNORED, False
    column, sure = column_of(parts, kind)
    return column or Column.IGNORED, sure and column is not None
