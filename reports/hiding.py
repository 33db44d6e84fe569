"""Which numbers of a figure with small cells this reader may not see, worked out on the whole country.

A reader does sums over places, over the months of a year, and over the parts of a figure. So for whoever may
not open the records behind it (quality.md C49):

- a village shows none of its numbers;
- a year, or a day of a standing figure, hides 1 to 4 and what would give them away (`hidden_cells`);
- the months of a place are shown all or not at all, like the parts of a breakdown: months are parts of their
  year (`closed_places`);
- a figure is broken down over a year only: what a month and a part have in common is never shown, since a
  year's part less eleven months' would be the twelfth's;
- the look back to a day of the past shows nothing: two days next to each other differ by one child.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import CharField, F, Func

from accounts.roles import Level
from periods.month import Month, Year
from reports.access import Reader, may_open_rows
from reports.cells import Figure, has_figure
from reports.counting import Group, Question
from reports.indicators import Indicator, Kind, Period, Span
from reports.places import Place, codes_around, cut
from reports.small_cells import Hidden, closed_places, hidden_cells

MONTH = "to_char(%(expressions)s, 'MM')"
Key = tuple[Any, ...]
Found = Mapping[Key, Sequence[Group]]
Parts = dict[str, dict[str, int]]  # place -> value or month -> how many


def is_guarded(figure: Figure, span: Span, seat: Reader) -> bool:
    """Whether small counts of the figure, whole or broken down, are hidden from this reader."""
    indicator = figure.indicator
    return indicator.small_cells and not may_open_rows(seat, indicator) and has_figure(indicator, span)


def guard_questions(figure: Figure, period: Period, span: Span) -> dict[Key, Question]:
    """What has to be known of the whole country to hide small counts, district by district: the figure and
    its denominator, and what they are parts of or broken into."""
    if _shows_nothing(figure, period, span):
        return {}
    indicator, counted = figure.indicator, _counted_over(figure, period, span)
    asked: dict[Key, Question] = {}
    for rows in _sets(indicator):
        asked["guard", rows, counted] = Question(rows(counted), "district_id")
    if figure.split:
        parts = Question(indicator.rows(span), "district_id", figure.split.expression(span))
        asked["guard", indicator.rows, figure.split.code] = parts
    elif _is_a_month(figure, period):
        for rows in _sets(indicator):
            asked["guard", rows, counted, "months"] = _months(rows, indicator, counted)
    return asked


def hidden_of(
    figure: Figure, period: Period, span: Span, places: Iterable[Place], found: Found
) -> dict[str, Hidden]:
    """The places at which the figure is hidden, and how, from the answers to the questions."""
    if _shows_nothing(figure, period, span):
        return dict.fromkeys((place.code for place in places), Hidden.WITHHELD)
    hidden = _hidden(figure, period, _counted_over(figure, period, span), found)
    villages = (place.code for place in places if place.level == Level.VILLAGE)
    return hidden | dict.fromkeys(villages, Hidden.WITHHELD)


def _hidden(figure: Figure, period: Period, counted: Span, found: Found) -> dict[str, Hidden]:
    indicator = figure.indicator
    hidden: dict[str, Hidden] = {}
    for rows in _sets(indicator):  # of a ratio both: 0 of 3 tells of three
        counts = _by_area(found["guard", rows, counted])
        hidden = hidden_cells(counts, _parents(counts)) | hidden
    if figure.split:
        parts = _by_part(found["guard", indicator.rows, figure.split.code])
        return dict.fromkeys(closed_places(parts, _parents(parts), hidden), Hidden.WITHHELD)
    if not _is_a_month(figure, period):
        return hidden
    closed = set(hidden)
    for rows in reversed(_sets(indicator)):
        months = _by_part(found["guard", rows, counted, "months"])
        closed |= closed_places(months, _parents(months), closed)
    return dict.fromkeys(closed, Hidden.WITHHELD)


def _shows_nothing(figure: Figure, period: Period, span: Span) -> bool:
    return span.past or (figure.split is not None and isinstance(period, Month))


def _is_a_month(figure: Figure, period: Period) -> bool:
    return isinstance(period, Month) and figure.indicator.kind == Kind.FLOW


def _counted_over(figure: Figure, period: Period, span: Span) -> Span:
    """The year a month is a part of; else the span itself."""
    return Span.of(Year(period.year), today=span.today) if _is_a_month(figure, period) else span


def _sets(indicator: Indicator) -> list[Any]:
    """What is counted, and what it is divided by."""
    return [indicator.rows, indicator.over.rows] if indicator.over else [indicator.rows]


def _months(rows: Any, indicator: Indicator, year: Span) -> Question:
    """How many each month of the year has, district by district."""
    if indicator.month_counts:
        return indicator.month_counts(year)
    return Question(
        rows(year), "district_id", Func(F(indicator.day_path), template=MONTH, output_field=CharField())
    )


def _by_part(groups: Iterable[Group]) -> Parts:
    parts: Parts = {}
    for district, value, count in groups:
        for around in codes_around(district):
            of = parts.setdefault(around, {})
            of[value] = of.get(value, 0) + (count or 0)
    return parts


def _by_area(districts: Iterable[Group]) -> dict[str, int]:
    """How many records lie in each district, province, and the country."""
    counts: dict[str, int] = {}
    for district, _whole, count in districts:
        for around in codes_around(district):
            counts[around] = counts.get(around, 0) + (count or 0)
    return counts


def _parents(codes: Iterable[str]) -> dict[str, str]:
    return {code: cut(code, Level.PROVINCE) if len(code) > 2 else "" for code in codes if code}
