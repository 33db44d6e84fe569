"""Figures of cases and referrals.

Restricted cases (trafficking, sexual violence, children) are in none of the open figures: whoever may not see
them could otherwise learn of one by comparing a total with its parts. They have a figure of their own, shown
above village level only, where 1 to 4 are hidden (`small_cells`). Cases about somebody's health are counted
with all others, but never told apart from those of kind "other": not in a part, not in a list.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from django.conf import settings
from django.db.models import F, Func, IntegerField, QuerySet, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission
from migrants.enums import (
    HEALTH_TYPES,
    RESTRICTED_TYPES,
    Body,
    CaseStatus,
    CaseType,
    Channel,
    CloseReason,
    ReferralStatus,
    Severity,
    Sex,
)
from migrants.models import Case, Referral
from migrants.queries import cases
from migrants.vocabulary import destination_label, destinations
from reports.indicators import units
from reports.indicators.programme import PLACES, VILLAGE_COLUMNS
from reports.indicators.reading import Choice, DaysBetween, Either, Field, Named
from reports.indicators.shape import Column, Example, How, Indicator, Kind, Measure, Span, given
from reports.indicators.words import by_age, by_choice, by_field, by_told


def open_cases(span: Span) -> QuerySet[Case]:
    """Cases open at the end of the day, restricted ones left out."""
    return cases.cases_open(on=span.day).filter(restricted=False)


def restricted_cases(span: Span) -> QuerySet[Case]:
    """Restricted cases open at the end of the day."""
    return cases.cases_open(on=span.day).filter(restricted=True)


def idle_cases(span: Span) -> QuerySet[Case]:
    """Cases open at the end of the day nobody had acted on for the days of the setting, restricted ones left
    out."""
    return cases.cases_idle(idle_before(span.day), on=span.day).filter(restricted=False)


def idle_before(today: date) -> date:
    """Cases whose last action lies before this day are idle today."""
    return today - timedelta(days=settings.IDLE_CASE_DAYS - 1)


def cases_reported(span: Span) -> QuerySet[Case]:
    """Cases reported in the period, restricted ones left out."""
    return cases.cases_reported(span.first, span.last).filter(restricted=False)


def cases_closed(span: Span) -> QuerySet[Case]:
    """Cases closed in the period, restricted ones left out."""
    return cases.cases_closed(span.first, span.last).filter(restricted=False)


def referrals_sent(span: Span) -> QuerySet[Referral]:
    """Referrals sent in the period, those of restricted cases left out."""
    return Referral.objects.filter(sent_on__range=(span.first, span.last), case__restricted=False)


def referrals_after_days(span: Span) -> QuerySet[Referral]:
    """Those of them with `days` since their case was reported."""
    return referrals_sent(span).annotate(days=_days_between("case__reported_on", "sent_on"))


def cases_closed_after_days(span: Span) -> QuerySet[Case]:
    """Cases closed in the period with `days` since they were reported."""
    return cases_closed(span).annotate(days=_days_between("reported_on", "closed_on"))


def _days_between(first: str, last: str) -> Func:
    return Func(
        F(last), F(first), template="(%(expressions)s)", arg_joiner=" - ", output_field=IntegerField()
    )


def referrals_waiting(span: Span) -> QuerySet[Referral]:
    """Referrals nobody had answered by the end of the day, those of restricted cases left out."""
    return cases.referrals_waiting(on=span.day).filter(case__restricted=False)


def subject_of(path: str = "") -> Either:
    """The name of whom a case is about; "" when nobody was named. `path`: from the record to the case."""
    return Either(f"{path}person_id", Field(f"{path}person__full_name"), Field(f"{path}subject_name"))


_OTHER = _("Other, illness and accidents included")
_KINDS = {
    value: _OTHER if value == CaseType.OTHER else word
    for value, word in CaseType.choices
    if value not in RESTRICTED_TYPES | HEALTH_TYPES
}


def _kind_named(kind: str) -> str | Promise:
    """The kind of problem as figures tell it."""
    return _OTHER if kind in {*HEALTH_TYPES, CaseType.OTHER} else dict(CaseType.choices).get(kind, kind)


def _of_kind(path: str) -> Named:
    return Named(path, _kind_named, lambda: CaseType.values)


_CASE_COLUMNS: tuple[Column, ...] = (
    Column("date", _("Reported on"), Field("reported_on")),
    *VILLAGE_COLUMNS[:3],
    Column("number", _("Number"), Field("number"), named=True),
    Column("name", _("Name"), subject_of(), named=True),
    Column("type", _("Kind of problem"), _of_kind("type")),
    Column("severity", _("Urgency"), Choice("severity", Severity)),
    Column("country", _("Country"), Named("country", destination_label, destinations), file_only=True),
    Column("status", _("Status"), Choice("status", CaseStatus)),
)
_LAST_ACTION = Column("action", _("Last action"), Field("last_action_on"))
_TYPE = by_told(
    "type",
    _("By kind"),
    _KINDS,
    [When(type__in=HEALTH_TYPES, then=Value(CaseType.OTHER)), When(type__in=list(_KINDS), then=F("type"))],
)
_URGENCY = by_choice("severity", _("By urgency"), "severity", Severity)
_COUNTRY = by_field("country", _("By country"), "country", destination_label)
_OF_CASE = (
    _COUNTRY,
    by_choice("channel", _("By way"), "channel", Channel),
    by_choice("sex", _("By sex"), "person__sex", Sex),
)
_NO_RESTRICTED = _("Restricted cases: they have a figure of their own.")

case_figure = partial(
    Indicator,
    source=Case,
    grain=_("One case."),
    unit=units.CASES,
    rows_need=Permission.SEE_RECORD_ROWS,
    names_need=Permission.SEE_CASES,
    related=(*PLACES, "person"),
    detail="migrants:case-detail",
)

_BODY = by_choice("body", _("By body"), "body", Body)
referral_figure = partial(
    Indicator,
    source=Referral,
    unit=units.REFERRALS,
    grain=_("One referral of a case to a body."),
    rows_need=Permission.SEE_RECORD_ROWS,
    names_need=Permission.SEE_CASES,
    related=(*PLACES, "case__person"),
    detail="migrants:case-detail",
    detail_key="case_id",
    columns=(
        Column("date", _("Sent on"), Field("sent_on")),
        *VILLAGE_COLUMNS[:3],
        Column("number", _("Number"), Field("case__number"), named=True),
        Column("name", _("Name"), subject_of("case__"), named=True),
        Column("body", _("Body"), Choice("body", Body)),
        Column("type", _("Kind of problem"), _of_kind("case__type")),
        Column("status", _("Status"), Choice("status", ReferralStatus)),
    ),
)

CASEWORK = (
    case_figure(
        code="open_cases",
        label=_("Open cases"),
        kind=Kind.STOCK,
        date_field="reported_on, closed_on",
        counts=_("Cases reported by the day and neither closed nor cancelled by then; solved ones included."),
        leaves_out=_NO_RESTRICTED,
        empty_means=_("No case is open."),
        rows=open_cases,
        columns=(*_CASE_COLUMNS, _LAST_ACTION),
        order=("reported_on", "pk"),
        splits=(_TYPE, by_age("reported_on"), _URGENCY, *_OF_CASE),
        example=Example(
            _("Of three cases one was closed on 5 November and one is restricted: 1 is open."),
            "2026-11",
            (
                given("case"),
                given("case", status="closed", closed_on=date(2026, 11, 5), close_reason="solved"),
                given("case", type="trafficking_suspected"),
            ),
            1,
        ),
    ),
    case_figure(
        code="idle_cases",
        label=_("Cases without action"),
        kind=Kind.STOCK,
        date_field="last_action_on, logged_at",
        counts=_("Cases open on the day on which nobody had acted for 14 days or longer."),
        leaves_out=_NO_RESTRICTED,
        empty_means=_("Somebody acted on every open case."),
        rows=idle_cases,
        columns=(*_CASE_COLUMNS, _LAST_ACTION),
        order=("last_action_on", "pk"),
        splits=(_TYPE, *_OF_CASE),
        example=Example(
            _("The last action was on 9 November in one case, on 20 November in another: 1 is idle."),
            "2026-11",
            (
                given("case", last_action_on=date(2026, 11, 9)),
                given("case", last_action_on=date(2026, 11, 20)),
            ),
            1,
        ),
    ),
    case_figure(
        code="cases_reported",
        label=_("Cases reported"),
        kind=Kind.FLOW,
        date_field="reported_on",
        counts=_("Cases whose day of report lies in the period, whatever became of them."),
        leaves_out=_("Cases logged by mistake, and restricted ones, which have a figure of their own."),
        empty_means=_("No case was reported."),
        rows=cases_reported,
        columns=_CASE_COLUMNS,
        order=("-reported_on", "-pk"),
        splits=(_TYPE, _URGENCY, *_OF_CASE),
        example=Example(
            _("Cases reported on 10 November and on 30 October: November has 1."),
            "2026-11",
            (given("case"), given("case", reported_on=date(2026, 10, 30))),
            1,
        ),
    ),
    case_figure(
        code="cases_closed",
        label=_("Cases closed"),
        kind=Kind.FLOW,
        date_field="closed_on",
        counts=_("Cases closed with a reason on a day of the period."),
        leaves_out=_("Cases logged by mistake, and restricted ones, which have a figure of their own."),
        empty_means=_("No case was closed."),
        rows=cases_closed,
        columns=(
            Column("closed", _("Closed on"), Field("closed_on")),
            *_CASE_COLUMNS,
            Column("reason", _("Reason"), Choice("close_reason", CloseReason)),
            Column("days", _("Days open"), DaysBetween("reported_on", "closed_on")),
        ),
        order=("-closed_on", "-pk"),
        splits=(
            by_choice("reason", _("By reason"), "close_reason", CloseReason),
            _TYPE,
            *_OF_CASE,
        ),
        example=Example(
            _("A case closed on 5 November and an open one: November has 1."),
            "2026-11",
            (
                given(
                    "case",
                    reported_on=date(2026, 10, 1),
                    status="closed",
                    closed_on=date(2026, 11, 5),
                    close_reason="solved",
                ),
                given("case"),
            ),
            1,
        ),
    ),
    case_figure(
        code="closing_days",
        label=_("Days until a case was closed"),
        unit=units.DAYS,
        kind=Kind.FLOW,
        date_field="closed_on",
        counts=_("The middle one of the days from report to closing, of all cases closed in the period."),
        leaves_out=_("Cases logged by mistake, restricted ones, and those still open."),
        empty_means=_("No case was closed: no figure."),
        rows=cases_closed_after_days,
        measure=Measure(How.MEDIAN, "days"),
        columns=(
            Column("closed", _("Closed on"), Field("closed_on")),
            *_CASE_COLUMNS,
            Column("days", _("Days open"), Field("days")),
        ),
        order=("-closed_on", "-pk"),
        example=Example(
            _("Closed 3, 5 and 40 days after the report: 5."),
            "2026-11",
            tuple(
                given(
                    "case",
                    reported_on=date(2026, 11, 10) - timedelta(days=days),
                    status="closed",
                    closed_on=date(2026, 11, 10),
                    close_reason="solved",
                )
                for days in (3, 5, 40)
            ),
            5,
        ),
    ),
    case_figure(
        code="restricted_cases",
        label=_("Restricted cases open"),
        kind=Kind.STOCK,
        date_field="reported_on, closed_on",
        counts=_("Open cases of suspected trafficking, sexual violence and neglect of children."),
        leaves_out=_("All other cases. Shown above village level; 1 to 4 are hidden."),
        empty_means=_("No such case is open. “<5” means 1 to 4, or hidden so that nothing gives them away."),
        rows=restricted_cases,
        rows_need=Permission.ANSWER_REFERRALS,
        names_need=Permission.ANSWER_REFERRALS,
        columns=(*_CASE_COLUMNS, _LAST_ACTION),
        order=("reported_on", "pk"),
        small_cells=True,
        example=Example(
            _("One case of suspected trafficking and one of unpaid wage: 1, shown as “<5” to the ministry."),
            "2026-11",
            (given("case", type="trafficking_suspected"), given("case")),
            1,
        ),
    ),
    referral_figure(
        code="referrals_waiting",
        label=_("Referrals waiting for an answer"),
        kind=Kind.STOCK,
        date_field="sent_on, answered_on",
        counts=_("Referrals to any body, sent or received, of cases that are with other bodies."),
        leaves_out=_("Referrals of restricted cases, and those of cases that ended meanwhile."),
        empty_means=_("Every referral is answered."),
        rows=referrals_waiting,
        order=("sent_on", "pk"),
        splits=(_BODY,),
        example=Example(
            _("A referral of 12 November without an answer, and one answered on 20 November: 1 waits."),
            "2026-11",
            (
                given("referral"),
                given("referral", status="answered", answered_on=date(2026, 11, 20), answer="Selesai."),
            ),
            1,
        ),
    ),
    referral_figure(
        code="referrals_sent",
        label=_("Referrals sent"),
        kind=Kind.FLOW,
        date_field="sent_on",
        counts=_("Referrals to any body sent on a day of the period, with their status of today."),
        leaves_out=_("Referrals of restricted cases."),
        empty_means=_("Nothing was referred."),
        rows=referrals_sent,
        order=("-sent_on", "-pk"),
        splits=(_BODY, by_choice("status", _("By status"), "status", ReferralStatus)),
        example=Example(
            _("Referrals of 12 November and of 30 October: November has 1."),
            "2026-11",
            (given("referral"), given("referral", sent_on=date(2026, 10, 30))),
            1,
        ),
    ),
    referral_figure(
        code="referral_days",
        label=_("Days until a case was referred"),
        unit=units.DAYS,
        kind=Kind.FLOW,
        date_field="sent_on",
        counts=_("The middle one of the days from report to referral, of all referrals of the period."),
        leaves_out=_("Referrals of restricted cases."),
        empty_means=_("Nothing was referred: no figure."),
        rows=referrals_after_days,
        measure=Measure(How.MEDIAN, "days"),
        order=("-sent_on", "-pk"),
        example=Example(
            _("Referred 2, 3 and 30 days after the report: 3."),
            "2026-11",
            tuple(given("referral", after=days) for days in (2, 3, 30)),
            3,
        ),
    ),
)
