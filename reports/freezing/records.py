"""The records that a figure counted, as they are kept: which ones, where they lay, and which version of each.

A version is the beginning of a SHA-256 over the columns of the row, made by the database: no model keeps a
number of versions, and this one changes whenever any fact of the row does. Sealed numbers and pictures are
left out. The columns are kept too, so that a column added later does not make every record look changed.

What the columns of the list said is kept beside it, so that a list can tell what a record was when it was
counted: each value once, and its number in every row. Names are never kept (`kept_paths`).
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import BinaryField, CharField, F, Func, Model, QuerySet

from reports.freezing.keys import ALL_BUT, CellKey
from reports.indicators.shape import Column, How, Indicator, Measure

MODERATE = 6  # of zlib: twice as fast as the strongest, and hardly larger


DAY = "\x1f"  # before a day; no text of a form holds it
LENGTHS = (0, 2, 5, 8, 13)  # of the codes of nation, province, district, subdistrict, village


class Record(NamedTuple):
    """One counted record. `place`: its village, or its district; `amount`: what is measured of it; `said`:
    for each path of `Records.said` the number of the value it had there."""

    key: str
    place: str
    version: str
    amount: int | None
    values: tuple[str, ...]  # of the splits, in the order of `Records.splits`
    said: tuple[int, ...] = ()


Said = Mapping[str, Sequence[Any]]  # path -> every value found there, as JSON keeps it


@dataclass(frozen=True)
class Records:
    """The records of one set, in the order of their list. `said`: what their columns said; empty in sets that
    were frozen before it was kept, and in those without a list."""

    columns: tuple[str, ...]
    splits: tuple[str, ...]
    rows: tuple[Record, ...]
    said: Said = field(default_factory=dict)

    def told_by(self, record: Record) -> dict[str, Any]:
        """What the record said at each path that was kept."""
        return {
            path: _meant(values[number])
            for (path, values), number in zip(self.said.items(), record.said, strict=True)
        }

    def of(self, key: CellKey) -> list[Record]:
        """Those that one number counted."""
        rows = self.within(key.place)
        if not key.split:
            return rows
        at, fits = self.splits.index(key.split), _chooser(key.value)
        return [row for row in rows if fits(row.values[at])]

    def within(self, place: str) -> list[Record]:
        """Those of a place: an area of any level by its code, "" for all."""
        return self._by_place.get(place, [])

    @cached_property
    def _by_place(self) -> dict[str, list[Record]]:
        found: dict[str, list[Record]] = {}
        for row in self.rows:
            for length in LENGTHS:
                if length <= len(row.place):
                    found.setdefault(row.place[:length], []).append(row)
        return found

    def packed(self) -> tuple[bytes, str]:
        """As it is kept: the compressed JSON, and the SHA-256 of the JSON."""
        text = json.dumps(
            {"columns": self.columns, "splits": self.splits, "said": self.said, "rows": self.rows},
            separators=(",", ":"),
            ensure_ascii=False,
        ).encode()
        return zlib.compress(text, MODERATE), sha256(text).hexdigest()

    @classmethod
    def unpacked(cls, body: bytes) -> Records:
        """From what is kept."""
        kept = json.loads(zlib.decompress(body))
        rows = tuple(
            Record(key, place, version, amount, tuple(values), *map(tuple, said))
            for key, place, version, amount, values, *said in kept["rows"]
        )
        return cls(tuple(kept["columns"]), tuple(kept["splits"]), rows, kept.get("said", {}))


def _chooser(value: str) -> Callable[[str], bool]:
    if value.startswith(ALL_BUT):
        others = set(value[len(ALL_BUT) :].split(","))
        return lambda found: found not in others
    return lambda found: found == value


def number_of(rows: Sequence[Record], measure: Measure | None) -> int | None:
    """The figure these records make: how many they are, or the sum or the lower median of their amounts."""
    if measure is None:
        return len(rows)
    amounts = sorted(row.amount for row in rows if row.amount is not None)
    if measure.how == How.MEDIAN:
        return amounts[(len(amounts) - 1) // 2] if amounts else None
    return sum(amounts)


def columns_of(model: type[Model]) -> tuple[str, ...]:
    """The columns a version is made of."""
    return tuple(
        sorted(field.attname for field in model._meta.concrete_fields if not isinstance(field, BinaryField))
    )


def version_of(columns: Sequence[str]) -> Func:
    """The version of a row as an expression: 16 hexadecimal digits."""
    template = "left(encode(sha256(convert_to(ROW(%(expressions)s)::text, 'UTF8')), 'hex'), 16)"
    return Func(*(F(column) for column in columns), template=template, output_field=CharField())


def versions_now(rows: QuerySet[Any], columns: Sequence[str]) -> QuerySet[Any] | None:
    """The rows with their version of today as `_version`; None when a column is no more."""
    if set(columns) - set(columns_of(rows.model)):
        return None
    versioned: QuerySet[Any] = rows.annotate(_version=version_of(columns))
    return versioned


def kept_paths(indicator: Indicator) -> tuple[str, ...]:
    """Where the list of a figure reads what is kept of a record when it is counted.

    Never what only those who may see people see: an edition would keep a name beyond the day somebody asks
    for it to be removed. Places are kept with the record, as a code; a figure without a list keeps nothing.
    """
    columns = () if indicator.private else indicator.columns
    paths = (path for column in columns if is_kept(column, indicator) for path in column.read.paths)
    return tuple(dict.fromkeys(paths))


def is_kept(column: Column, indicator: Indicator) -> bool:
    """Whether what the column said is kept with the record: it is about the record, and no name."""
    return not column.named and not is_of_place(column, indicator)


def is_of_place(column: Column, indicator: Indicator) -> bool:
    """Whether the column says where the record lies."""
    return column.level is not None or column.read.paths == (f"{indicator.place_path}village_id",)


@dataclass
class RowReader:
    """Reads the rows of a set: every record, and each value that its columns read once."""

    splits: Sequence[Any]  # expressions
    amount: str  # field, or ""
    paths: tuple[str, ...]

    def __post_init__(self) -> None:
        self._found: tuple[dict[Any, int], ...] = tuple({} for _path in self.paths)

    @property
    def said(self) -> dict[str, list[Any]]:
        """The values at each path, in the order of their numbers."""
        return {path: list(found) for path, found in zip(self.paths, self._found, strict=True)}

    def read(self, rows: QuerySet[Any], place_path: str) -> Iterator[Record]:
        """Every row as a record. One query."""
        names = [f"_split_{number}" for number in range(len(self.splits))]
        fields = [*([self.amount] if self.amount else []), *names, *self.paths]
        values = rows.annotate(
            _version=version_of(columns_of(rows.model)), **dict(zip(names, self.splits, strict=True))
        ).values_list("pk", f"{place_path}village_id", "_version", *fields)
        for key, place, version, *rest in values.iterator(chunk_size=5000):
            number = rest.pop(0) if self.amount else None
            parts, said = rest[: len(names)], rest[len(names) :]
            yield Record(
                str(key),
                str(place),
                version,
                number,
                tuple(map(str, parts)),
                tuple(map(self._number, self._found, said)),
            )

    @staticmethod
    def _number(found: dict[Any, int], value: Any) -> int:
        return found.setdefault(_kept(value), len(found))


def _kept(value: Any) -> Any:
    """A value as JSON keeps it: a day marked as one; of the key of another record only that there is one."""
    if isinstance(value, date):
        return f"{DAY}{value.isoformat()}"
    return "" if isinstance(value, UUID) else value


def _meant(kept: Any) -> Any:
    """The value that was kept."""
    return date.fromisoformat(kept[1:]) if isinstance(kept, str) and kept.startswith(DAY) else kept
