"""What figures come in: a cell, and a table of figures x places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise

from reports.indicators import CATALOGUE, Indicator, Kind, Period, Span, Split
from reports.places import Place
from reports.small_cells import Hidden

Counts = dict[tuple[str, str], int]  # (place code, split value or "") -> how many


def has_figure(indicator: Indicator, span: Span) -> bool:
    """Whether anything can be known of the period: it has begun, and a figure of today is asked of today."""
    return span.has_begun and (indicator.kind != Kind.NOW or span.is_current)


class NoSuchFigure(KeyError):
    """The catalogue has no indicator, or the indicator no split, of that name."""


@dataclass(frozen=True)
class Figure:
    """An indicator, whole or broken down by one of its splits. Written "visits" or "visits:topic"."""

    indicator: Indicator
    split: Split | None = None

    @classmethod
    def named(cls, name: str) -> Figure:
        """Read "visits" or "visits:topic". Raises `NoSuchFigure`."""
        code, _colon, split = name.partition(":")
        try:
            indicator = CATALOGUE[code]
            return cls(indicator, indicator.split(split) if split else None)
        except KeyError as unknown:
            raise NoSuchFigure(name) from unknown

    @property
    def name(self) -> str:
        return f"{self.indicator.code}:{self.split.code}" if self.split else self.indicator.code


@dataclass(frozen=True)
class Coverage:
    """How many villages of a place wrote down anything in the period, of how many that should."""

    reported: int
    expected: int


@dataclass(frozen=True)
class Cell:
    """One number: what it counts, where, when.

    `count` is the number of records, or what is measured of them. None: there is no such figure (the period
    has not begun, or nothing is known of it), or it is hidden; `hidden` says which. `over` is the denominator
    of a ratio, None for plain counts. `provisional`: the period still runs, so the number may change.
    """

    figure: Figure
    place: Place
    period: Period
    value: str
    count: int | None
    over: int | None
    hidden: Hidden | None
    coverage: Coverage
    provisional: bool

    @property
    def indicator(self) -> Indicator:
        return self.figure.indicator

    @property
    def label(self) -> str | Promise:
        """What the value of a split is called; the indicator's own label without one."""
        if self.figure.split is None:
            return self.indicator.label
        return self.figure.split.name_of(self.value)

    @property
    def share(self) -> float | None:
        """The count in percent of its denominator; None without one, or when it is zero."""
        return 100 * self.count / self.over if self.count is not None and self.over else None

    @property
    def href(self) -> str:
        """The address of the very records this cell counts."""
        query = {"place": self.place.code, "period": self.period.slug}
        if self.figure.split:
            query |= {"split": self.figure.split.code, "value": self.value}
        path = reverse("reports:rows", args=[self.indicator.code])
        return f"{path}?{urlencode(query)}"


@dataclass(frozen=True)
class FigureTable:
    """Figures x places for one period."""

    figures: tuple[Figure, ...]
    places: tuple[Place, ...]
    period: Period
    span: Span
    _counts: Mapping[str, Counts] = field(repr=False)
    _over: Mapping[str, Counts] = field(repr=False)
    _hidden: Mapping[str, Mapping[str, Hidden]] = field(repr=False)
    _coverage: Mapping[str, Coverage] = field(repr=False)

    def cell(self, figure: str, place: Place | str | None = None, value: str = "") -> Cell:
        """The cell of a figure at a place (the first one when None), for one value of its split.

        Raises `NoSuchFigure` for a figure that was not asked for, `KeyError` for such a place.
        """
        wanted = self._wanted(figure)
        where = self._place(place)
        hidden = self._hidden.get(wanted.name, {}).get(where.code)
        known = hidden is None and has_figure(wanted.indicator, self.span)
        nothing = None if wanted.indicator.is_median else 0
        count = self._counts[wanted.name].get((where.code, value), nothing) if known else None
        over = self._over[wanted.name].get((where.code, ""), 0) if wanted.indicator.over and known else None
        coverage = self._coverage.get(where.code, Coverage(0, 0))
        return Cell(wanted, where, self.period, value, count, over, hidden, coverage, self.span.is_current)

    def split_cells(self, figure: str, place: Place | str | None = None) -> list[Cell]:
        """One cell for each value of the figure's split, zeros of closed lists included.

        Open lists (destinations) come with the most frequent value first, counted over all places.
        """
        wanted = self._wanted(figure)
        if wanted.split is None:
            raise NoSuchFigure(figure)
        values = wanted.split.values or self._by_frequency(wanted.name)
        return [self.cell(figure, place, value) for value in values]

    def row(self, place: Place | str) -> list[Cell]:
        """The whole figures of a place, in the order they were asked for."""
        return [self.cell(figure.name, place) for figure in self.figures if figure.split is None]

    def column(self, figure: str, value: str = "") -> list[Cell]:
        """A figure at every place, in their order."""
        return [self.cell(figure, place, value) for place in self.places]

    def __iter__(self) -> Iterator[tuple[Place, list[Cell]]]:
        return ((place, self.row(place)) for place in self.places)

    def coverage(self, place: Place | str | None = None) -> Coverage:
        """Villages of the place that wrote down anything in the period, of those that should."""
        return self._coverage.get(self._place(place).code, Coverage(0, 0))

    def _wanted(self, name: str) -> Figure:
        found = next((figure for figure in self.figures if figure.name == name), None)
        if found is None:
            raise NoSuchFigure(name)
        return found

    def _place(self, place: Place | str | None) -> Place:
        if isinstance(place, Place):
            return place
        if place is None:
            return self.places[0]
        return {known.code: known for known in self.places}[place]

    def _by_frequency(self, name: str) -> tuple[str, ...]:
        totals: dict[str, int] = {}
        for (_code, value), count in self._counts[name].items():
            totals[value] = totals.get(value, 0) + count
        return tuple(sorted(totals, key=lambda value: (-totals[value], value)))
