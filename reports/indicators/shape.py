"""What an indicator is made of: a number somebody will quote says what it counts and what it does not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import CharField, Model, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Concat
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.roles import Level, Permission
from periods.month import Month, Year
from reports.counting import Question
from reports.indicators.reading import Reading
from reports.indicators.units import RUPIAH, Unit

Period = Month | Year
CROSS = "~"  # between the two splits, and the two values, of a figure broken down both ways
UNKNOWN = "unknown"  # the split value of records whose split is not known; it is counted and shown


@dataclass(frozen=True, slots=True)
class Span:
    """The days a period covers, as seen on one day. `first` > `last` when the period has not begun. `past`:
    that day is over, so what is known of the moment only is not known."""

    first: date
    last: date
    today: date
    past: bool = False

    @classmethod
    def of(cls, period: Period, *, today: date, past: bool = False) -> Span:
        """The days of the period up to today."""
        return cls(period.first_day, min(period.last_day, today), today, past)

    @property
    def day(self) -> date:
        """The day a standing figure is counted for: the last day of the period, or today within it."""
        return self.last

    @property
    def has_begun(self) -> bool:
        return self.first <= self.last

    @property
    def is_over(self) -> bool:
        """Whether the whole period lies before today, seen as of now."""
        return self.has_begun and self.last < self.today and not self.past

    @property
    def is_current(self) -> bool:
        """Whether today lies within the period, so that the figure may still change."""
        return self.has_begun and self.last == self.today


class Kind(StrEnum):
    """When a figure counts its records."""

    FLOW = "flow"  # whose date lies in the period
    STOCK = "stock"  # that stand on the last day of the period, or today within it
    NOW = "now"  # that stand today; nothing is known of earlier days

    @property
    def label(self) -> str | Promise:
        return {
            Kind.FLOW: _("Counted over the period."),
            Kind.STOCK: _("Counted on the last day of the period, or today."),
            Kind.NOW: _("Counted today only."),
        }[self]


Rows = Callable[[Span], QuerySet[Any]]


@dataclass(frozen=True)
class Split:
    """A way to break a figure down. `expression` gives every record one value, never empty; what is not known
    is `UNKNOWN`, which closed lists always hold.

    `values`, or `values_in` where they follow from the days: the closed list, in this order. Neither:
    whatever occurs, the most frequent first. `names_of`: what values are called, where a query says so.
    """

    code: str
    label: str | Promise
    expression: Callable[[Span], Combinable]
    name_of: Callable[[str], str | Promise]
    values: tuple[str, ...] = ()
    values_in: Callable[[Span], tuple[str, ...]] | None = None
    names_of: Callable[[Iterable[str]], Mapping[str, str]] | None = None

    def listed(self, span: Span) -> tuple[str, ...]:
        """The closed list of values in those days; empty for an open one."""
        return self.values_in(span) if self.values_in else self.values

    def by(self, other: Split) -> Split:
        """Broken down both ways at once: "sex~procedural", with values like "female~unknown"."""

        def expression(span: Span) -> Combinable:
            halves = (Cast(half.expression(span), CharField()) for half in (self, other))
            one, two = halves
            return Concat(one, Value(CROSS), two)

        def name(value: str) -> str:
            one, _cross, two = value.partition(CROSS)
            return f"{self.name_of(one)}, {other.name_of(two)}"

        def listed(span: Span) -> tuple[str, ...]:
            return tuple(f"{one}{CROSS}{two}" for one in self.listed(span) for two in other.listed(span))

        code, label = f"{self.code}{CROSS}{other.code}", f"{self.label}, {other.label}"
        return Split(code, label, expression, name, values_in=listed)


class How(StrEnum):
    """What is made of a number that records carry."""

    SUM = "sum"
    MEDIAN = "median"


@dataclass(frozen=True)
class Measure:
    """A figure that is not how many records there are but the sum or the median of a whole number in them.

    `field`: its path from the record. Records that do not know it are listed and counted nowhere: no unknown
    is a zero. The sum of nothing is 0, the median of nothing is no figure; of two in the middle the median is
    the lower, so it is always a number somebody wrote down.
    """

    how: How
    field: str


@dataclass(frozen=True)
class Over:
    """What a ratio is divided by: the number of `rows`, or what is measured of them, `times` each. `label`: a
    unit where its word goes by the number before it.

    `may_be_less`: an estimate, of which more than all may be counted; else the count is a part of it.
    """

    label: str | Promise | Unit
    rows: Rows
    times: int = 1
    measure: Measure | None = None
    may_be_less: bool = False


@dataclass(frozen=True)
class Column:
    """A column of the list behind a figure. `named`: only for those who may see people. `level`: it says
    where a record lies, so a page about a place of that level, or below, leaves it out; files keep it.
    `file_only`: never on the page."""

    code: str
    label: str | Promise
    read: Reading
    named: bool = False
    level: Level | None = None
    file_only: bool = False


@dataclass(frozen=True)
class Given:
    """One record of a worked example: the kind of record, and what is said about it."""

    kind: str
    said: Mapping[str, Any]


@dataclass(frozen=True)
class Example:
    """A worked example that a test builds and counts. The village of every record is the same unless said."""

    sentence: str | Promise
    period: str
    given: tuple[Given, ...]
    counts: int
    over: int | None = None


def given(kind: str, /, **said: Any) -> Given:
    return Given(kind, said)


@dataclass(frozen=True)
class Indicator:
    """One figure of the catalogue.

    `rows(span)` is the set of records it counts, or measures, for all places; `figures.py` narrows it to a
    place and counts it, the list behind the figure shows it, the export writes it: one query object for all.
    """

    code: str
    label: str | Promise
    unit: Unit
    grain: str | Promise
    source: type[Model]
    kind: Kind
    date_field: str
    counts: str | Promise
    leaves_out: str | Promise
    empty_means: str | Promise
    rows: Rows
    example: Example
    rows_need: Permission  # who may open the list of records, without names
    names_need: Permission  # who may open it with names
    columns: tuple[Column, ...]
    order: tuple[str, ...]  # of the list; ends with the primary key, none of them empty
    splits: tuple[Split, ...] = ()
    month_of: str | None = (
        None  # of a flow: the day by which months add up to a year; None: `date_field`, "": no
    )
    over: Over | None = None
    measure: Measure | None = None  # None: the number of records
    place_path: str = ""  # from the record to what carries the place: "body__"
    related: tuple[str, ...] = ()  # select_related of the list
    small_cells: bool = False  # 1 to 4 are hidden above village level
    month_counts: Callable[[Span], Question] | None = None  # of small cells whose months do not add up
    private: bool = False  # no list and no file of its records: the village's own pages show them
    detail: str = ""  # URL name of one record, opened with its key
    detail_key: str = "pk"
    told_by_villages: bool = True  # False: the district or the ministry writes it, whoever reports
    pillar: str | None = None  # and
    goals: tuple[str, ...] = ()  # from `goals.PURPOSES`

    @property
    def day_path(self) -> str:
        """The field of the day by which the months of a flow add up to its year; "" where they do not."""
        if self.kind != Kind.FLOW or self.is_median:
            return ""
        return self.date_field.replace(".", "__") if self.month_of is None else self.month_of

    def split(self, code: str) -> Split:
        """The split of that code; of "sex~procedural" both at once, but never of a figure with small cells:
        a place that hides its parts one way could be worked out the other way. Raises `KeyError`."""
        known = {split.code: split for split in self.splits}
        one, cross, two = code.partition(CROSS)
        if cross and self.small_cells:
            raise KeyError(code)
        return known[one].by(known[two]) if cross else known[code]

    @property
    def is_median(self) -> bool:
        """Whether the figure of a place is not the sum of those of its parts."""
        return self.measure is not None and self.measure.how == How.MEDIAN

    @property
    def is_money(self) -> bool:
        """Whether the figure is rupiah: written Rp1.500.000, in every language."""
        return self.unit is RUPIAH

    @property
    def source_label(self) -> str:
        return self.source._meta.label
