"""Splits and their words: which values a figure can be broken down by, and what they are called."""

from __future__ import annotations

from collections.abc import Callable, Container
from datetime import timedelta

from django.db.models import Case, CharField, F, TextChoices, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, NullIf
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reports.indicators.shape import UNKNOWN, Span, Split

AGE_BANDS = ((7, "0-7"), (14, "8-14"), (30, "15-30"), (90, "31-90"))  # days, both ends counted
OLDEST = "91"


def by_choice(
    code: str, label: str | Promise, field: str, choices: type[TextChoices], *, without: Container[str] = ()
) -> Split:
    """A split by a field with a closed list of values, in the order of the list, some left out."""
    words = {value: word for value, word in choices.choices if value not in without}
    return Split(code, label, lambda _span: F(field), lambda value: words.get(value, value), tuple(words))


def by_field(code: str, label: str | Promise, field: str, name_of: Callable[[str], str | Promise]) -> Split:
    """A split by an open list of values, the most frequent first; the empty ones are `unknown`."""

    def name(value: str) -> str | Promise:
        return _("Not known") if value == UNKNOWN else name_of(value)

    def expression(_span: Span) -> Combinable:
        return Coalesce(NullIf(F(field), Value("")), Value(UNKNOWN), output_field=CharField())

    return Split(code, label, expression, name)


def by_age(field: str) -> Split:
    """A split by the days from a date to the day of the figure."""

    def expression(span: Span) -> Combinable:
        return Case(
            *[
                When(**{f"{field}__gte": span.day - timedelta(days=days)}, then=Value(band))
                for days, band in AGE_BANDS
            ],
            default=Value(OLDEST),
            output_field=CharField(),
        )

    names: dict[str, str | Promise] = {
        "0-7": _("Up to 7 days"),
        "8-14": _("8 to 14 days"),
        "15-30": _("15 to 30 days"),
        "31-90": _("31 to 90 days"),
        OLDEST: _("Over 90 days"),
    }
    return Split("age", _("By age"), expression, lambda value: names.get(value, value), tuple(names))


def by_cohort(code: str, label: str | Promise, field: str) -> Split:
    """A split by year of designation; an unknown year stays unknown."""

    def expression(_span: Span) -> Combinable:
        return Coalesce(Cast(field, CharField()), Value(UNKNOWN))

    def name(value: str) -> str | Promise:
        return _("Year not known") if value == UNKNOWN else value

    return Split(code, label, expression, name)
