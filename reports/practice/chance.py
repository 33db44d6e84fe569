"""Chance with a fixed seed, and the keys, days and moments drawn from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

T = TypeVar("T")

SUNDAY = 6


class Chance:
    """Draws of one village. `now` is the moment of loading: nothing drawn lies after it."""

    def __init__(self, seed: str, now: datetime, zone: str) -> None:
        self._random = Random(seed)  # noqa: S311 - practice data, nothing secret
        self._now = now
        self._zone = ZoneInfo(zone)

    def number(self, least: int, most: int) -> int:
        """A whole number, both ends included; `least` when the ends cross."""
        return self._random.randint(least, max(least, most))

    def happens(self, share: float) -> bool:
        """True in this share of draws."""
        return self._random.random() < share

    def pick(self, among: Sequence[T]) -> T:
        return self._random.choice(among)

    def some(self, among: Sequence[T], count: int) -> list[T]:
        """So many different ones, or all when there are fewer."""
        return self._random.sample(among, min(count, len(among)))

    def weighted(self, weights: Mapping[T, float]) -> T:
        """A key, each as often as its weight says."""
        return self._random.choices(list(weights), list(weights.values()))[0]

    def day(self, first: date, last: date) -> date:
        """A day from `first` to `last`, no Sunday unless that is all there is; `first` when they cross."""
        return _no_sunday(first + timedelta(days=self.number(0, (last - first).days)), first, last)

    def later_day(self, first: date, last: date) -> date:
        """A day from `first` to `last`; the later, the likelier: the programme grows."""
        share = self._random.random() ** 0.7
        return _no_sunday(first + timedelta(days=int((last - first).days * share)), first, last)

    def moment(self, day: date) -> datetime:
        """A moment within office hours of that day in the village; of today, one that has passed."""
        opened = datetime.combine(day, time(8), tzinfo=self._zone)
        at = opened + timedelta(seconds=self.number(0, 7 * 3600))
        return at if at <= self._now else self._now - timedelta(seconds=self.number(60, 1800))

    def key(self, at: datetime) -> UUID:
        """A UUIDv7 as a phone would have made it at that moment (RFC 9562)."""
        milliseconds = int(at.timestamp() * 1000)
        low = self._random.getrandbits(62)
        return UUID(
            int=milliseconds << 80 | 0x7 << 76 | self._random.getrandbits(12) << 64 | 0b10 << 62 | low
        )


def _no_sunday(day: date, first: date, last: date) -> date:
    if day.weekday() == SUNDAY and day > first:
        return day - timedelta(days=1)
    if day.weekday() == SUNDAY and day < last:
        return day + timedelta(days=1)
    return day
