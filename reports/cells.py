"""What figures come in: a cell, and a table of figures x places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reports.indicators import CATALOGUE, UNKNOWN, Indicator, Kind, Period, Span, Split
from reports.places import Place
from reports.small_cells import Hidden

Counts = dict[tuple[str, str], int]  # (place code, split value or "") -> how many


def has_figure(indicator: Indicator, span: Span) -> bool:
    """Whether anything can be known of the period: it has begun, and what is known of today only is asked of
    today."""
    return span.has_begun and (indicator.kind != Kind.NOW or (span.is_current and not span.past))


class NoSuchFigure(KeyError):
    """The catalogue has no indicator, or the indicator no split, of that name."""


class PartsDiffer(ValueError):
    """The parts of a broken-down figure do not sum to the whole: the split lost records, or made some up."""


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


# Below half, the villages that are missing outweigh those that told: whatever they hold could turn a
# comparison round, so the number is there to be read and not to be compared.
LEAST_SHARE_REPORTED = 0.5


@dataclass(frozen=True)
class Coverage:
    """How many villages of a place wrote down anything in the period, of how many that should; and from how
    many a monthly return of the period has not come though its last day is over."""

    reported: int
    expected: int
    late: int = 0

    @property
    def is_thin(self) -> bool:
        """Whether too few reported for the numbers to be compared."""
        return self.reported < LEAST_SHARE_REPORTED * self.expected


class State(StrEnum):
    """How sure a number is."""

    PROVISIONAL = "provisional"  # its period runs
    SETTLED = "settled"  # its period is over; what is corrected afterwards still changes it
    FROZEN = "frozen"  # a published report holds it; what is corrected appears in the next edition alone

    @property
    def label(self) -> str | Promise:
        return {
            State.PROVISIONAL: _("provisional"),
            State.SETTLED: _("settled"),
            State.FROZEN: _("frozen"),
        }[self]


@dataclass(frozen=True)
class Cell:
    """One number: what it counts, where, when.

    `count` is the number of records, or what is measured of them. None: there is no such figure (the period
    has not begun, or nothing is known of it), or it is hidden; `hidden` says which. `over` is the denominator
    of a ratio, None for plain counts. `provisional`: the period still runs, so the number may change.
    `frozen`: a published report holds this number of this period.
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
    frozen: bool = False
    named: str = ""  # what the value of the split is called, where the records say so
    day: date | None = None  # as it stood at the end of that past day; None: as it stands

    @property
    def indicator(self) -> Indicator:
        return self.figure.indicator

    @property
    def label(self) -> str | Promise:
        """What the value of a split is called; the indicator's own label without one."""
        if self.figure.split is None:
            return self.indicator.label
        return self.named or self.figure.split.name_of(self.value)

    @property
    def share(self) -> float | None:
        """The count in percent of its denominator; None without one, or when it is zero."""
        return 100 * self.count / self.over if self.count is not None and self.over else None

    @property
    def state(self) -> State:
        if self.frozen:
            return State.FROZEN
        return State.PROVISIONAL if self.provisional else State.SETTLED

    @property
    def is_thin(self) -> bool:
        """Whether villages tell this number and too few of them did: it is shown in grey."""
        return self.indicator.told_by_villages and self.coverage.is_thin

    @property
    def href(self) -> str:
        """The address of the very records this cell counts."""
        query = {"place": self.place.code, "period": self.period.slug}
        if self.figure.split:
            query |= {"split": self.figure.split.code, "value": self.value}
        if self.day:
            query["day"] = self.day.isoformat()
        path = reverse("reports:rows", args=[self.indicator.code])
        return f"{path}?{urlencode(query)}"


