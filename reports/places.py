"""Where a figure is counted: the nation, a province, a district or a village, as a value.

A place is known by its dotted Kemendagri code; the nation's code is the empty text. Which columns of a placed
record name it follows from the length of the code, so places of several levels mix freely in one table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from accounts.roles import Level

FINENESS = (Level.NATION, Level.PROVINCE, Level.DISTRICT, Level.VILLAGE)  # the widest first
_LEVELS = {0: Level.NATION, 2: Level.PROVINCE, 5: Level.DISTRICT, 13: Level.VILLAGE}
_COLUMNS = {Level.PROVINCE: "province_id", Level.DISTRICT: "district_id", Level.VILLAGE: "village_id"}
_LENGTHS = {level: length for length, level in _LEVELS.items()}
_BELOW = {Level.NATION: Level.PROVINCE, Level.PROVINCE: Level.DISTRICT, Level.DISTRICT: Level.VILLAGE}


class NoSuchPlace(ValueError):
    """The text is not shaped like a Kemendagri code."""


def level_of(code: str) -> Level:
    """The level a code is of, by its length. Raises `NoSuchPlace` for any other length."""
    try:
        return _LEVELS[len(code)]
    except KeyError as unknown:
        raise NoSuchPlace(code[:20]) from unknown


def column_of(level: Level) -> str | None:
    """The column of a placed record that holds the code of that level; None for the nation."""
    return _COLUMNS.get(level)


def cut(code: str, level: Level) -> str:
    """The code of the area of that level around the place: cut("33.25.14.2004", DISTRICT) is "33.25"."""
    return code[: _LENGTHS[level]]


def codes_around(code: str) -> list[str]:
    """The codes of the nation and of every area around the place, itself last."""
    return [cut(code, level) for level in FINENESS[: FINENESS.index(level_of(code)) + 1]]


@dataclass(frozen=True, slots=True)
class Place:
    """One place a figure is counted for. `name` is what the page shows."""

    code: str
    name: str

    @property
    def level(self) -> Level:
        return level_of(self.code)

    @property
    def level_below(self) -> Level | None:
        """The next finer level; None below a village."""
        return _BELOW.get(self.level)

    @property
    def code_above(self) -> str | None:
        """The code of the place this one is counted into; None for the nation."""
        if self.level == Level.NATION:
            return None
        above = {
            Level.PROVINCE: Level.NATION,
            Level.DISTRICT: Level.PROVINCE,
            Level.VILLAGE: Level.DISTRICT,
        }
        return cut(self.code, above[self.level])

    def __contains__(self, code: str) -> bool:
        """Whether the place of that code lies within this one, itself included."""
        return self.code in ("", code) or code.startswith(f"{self.code}.")

    def __str__(self) -> str:
        return self.name


def at_places(rows: QuerySet[Any], places: Sequence[Place], path: str) -> QuerySet[Any]:
    """The rows that lie in any of the places. `path`: from a row to what carries the place."""
    levels: dict[Level, list[str]] = {}
    for place in places:
        levels.setdefault(place.level, []).append(place.code)
    if Level.NATION in levels:
        return rows
    within = Q()
    for level, codes in levels.items():
        inside_wider = [code for code in codes if not _covered(code, level, levels)]
        if len(inside_wider) == 1:
            within |= Q(**{f"{path}{column_of(level)}": inside_wider[0]})
        elif inside_wider:
            within |= Q(**{f"{path}{column_of(level)}__in": inside_wider})
    return rows.filter(within)


def _covered(code: str, level: Level, levels: Mapping[Level, Sequence[str]]) -> bool:
    wider = FINENESS[: FINENESS.index(level)]
    return any(cut(code, other) in levels.get(other, ()) for other in wider)
