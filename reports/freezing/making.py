"""What makes a printed number: the frozen records it counted, or the areas they lie in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from reports.freezing.keys import AREAS, OVER, VILLAGES, CellKey
from reports.freezing.records import Record, Records, number_of
from reports.indicators import CATALOGUE
from reports.indicators.shape import Measure

ACTIVE = "villages_active"
Sets = Callable[[str, str, str], Records]  # figure, part ("" or "over"), period -> what is frozen of it


@dataclass(frozen=True)
class Made:
    """The records behind a number. `areas`: the codes that are counted instead of them; None: they are."""

    records: list[Record]
    areas: tuple[str, ...] | None
    number: int | None


def sets_of(key: CellKey) -> Iterator[tuple[str, str, str]]:
    """The names of the sets that `made_of` asks for."""
    yield key.indicator, OVER if key.way == OVER else "", key.period
    if key.way == VILLAGES:
        yield ACTIVE, "", key.period


def made_of(key: CellKey, sets: Sets) -> Made:
    """What was counted under the key, from the frozen sets."""
    indicator = CATALOGUE.get(key.indicator)
    if key.way == OVER:
        rows, over = sets(key.indicator, OVER, key.period).within(key.place), indicator and indicator.over
        number = number_of(rows, over.measure if over else None)
        return Made(rows, None, None if number is None else number * (over.times if over else 1))
    rows, measure = sets(key.indicator, "", key.period).of(key), indicator.measure if indicator else None
    if not key.way:
        return Made(rows, None, number_of(rows, measure))
    if key.way == VILLAGES:
        serving = {row.place for row in sets(ACTIVE, "", key.period).within(key.place)}
        areas = sorted(_with_any(rows, measure) & serving)
    else:
        areas = sorted({row.place[: AREAS[key.way]] for row in rows})
    return Made(rows, tuple(areas), len(areas))


def _with_any(rows: list[Record], measure: Measure | None) -> set[str]:
    """The villages whose number is not nothing."""
    by_village: dict[str, list[Record]] = {}
    for row in rows:
        by_village.setdefault(row.place, []).append(row)
    return {village for village, found in by_village.items() if number_of(found, measure)}
