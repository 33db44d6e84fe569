"""What a printed number counts, as one line of text beside it in the content of an edition.

    {"count": 12, "cell": "visits:topic|information|33.25|2019"}

A value that begins with "~" means every value but those that follow, separated by commas. What stands behind
an "@" says that not the records themselves are counted: "officers_in_post@over" what a share is a share of,
"villages_designated@districts" the areas they lie in, "visits@villages" the villages of the programme that
have any.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from periods.month import Month, Year
from reports.cells import Cell
from reports.indicators import CATALOGUE, Period

ALL_BUT = "~"
OVER = "over"
VILLAGES = "villages"
AREAS = {"provinces": 2, "districts": 5, "subdistricts": 8, VILLAGES: 13}  # length of their codes


@dataclass(frozen=True, slots=True)
class CellKey:
    """A figure and how it counts, one value of its split or "", a place and a period."""

    figure: str
    value: str
    place: str
    period: str

    @classmethod
    def read(cls, text: str) -> CellKey:
        """Raises `ValueError` for any other text."""
        figure, value, place, period = text.split("|")
        return cls(figure, value, place, period)

    @property
    def indicator(self) -> str:
        return self._records.partition(":")[0]

    @property
    def split(self) -> str:
        return self._records.partition(":")[2]

    @property
    def way(self) -> str:
        """What is counted instead of the records: `OVER`, a key of `AREAS`, or "" for themselves."""
        return self.figure.partition("@")[2]

    def counting(self, way: str) -> CellKey:
        """The same records, counted that way."""
        return CellKey(f"{self._records}@{way}", self.value, self.place, self.period)

    @property
    def _records(self) -> str:
        return self.figure.partition("@")[0]

    def __str__(self) -> str:
        return "|".join((self.figure, self.value, self.place, self.period))


def period_named(slug: str) -> Period:
    """The month or the year that an address names."""
    return Month.from_text(slug) if "-" in slug else Year.from_text(slug)


def key_of(cell: Cell) -> str | None:
    """The key of a cell; None where there is no such figure, so that nothing is printed but a dash."""
    if cell.count is None and cell.hidden is None:
        return None
    return str(CellKey(cell.figure.name, cell.value, cell.place.code, cell.period.slug))


def key_of_others(cell: Cell, shown: Iterable[str]) -> str:
    """The key of everything but some values of the split of this cell."""
    value = ALL_BUT + ",".join(shown)
    return str(CellKey(cell.figure.name, value, cell.place.code, cell.period.slug))


def key_counting(cell: Cell, way: str) -> str | None:
    """The key of what a cell is a part of (`OVER`), or of the areas its records lie in."""
    key = key_of(cell)
    return str(CellKey.read(key).counting(way)) if key and (way != OVER or cell.over is not None) else None


def key_within(cell: Cell, code: str) -> str:
    """The key of the part of a cell that lies in an area of its place, a subdistrict too."""
    return str(CellKey(cell.figure.name, cell.value, code, cell.period.slug))


@dataclass(frozen=True, slots=True)
class Printed:
    """One number as it is printed. `count` None: hidden."""

    key: CellKey
    label: str
    count: int | None
    over: int | None


def printed(figures: Mapping[str, Any]) -> dict[str, Printed]:
    """Every number of the figures that says what it counts, always in the same order; the same one twice is
    one."""
    found: dict[str, Printed] = {}
    for entry in _entries(figures):
        found.setdefault(str(entry.key), entry)
    return found


def _entries(part: Any, around: str = "") -> Iterator[Printed]:
    if isinstance(part, list):
        for each in part:
            yield from _entries(each, around)
    elif isinstance(part, dict):
        label = str(part.get("label") or part.get("name") or "")
        if part.get("cell"):
            yield _entry(part["cell"], part, "count", label or around)
        # By name, because PostgreSQL keeps the keys of an object in an order of its own.
        for field, key in sorted((part.get("cells") or {}).items()):
            if key:
                yield _entry(key, part, field, label or around)
        for _name, each in sorted(part.items()):
            if isinstance(each, list | dict):
                yield from _entries(each, label or around)


def _entry(key: str, line: dict[str, Any], field: str, label: str) -> Printed:
    read = CellKey.read(key)
    over = line.get("over") if CATALOGUE[read.indicator].over and not read.way else None
    name = figure_named(read) if read.way else label or part_named(read) or figure_named(read)
    return Printed(read, name, line.get(field), over)


def figure_named(key: CellKey) -> str:
    """What a figure is called by what of it is counted."""
    indicator = CATALOGUE[key.indicator]
    if key.way == OVER and indicator.over:
        return f"{indicator.label}: {indicator.over.label}"
    logged = _("villages that logged it")
    return {
        "": str(indicator.label),
        "provinces": _("Provinces reached"),
        "districts": _("Districts reached"),
        "subdistricts": _("Subdistricts reached"),
        VILLAGES: f"{indicator.label}: {logged}",
    }[key.way]


def part_named(key: CellKey) -> str:
    """What a value of a split is called; "" for a whole."""
    if not key.split:
        return ""
    split = CATALOGUE[key.indicator].split(key.split)
    if not key.value.startswith(ALL_BUT):
        return str(split.name_of(key.value))
    left_out = key.value.removeprefix(ALL_BUT).split(",")
    return _("All but: %(names)s") % {"names": ", ".join(str(split.name_of(value)) for value in left_out)}
