"""Collect the very records that each printed number counted, in the snapshot in which it was counted."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Any

from django.db.models import QuerySet

from reports.freezing.keys import OVER, Printed, period_named, printed
from reports.freezing.making import made_of, sets_of
from reports.freezing.records import Record, Records, RowReader, columns_of, kept_paths
from reports.indicators import CATALOGUE, Indicator, Span
from reports.indicators.shape import Over
from reports.places import Place, column_of

FINGERPRINT = 32


@dataclass(frozen=True)
class Collected:
    """The records of one figure, or of its denominator, in one period."""

    figure: str
    part: str
    period: str
    source: str
    records: Records
    definition: dict[str, str]

    @property
    def definition_digest(self) -> str:
        return digest_of_definition(self.definition)


@dataclass(frozen=True)
class Differs:
    """A printed number that its records do not make. None: no record of it was found."""

    label: str
    printed: int | None
    found: int | None


@dataclass(frozen=True)
class Frozen:
    """Everything that is frozen beside the content of an edition."""

    sets: tuple[Collected, ...]
    figures: tuple[Printed, ...]

    def differing(self) -> list[Differs]:
        """Printed numbers that are not the number of their records."""
        return [wrong for figure in self.figures for wrong in self._compared(figure)]

    def _compared(self, figure: Printed) -> Iterable[Differs]:
        if figure.count is not None:
            found = made_of(figure.key, self._records).number
            if found != figure.count:
                yield Differs(figure.label, figure.count, found)
        if figure.over is not None:
            whole = made_of(figure.key.counting(OVER), self._records).number
            if whole != figure.over:
                yield Differs(figure.label, figure.over, whole)

    def _records(self, figure: str, part: str, period: str) -> Records:
        return self._by_name[figure, part, period].records

    def fingerprint(self, figure: Printed) -> str:
        """The same as long as the number, its records in their versions and its definition are."""
        counted = self._by_name[next(sets_of(figure.key))]
        said: list[Any] = [figure.count, figure.over, counted.definition_digest]
        made = made_of(figure.key, self._records)
        said += made.areas if made.areas is not None else _versions(made.records)
        if figure.over is not None:
            said += _versions(made_of(figure.key.counting(OVER), self._records).records)
        return sha256(json.dumps(said).encode()).hexdigest()[:FINGERPRINT]

    @cached_property
    def _by_name(self) -> dict[tuple[str, str, str], Collected]:
        return {(found.figure, found.part, found.period): found for found in self.sets}


def collect(figures: Mapping[str, Any], *, place: Place, today: date) -> Frozen:
    """The records behind every number of a report's figures that names what it counts.

    To be called in the snapshot in which they were counted. Queries: one for each figure and period, one more
    for a denominator.
    """
    entries = tuple(printed(figures).values())
    asked: dict[tuple[str, str], dict[str, None]] = {}
    over: dict[tuple[str, str], Over] = {}
    for entry in entries:
        name = entry.key.indicator, entry.key.period
        for figure, part, period in sets_of(entry.key):
            if part != OVER:
                asked.setdefault((figure, period), {})
        if entry.key.split:
            asked.setdefault(name, {})[entry.key.split] = None
        divided = entry.over is not None or entry.key.way == OVER
        if divided and (divided_by := CATALOGUE[entry.key.indicator].over):
            over[name] = divided_by
    sets = [_counted(*name, splits, place, today) for name, splits in asked.items()]
    sets += [
        _denominator(CATALOGUE[code], divided_by, period, place, today)
        for (code, period), divided_by in over.items()
    ]
    return Frozen(tuple(sets), entries)


def definition_of(indicator: Indicator) -> dict[str, str]:
    """What a figure counts, in the language that is active, as it is frozen."""
    return {
        "label": str(indicator.label),
        "unit": str(indicator.unit),
        "grain": str(indicator.grain),
        "kind": str(indicator.kind.label),
        "counts": str(indicator.counts),
        "leaves_out": str(indicator.leaves_out),
        "empty_means": str(indicator.empty_means),
        "over": str(indicator.over.label) if indicator.over else "",
    }


def digest_of_definition(definition: Mapping[str, str]) -> str:
    """SHA-256 of a definition as canonical JSON."""
    return sha256(json.dumps(definition, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _counted(code: str, period: str, splits: Iterable[str], place: Place, today: date) -> Collected:
    indicator, span = CATALOGUE[code], Span.of(period_named(period), today=today)
    rows = _at(place, indicator.rows(span), indicator.place_path).order_by(*indicator.order)
    amount = indicator.measure.field if indicator.measure else ""
    wanted = [(split, indicator.split(split).expression(span)) for split in splits]
    return _collected(indicator, "", period, rows, wanted, amount)


def _denominator(indicator: Indicator, over: Over, period: str, place: Place, today: date) -> Collected:
    span = Span.of(period_named(period), today=today)
    rows = _at(place, over.rows(span), indicator.place_path).order_by("pk")
    return _collected(indicator, OVER, period, rows, [], over.measure.field if over.measure else "")


def _at(place: Place, rows: QuerySet[Any], path: str) -> QuerySet[Any]:
    column = column_of(place.level)
    return rows.filter(**{f"{path}{column}": place.code}) if column else rows


def _collected(
    indicator: Indicator,
    part: str,
    period: str,
    rows: QuerySet[Any],
    splits: list[tuple[str, Any]],
    amount: str,
) -> Collected:
    paths = kept_paths(indicator) if not part else ()
    reader = RowReader([expression for _code, expression in splits], amount, paths)
    found = tuple(reader.read(rows, indicator.place_path))
    names = tuple(code for code, _expression in splits)
    records = Records(columns_of(rows.model), names, found, reader.said)
    source = rows.model._meta.label
    return Collected(indicator.code, part, period, source, records, definition_of(indicator))


def _versions(rows: Iterable[Record]) -> list[tuple[str, str]]:
    return [(row.key, row.version) for row in rows]
