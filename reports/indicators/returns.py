"""Figures of the monthly returns: which were due, and which came in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission
from reports.indicators import units
from reports.indicators.programme import PLACES, VILLAGE_COLUMNS
from reports.indicators.reading import Choice, Field, MonthName
from reports.indicators.shape import Column, Example, Indicator, Kind, Over, Span, given
from reports.indicators.words import by_told
from villages.enums import ReturnStatus
from villages.models import MonthlyReturn


def returns_on_time(span: Span) -> QuerySet[MonthlyReturn]:
    """Returns of the months of the period that were first submitted by their last day."""
    return _returns(span).filter(first_submitted_on__lte=F("due_on")).filter(_sent_by(span.today))


def returns_due(span: Span) -> QuerySet[MonthlyReturn]:
    """Returns of the months of the period whose last day is over, and those submitted before it."""
    return _returns(span).filter(Q(due_on__lt=span.today) | _sent_by(span.today))


def _sent_by(day: date) -> Q:
    return Q(first_submitted_on__lte=day)


def _returns(span: Span) -> QuerySet[MonthlyReturn]:
    return MonthlyReturn.objects.filter(month__range=(span.first, span.last))


def _came(span: Span) -> Case:
    came = _sent_by(span.today)
    in_time = When(came & Q(first_submitted_on__lte=F("due_on")), then=Value("on_time"))
    return Case(in_time, When(came, then=Value("late")), default=Value("never"), output_field=CharField())


_CAME = {"on_time": _("In time"), "late": _("Late"), "never": _("Not submitted")}

return_figure = partial(
    Indicator,
    unit=units.MONTHLY_RETURNS,
    grain=_("The return of one village of one month."),
    source=MonthlyReturn,
    kind=Kind.FLOW,
    told_by_villages=False,
    date_field="month",
    rows_need=Permission.SEE_FIGURES,
    names_need=Permission.SEE_RETURNS,
    columns=(
        Column("month", _("Month"), MonthName("month")),
        *VILLAGE_COLUMNS,
        Column("submitted", _("Submitted on"), Field("first_submitted_on")),
        Column("status", _("Status"), Choice("status", ReturnStatus)),
    ),
    order=("-month", "village_id", "pk"),
    related=PLACES,
    detail="reports:return-detail",
)

RETURNS = (
    return_figure(
        code="returns_due",
        label=_("Monthly returns due"),
        counts=_("Returns of the months of the period whose last day is over, and those sent before it."),
        leaves_out=_("Returns whose last day has not passed, unless they were sent already."),
        empty_means=_("No return of the period was due yet."),
        rows=returns_due,
        splits=(replace(by_told("came", _("By when they came"), _CAME, []), expression=_came),),
        example=Example(
            _("Of three returns of October one came in time, one late, one never: 3 were due."),
            "2026-10",
            (
                given("return", submitted=date(2026, 11, 3)),
                given("return", village="33.25.14.2002", submitted=date(2026, 11, 9)),
                given("return", village="33.25.14.2003"),
            ),
            3,
        ),
    ),
    return_figure(
        code="returns_on_time",
        label=_("Monthly returns on time"),
        counts=_("Returns of the months of the period that were first submitted by their last day."),
        leaves_out=_("Returns submitted later or never; they stay in the denominator."),
        empty_means=_("No return of the period came in time, or none was due yet."),
        rows=returns_on_time,
        over=Over(units.RETURNS_DUE, returns_due),
        example=Example(
            _("Of three returns of October one came on 3 November, one on 9 November, one never: 1 of 3."),
            "2026-10",
            (
                given("return", submitted=date(2026, 11, 3)),
                given("return", village="33.25.14.2002", submitted=date(2026, 11, 9)),
                given("return", village="33.25.14.2003"),
            ),
            1,
            3,
        ),
    ),
)
