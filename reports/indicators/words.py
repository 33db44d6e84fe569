"""Splits and their words: which values a figure can be broken down by, and what they are called.

A split loses no record: what is empty, or stands outside its list, is counted as not known.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from datetime import timedelta

from django.db.models import Case, CharField, F, Func, TextChoices, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, NullIf
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from migrants.enums import Education, MaritalStatus, Sex
from periods.month import Month
from reports.indicators.shape import UNKNOWN, Span, Split
from villages.models import District

AGE_BANDS = ((7, "0-7"), (14, "8-14"), (30, "15-30"), (90, "31-90"))  # days, both ends counted
OLDEST = "91"


def by_choice(
    code: str,
    label: str | Promise,
    field: str,
    choices: type[TextChoices],
    *,
    without: Container[str] = (),
    or_else: str = "",
) -> Split:
    """A split by a field with a closed list of values, in the order of the list, some left out. `or_else`:
    the field that says it where the first one does not."""
    words = {value: word for value, word in choices.choices if value not in without}
    known = [value for value in words if value != UNKNOWN]
    fields = (field, or_else) if or_else else (field,)
    told = [When(**{f"{path}__in": known}, then=F(path)) for path in fields]
    return by_told(code, label, words, told)


def by_parts(
    code: str, label: str | Promise, field: str, parts: Mapping[str, tuple[str | Promise, Iterable[str]]]
) -> Split:
    """A split by what the value of a field belongs to; `parts`: code -> its name and the values in it."""
    told = [When(**{f"{field}__in": list(of)}, then=Value(part)) for part, (_name, of) in parts.items()]
    return by_told(code, label, {part: name for part, (name, _of) in parts.items()}, told)


def by_told(code: str, label: str | Promise, words: Mapping[str, str | Promise], told: list[When]) -> Split:
    """A split by what is told of a record, in the order of the words: always closed by what is not known."""
    names = {value: word for value, word in words.items() if value != UNKNOWN}
    names[UNKNOWN] = words.get(UNKNOWN, _("Not known"))
    parted = Case(*told, default=Value(UNKNOWN), output_field=CharField())
    return Split(code, label, lambda _span: parted, lambda value: names.get(value, value), tuple(names))


def by_field(code: str, label: str | Promise, field: str, name_of: Callable[[str], str | Promise]) -> Split:
    """A split by an open list of values, the most frequent first; the empty ones are `unknown`."""

    def name(value: str) -> str | Promise:
        return _("Not known") if value == UNKNOWN else name_of(value)

    def expression(_span: Span) -> Combinable:
        return Coalesce(NullIf(F(field), Value("")), Value(UNKNOWN), output_field=CharField())

    return Split(code, label, expression, name)


def by_month(field: str) -> Split:
    """A split by the month of a day, every month of the period in its order."""

    def expression(_span: Span) -> Combinable:
        month = Func(F(field), template="to_char(%(expressions)s, 'YYYY-MM')", output_field=CharField())
        return Coalesce(month, Value(UNKNOWN))

    def name(value: str) -> str | Promise:
        return _("Not known") if value == UNKNOWN else Month.from_text(value).label

    return Split("month", _("By month"), expression, name, values_in=_months_of)


def _months_of(span: Span) -> tuple[str, ...]:
    month, last = Month.current(span.first), Month.current(span.last)
    months = [month]
    while months[-1] < last:
        months.append(months[-1].next())
    return (*(month.slug for month in months), UNKNOWN)


def by_district(path: str) -> Split:
    """A split by the district a record comes from; every village lies in one. `path`: to what has a place."""

    def names_of(codes: Iterable[str]) -> Mapping[str, str]:
        return {area.code: str(area) for area in District.objects.filter(code__in=list(codes))}

    def expression(_span: Span) -> Combinable:
        return Coalesce(F(f"{path}district_id"), Value(UNKNOWN), output_field=CharField())

    label = _("By district of origin")
    return Split("district", label, expression, lambda value: value, names_of=names_of)


def of_person(path: str = "") -> tuple[Split, ...]:
    """What officials tell of a person: sex, education, marital status. `path`: from the record to them."""
    return (
        by_choice("sex", _("By sex"), f"{path}sex", Sex),
        by_choice("education", _("By education"), f"{path}education", Education),
        by_choice("marital", _("By marital status"), f"{path}marital_status", MaritalStatus),
    )


def by_age(field: str) -> Split:
    """A split by the days from a date to the day of the figure."""

    def expression(span: Span) -> Combinable:
        return Case(
            *[
                When(**{f"{field}__gte": span.day - timedelta(days=days)}, then=Value(band))
                for days, band in AGE_BANDS
            ],
            When(**{f"{field}__isnull": True}, then=Value(UNKNOWN)),
            default=Value(OLDEST),
            output_field=CharField(),
        )

    names: dict[str, str | Promise] = {
        "0-7": _("Up to 7 days"),
        "8-14": _("8 to 14 days"),
        "15-30": _("15 to 30 days"),
        "31-90": _("31 to 90 days"),
        OLDEST: _("Over 90 days"),
        UNKNOWN: _("Not known"),
    }
    return Split("age", _("By age"), expression, lambda value: names.get(value, value), tuple(names))


def by_cohort(code: str, label: str | Promise, field: str) -> Split:
    """A split by year of designation; an unknown year stays unknown."""

    def expression(_span: Span) -> Combinable:
        return Coalesce(Cast(field, CharField()), Value(UNKNOWN))

    def name(value: str) -> str | Promise:
        return _("Year not known") if value == UNKNOWN else value

    return Split(code, label, expression, name)
