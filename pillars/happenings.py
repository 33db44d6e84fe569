"""What was held in a village, told by each pillar from its own records, for the calendar of all of them.

The calendar knows no records of the pillars. A pillar, or an app above, registers a teller in its
AppConfig.ready():

    happenings.tell_with(session_happenings)

and gives back its dated rows of one village, of what the seat may see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from pillars.enums import Pillar
from villages.access import Seat


@dataclass(frozen=True)
class Happening:
    """One thing that was held on a day: its pillar, what it is called, where, and its page. Nobody is named
    in it."""

    day: date
    pillar: Pillar
    label: str
    place: str
    url: str


Teller = Callable[[Seat, str, date, date], Iterable[Happening]]

_tellers: list[Teller] = []


def tell_with(teller: Teller) -> None:
    """From now on the teller is asked too; registering it twice has no effect."""
    if teller not in _tellers:
        _tellers.append(teller)


def happenings(seat: Seat, village: str, first: date, last: date) -> list[Happening]:
    """What was held in the village from the first to the last day, by day. One query a teller."""
    found = [each for teller in _tellers for each in teller(seat, village, first, last)]
    return sorted(found, key=lambda each: (each.day, each.pillar, each.label))
