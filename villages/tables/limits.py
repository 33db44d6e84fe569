"""How large a table may be (quality.md C37; raised for files of a whole district)."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """`packed`: bytes of the file; `unpacked`: bytes of all its parts together; `ratio`: unpacked to packed;
    `entries`: parts of the archive; `rows`: rows of all sheets together; `columns`: of any sheet;
    `sheets`: of the workbook."""

    packed: int
    unpacked: int
    rows: int
    ratio: int = 25
    entries: int = 60
    columns: int = 104  # A to CZ
    sheets: int = 40


VILLAGE = Limits(packed=2 * MEGABYTE, unpacked=20 * MEGABYTE, rows=5_000, entries=20, sheets=14)
DISTRICT = Limits(packed=40 * MEGABYTE, unpacked=400 * MEGABYTE, rows=150_000)
