"""The records that a figure counted, as they are kept: which ones, where they lay, and which version of each.

A version is the beginning of a SHA-256 over the columns of the row, made by the database: no model keeps a
number of versions, and this one changes whenever any fact of the row does. Sealed numbers and pictures are
left out. The columns are kept too, so that a column added later does not make every record look changed.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any, NamedTuple

from django.db.models import BinaryField, CharField, F, Func, Model, QuerySet

from reports.freezing.keys import ALL_BUT, CellKey
from reports.indicators.shape import How, Measure

MODERATE = 6  # of zlib: twice as fast as the strongest, and hardly larger


LENGTHS = (0, 2, 5, 8, 13)  # of the codes of nation, province, district, subdistrict, village


class Record(NamedTuple):
    """One counted record. `place`: its village, or its district; `amount`: what is measured of it."""

    key: str
    place: str
    version: str
    amount: int | None
    values: tuple[str, ...]  # of the splits, in the order of `Records.splits`


@dataclass(frozen=True)
class Records:
    """The records of one set, in the order of their list."""

    columns: tuple[str, ...]
    splits: tuple[str, ...]
    rows: tuple[Record, ...]

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
            {"columns": self.columns, "splits": self.splits, "rows": self.rows},
            separators=(",", ":"),
            ensure_ascii=False,
        ).encode()
        return zlib.compress(text, MODERATE), sha256(text).hexdigest()

    @classmethod
    def unpacked(cls, body: bytes) -> Records:
        """From what is kept."""
        kept = json.loads(zlib.decompress(body))
        rows = tuple(
            Record(key, place, version, amount, tuple(values))
            for key, place, version, amount, values in kept["rows"]
        )
        return cls(tuple(kept["columns"]), tuple(kept["splits"]), rows)


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


def read_rows(rows: QuerySet[Any], place_path: str, splits: Sequence[Any], amount: str) -> Iterator[Record]:
    """Every row of a set, as a record. One query."""
    names = [f"_split_{number}" for number in range(len(splits))]
    values = rows.annotate(
        _version=version_of(columns_of(rows.model)), **dict(zip(names, splits, strict=True))
    ).values_list("pk", f"{place_path}village_id", "_version", *([amount] if amount else []), *names)
    for key, place, version, *rest in values.iterator(chunk_size=5000):
        number = rest.pop(0) if amount else None
        yield Record(str(key), str(place), version, number, tuple(map(str, rest)))
