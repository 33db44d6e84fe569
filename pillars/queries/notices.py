"""Reads of the information board."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pillars.access import visible_notices
from pillars.models import Notice
from villages.access import Seat

MOST_ON_BOARD = 60


@dataclass(frozen=True)
class Board:
    """What hangs there. `has_more`: only the first are shown, the list has them all."""

    warnings: list[Notice]
    offers: list[Notice]
    has_more: bool


def board_of(seat: Seat, day: date) -> Board:
    """What is valid on that day, warnings first: the village's own and its district's; for a district what it
    made for all its villages. Queries: 1."""
    rows = visible_notices(seat).in_force(day)
    if seat.village is None:
        rows = rows.filter(village=None)
    found = list(rows.select_related("village", "district").warnings_first()[: MOST_ON_BOARD + 1])
    shown = found[:MOST_ON_BOARD]
    return Board(
        warnings=[row for row in shown if row.is_warning],
        offers=[row for row in shown if not row.is_warning],
        has_more=len(found) > MOST_ON_BOARD,
    )