@dataclass(frozen=True)
class FigureTable:
    """Figures x places for one period. Raises `PartsDiffer` when it is made of parts that do not sum to their
    whole."""

    figures: tuple[Figure, ...]
    places: tuple[Place, ...]
    period: Period
    span: Span
    _counts: Mapping[str, Counts] = field(repr=False)
    _over: Mapping[str, Counts] = field(repr=False)
    _hidden: Mapping[str, Mapping[str, Hidden]] = field(repr=False)
    _coverage: Mapping[str, Coverage] = field(repr=False)
    _wholes: Mapping[str, Counts] = field(repr=False, default_factory=dict)
    _names: Mapping[str, Mapping[str, str]] = field(repr=False, default_factory=dict)
    _frozen: Set[tuple[str, str, str]] = field(repr=False, default_factory=frozenset)

    def __post_init__(self) -> None:
        for figure in self.figures:
            if figure.split and not figure.indicator.is_median:
                self._check_parts(figure, figure.split)

    def _check_parts(self, figure: Figure, split: Split) -> None:
        """Every part has its line, and at every place they sum to the whole, where the whole was counted."""
        counts, listed = self._counts[figure.name], split.listed(self.span)
        if listed and (lost := {value for _place, value in counts} - set(listed)):
            raise PartsDiffer(f"{figure.name}: no line for {sorted(lost)}.")
        if (whole := self._wholes.get(figure.name)) is None:
            return
        parts: dict[str, int] = {}
        for (code, _part), count in counts.items():
            parts[code] = parts.get(code, 0) + count
        for place in self.places:
            if parts.get(place.code, 0) != whole.get((place.code, ""), 0):
                told = f"{parts.get(place.code, 0)} are not {whole.get((place.code, ''), 0)}"
                raise PartsDiffer(f"{figure.name} at {place.code or 'the nation'}: {told}.")

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
        named = self._names.get(wanted.name, {}).get(value, "")
        return Cell(
            figure=wanted,
            place=where,
            period=self.period,
            value=value,
            count=count,
            over=over,
            hidden=hidden,
            coverage=coverage,
            provisional=self.span.is_current,
            frozen=(wanted.name, where.code, value) in self._frozen,
            named=named,
            day=self.day,
        )

    def split_cells(self, figure: str, place: Place | str | None = None) -> list[Cell]:
        """One cell for each value of the figure's split, zeros of closed lists included.

        Open lists (destinations) come with the most frequent value first, counted over all places, and always
        with what is not known.
        """
        wanted = self._wanted(figure)
        if wanted.split is None:
            raise NoSuchFigure(figure)
        values = wanted.split.listed(self.span) or self._by_frequency(wanted.name, wanted.split)
        return [self.cell(figure, place, value) for value in values]

    def row(self, place: Place | str) -> list[Cell]:
        """The whole figures of a place, in the order they were asked for."""
        return [self.cell(figure.name, place) for figure in self.figures if figure.split is None]

    def column(self, figure: str, value: str = "") -> list[Cell]:
        """A figure at every place, in their order."""
        return [self.cell(figure, place, value) for place in self.places]

    def __iter__(self) -> Iterator[tuple[Place, list[Cell]]]:
        return ((place, self.row(place)) for place in self.places)

    @property
    def day(self) -> date | None:
        """The past day as which the table stands; None: as of now."""
        return self.span.today if self.span.past else None

    @property
    def frozen_count(self) -> int:
        """How many of its numbers a published report has frozen."""
        return len(self._frozen)

    def coverage(self, place: Place | str | None = None) -> Coverage:
        """Villages of the place that wrote down anything in the period, of those that should."""
        return self._coverage.get(self._place(place).code, Coverage(0, 0))

    def _wanted(self, name: str) -> Figure:
        found = self._by_name.get(name)
        if found is None:
            raise NoSuchFigure(name)
        return found

    def _place(self, place: Place | str | None) -> Place:
        if isinstance(place, Place):
            return place
        if place is None:
            return self.places[0]
        return self._by_code[place]

    @cached_property
    def _by_name(self) -> dict[str, Figure]:
        return {figure.name: figure for figure in self.figures}

    @cached_property
    def _by_code(self) -> dict[str, Place]:
        return {place.code: place for place in self.places}

    def _by_frequency(self, name: str, split: Split) -> tuple[str, ...]:
        """Whatever occurs, and what is not known even where it does not; every record has its district."""
        totals: dict[str, int] = {}
        for (_code, value), count in self._counts[name].items():
            totals[value] = totals.get(value, 0) + count
        if split.names_of is None:
            totals.setdefault(UNKNOWN, 0)
        return tuple(sorted(totals, key=lambda value: (-totals[value], value)))
