"""Figures of the service centre itself: who was reached in sessions, and what its officers did."""

from __future__ import annotations

from datetime import date
from functools import partial

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission
from pillars.enums import DutyKind, Internet
from pillars.models import DutyDay, ServiceCentre
from reports.indicators.programme import PLACES, VILLAGE_COLUMNS
from reports.indicators.shape import Column, Example, Indicator, Kind, Span, given
from reports.indicators.words import by_choice


def duty_days(span: Span) -> QuerySet[DutyDay]:
    """Days of the period about which an officer said what the duty was."""
    return DutyDay.objects.filter(day__range=(span.first, span.last))


def service_centres(_span: Span) -> QuerySet[ServiceCentre]:
    """Service centres that were described."""
    return ServiceCentre.objects.all()


centre_figure = partial(
    Indicator, rows_need=Permission.SEE_RECORD_ROWS, names_need=Permission.SEE_PILLARS, related=PLACES
)

SERVICE_CENTRE = (
    centre_figure(
        code="service_centres",
        label=_("Service centres described"),
        unit=_("centres"),
        grain=_("One service centre; a village has one."),
        source=ServiceCentre,
        kind=Kind.NOW,
        date_field="logged_at",
        counts=_("Villages that wrote down where and when their service centre is open."),
        leaves_out=_("Centres nobody described, though they may be at work."),
        empty_means=_("No village described its centre."),
        rows=service_centres,
        columns=(
            *VILLAGE_COLUMNS[:3],
            Column("place", _("Place"), lambda row: row.place),
            Column("hours", _("Opening hours"), lambda row: row.opening_hours),
            Column("internet", _("Internet"), lambda row: row.get_internet_display()),
        ),
        order=("village__name", "-pk"),
        splits=(by_choice("internet", _("By internet"), "internet", Internet),),
        detail="pillars:service-detail",
        example=Example(
            _("Two villages described their centres: 2."),
            "2026-11",
            (given("service_centre"), given("service_centre", village="33.25.14.2002")),
            2,
        ),
    ),
    centre_figure(
        code="duty_days",
        label=_("Duty days of officers"),
        unit=_("duty days"),
        grain=_("One day of one officer."),
        source=DutyDay,
        kind=Kind.FLOW,
        date_field="day",
        counts=_("Days on which an officer was at the desk, in the field, away, on leave or sick."),
        leaves_out=_("Days that the log proposes and the officer has not confirmed."),
        empty_means=_("No officer said anything."),
        rows=duty_days,
        columns=(
            Column("date", _("Date"), lambda row: row.day),
            *VILLAGE_COLUMNS[:3],
            Column("officer", _("Officer"), lambda row: row.officer.full_name, named=True),
            Column("kind", _("Duty"), lambda row: row.get_kind_display()),
        ),
        order=("-day", "-pk"),
        related=(*PLACES, "officer"),
        splits=(by_choice("kind", _("By duty"), "kind", DutyKind),),
        example=Example(
            _("Two days of November and one of October: November has 2."),
            "2026-11",
            (
                given("duty_day"),
                given("duty_day", day=date(2026, 11, 4)),
                given("duty_day", day=date(2026, 10, 28)),
            ),
            2,
        ),
    ),
)
