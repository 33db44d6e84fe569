"""What a column reads, said once: from one record in Python for a page, from all of them in SQL for a file.

    Choice("person__sex", Sex)      the word of a choice in the reader's language
    Field("visited_on")             the value as it is kept: text, a whole number, a day

Both ways say the same to the letter; a test holds them against each other over every figure. The SQL stands
above the sorted rows (`queries/whole.py`), so a path is looked up once, however many columns read it.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import TextChoices
from django.utils.dates import MONTHS
from django.utils.functional import Promise
from psycopg.sql import SQL, Composable, Literal

from migrants.references import ALPHABET, LENGTH, visit_number
from periods.month import Month
from villages.enums import VillageKind

MOST_CASES = 20


@dataclass(frozen=True)
class Found:
    """What the sorted rows hold at a path, in SQL. `raw`: as it is kept; `line`: text on one line; `safe`: as
    a cell of its own, which no spreadsheet takes for a formula."""

    raw: Composable
    line: Composable
    safe: Composable


class Reading(ABC):
    """`paths`: what it needs of a record, as the ORM names them, each a field or an annotation."""

    paths: tuple[str, ...]

    def __call__(self, record: Any) -> Any:
        """Text, a whole number, a day or None; what the paths lead to must be loaded."""
        return self.of(*(value_at(record, path) for path in self.paths))

    @abstractmethod
    def of(self, *values: Any) -> Any:
        """The cell, made of the values at the paths."""

    @abstractmethod
    def told(self, *found: Found) -> Composable:
        """The same in SQL, in the language of the moment."""


def value_at(record: Any, path: str) -> Any:
    """What a path leads to; None where nothing is on the way."""
    for part in path.split("__"):
        if record is None:
            return None
        record = getattr(record, part)
    return record


@dataclass(frozen=True)
class OfOne(Reading):
    """What is read from one path."""

    path: str

    @property
    def paths(self) -> tuple[str, ...]:  # type: ignore[override]
        return (self.path,)


@dataclass(frozen=True)
class Field(OfOne):
    """The value as it is kept."""

    def of(self, *values: Any) -> Any:
        return values[0]

    def told(self, *found: Found) -> Composable:
        return found[0].safe


@dataclass(frozen=True)
class Named(OfOne):
    """A code of a closed list by its name. `codes`: all there are; `name_of` of any other is the code."""

    name_of: Callable[[str], str | Promise]
    codes: Callable[[], Iterable[str]]

    def of(self, *values: Any) -> Any:
        return None if values[0] is None else str(self.name_of(values[0]))

    def told(self, *found: Found) -> Composable:
        return _looked_up({code: str(self.name_of(code)) for code in self.codes()}, found[0].raw)


def _looked_up(words: Mapping[str, str], code: Composable) -> Composable:
    """The word of a code. A long list is asked by halving, which CASE does not do; a short one needs none."""
    if len(words) > MOST_CASES:
        return SQL("coalesce({}::jsonb ->> {}, nullif({}, ''))").format(
            Literal(json.dumps(words)), code, code
        )
    cases = [SQL("WHEN {} THEN {}").format(Literal(of), Literal(word)) for of, word in words.items()]
    return SQL("CASE {0} {1} ELSE nullif({0}, '') END").format(code, SQL(" ").join(cases))


@dataclass(frozen=True)
class Choice(OfOne):
    """The word of a choice; a value outside the list is shown as it is kept."""

    choices: type[TextChoices]

    def of(self, *values: Any) -> Any:
        value = values[0]
        return str(self.choices(value).label) if value in self.choices.values else value

    def told(self, *found: Found) -> Composable:
        return _looked_up({value: str(word) for value, word in self.choices.choices}, found[0].raw)


@dataclass(frozen=True)
class VillageName(Reading):
    """ "Desa Randu", as `str()` of a village says it; None without a village. `path`: to the village."""

    path: str = "village"

    @property
    def paths(self) -> tuple[str, ...]:  # type: ignore[override]
        return (f"{self.path}__kind", f"{self.path}__name")

    def of(self, *values: Any) -> Any:
        kind, name = values
        return None if name is None else f"{VillageKind(kind).label} {name}"

    def told(self, *found: Found) -> Composable:
        words = {kind.value: f"{kind.label} " for kind in VillageKind}
        return SQL("{} || {}").format(_looked_up(words, found[0].raw), found[1].line)


@dataclass(frozen=True)
class Either(Reading):
    """One thing where there is something at the path, else another."""

    path: str
    then: Reading
    otherwise: Reading

    @property
    def paths(self) -> tuple[str, ...]:  # type: ignore[override]
        return (self.path, *self.then.paths, *self.otherwise.paths)

    def of(self, *values: Any) -> Any:
        first, *rest = values
        cut = len(self.then.paths)
        return self.otherwise.of(*rest[cut:]) if first is None else self.then.of(*rest[:cut])

    def told(self, *found: Found) -> Composable:
        first, *rest = found
        cut = len(self.then.paths)
        return SQL("CASE WHEN {} IS NULL THEN {} ELSE {} END").format(
            first.raw, self.otherwise.told(*rest[cut:]), self.then.told(*rest[:cut])
        )


@dataclass(frozen=True)
class MonthName(OfOne):
    """ "November 2026" of the first day of a month."""

    def of(self, *values: Any) -> Any:
        day: date | None = values[0]
        return None if day is None else Month.current(day).label

    def told(self, *found: Found) -> Composable:
        words = {f"{number:02d}": str(name) for number, name in MONTHS.items()}
        month = SQL("to_char({}, 'MM')").format(found[0].raw)
        return SQL("{} || to_char({}, ' FMYYYY')").format(_looked_up(words, month), found[0].raw)


@dataclass(frozen=True)
class DaysBetween(Reading):
    """How many days lie between two days; None when one is not known."""

    first: str
    last: str

    @property
    def paths(self) -> tuple[str, ...]:  # type: ignore[override]
        return (self.first, self.last)

    def of(self, *values: Any) -> Any:
        first, last = values
        return (last - first).days if first and last else None

    def told(self, *found: Found) -> Composable:
        return SQL("{} - {}").format(found[1].raw, found[0].raw)


@dataclass(frozen=True)
class VisitNumber(Reading):
    """The number of a visit that people read out, which is computed from its day and its key."""

    day: str = "visited_on"
    key: str = "pk"

    @property
    def paths(self) -> tuple[str, ...]:  # type: ignore[override]
        return (self.day, self.key)

    def of(self, *values: Any) -> Any:
        day, key = values
        assert isinstance(key, UUID)
        return visit_number(day, key)

    def told(self, *found: Found) -> Composable:
        day, key = found[0].raw, found[1].raw
        rest = SQL("(('x' || right(replace({}::text, '-', ''), 16))::bit(64)::bigint & {})").format(
            key, Literal((1 << 62) - 1)
        )
        letters = SQL(" || ").join(
            SQL("substr({}, 1 + ({} / {} % {})::int, 1)").format(
                Literal(ALPHABET), rest, Literal(len(ALPHABET) ** place), Literal(len(ALPHABET))
            )
            for place in range(LENGTH)
        )
        return SQL('to_char({}, \'"LY-"YYMM"-"\') || {}').format(day, letters)
