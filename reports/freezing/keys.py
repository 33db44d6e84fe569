"""What a printed number counts, as one line of text beside it in the content of an edition.

    {"count": 12, "cell": "visits:topic|information|33.25|2019"}

A value that begins with "~" means every value but those that follow, separated by commas.
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


@dataclass(frozen=True, slots=True)
class CellKey:
    """A figure, one value of its split or "", a place and a period."""

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
        return self.figure.partition(":")[0]

    @property
    def split(self) -> str:
        return self.figure.partition(":")[2]

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
    over = line.get("over") if CATALOGUE[read.indicator].over else None
    return Printed(read, label or named(read), line.get(field), over)


def named(key: CellKey) -> str:
    """What a value of a split, or the figure itself, is called, in the language that is active."""
    indicator = CATALOGUE[key.indicator]
    if not key.split:
        return str(indicator.label)
    split = indicator.split(key.split)
    if not key.value.startswith(ALL_BUT):
        return str(split.name_of(key.value))
    left_out = key.value.removeprefix(ALL_BUT).split(",")
    return _("All but: %(names)s") % {"names": ", ".join(str(split.name_of(value)) for value in left_out)}
