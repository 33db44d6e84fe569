"""Figures of the service centre itself: who was reached in sessions, and what its officers did."""

from __future__ import annotations

from datetime import date
from functools import partial

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission
from pillars.enums import DutyKind, Internet, NoticeKind
from pillars.models import DutyDay, Notice, OutreachSession, RecruiterSighting, ServiceCentre
from reports.indicators import units
from reports.indicators.programme import PLACES, VILLAGE_COLUMNS
from reports.indicators.reading import Choice, Field
from reports.indicators.shape import Column, Example, How, Indicator, Kind, Measure, Span, given
from reports.indicators.words import by_choice


def duty_days(span: Span) -> QuerySet[DutyDay]:
    """Days of the period about which an officer said what the duty was."""
    return DutyDay.objects.filter(day__range=(span.first, span.last))


def service_centres(span: Span) -> QuerySet[ServiceCentre]:
    """Service centres that were described by the day."""
    return ServiceCentre.objects.filter(logged_at__date__lte=span.day)


def sessions_held(span: Span) -> QuerySet[OutreachSession]:
    """Public sessions held in the period."""
    return OutreachSession.objects.standing().filter(held_on__range=(span.first, span.last))


def recruiters_seen(span: Span) -> QuerySet[RecruiterSighting]:
    """Recruiters seen in the period."""
    return RecruiterSighting.objects.standing().filter(seen_on__range=(span.first, span.last))


def illicit_offers(span: Span) -> QuerySet[Notice]:
    """Warnings that villages put up from a day of the period on."""
    rows = Notice.objects.filter(kind=NoticeKind.WARNING, village__isnull=False, withdrawn_on__isnull=True)
    return rows.filter(valid_from__range=(span.first, span.last))


def notices_shown(span: Span) -> QuerySet[Notice]:
    """What villages themselves had on their boards on the day: begun, not over, not withdrawn by then."""
    not_over = Q(valid_until__isnull=True) | Q(valid_until__gte=span.day)
    hanging = Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=span.day)
    return Notice.objects.filter(not_over, hanging, valid_from__lte=span.day, village__isnull=False)


centre_figure = partial(
    Indicator, rows_need=Permission.SEE_RECORD_ROWS, names_need=Permission.SEE_PILLARS, related=PLACES
)

attendance_figure = partial(
    centre_figure,
    unit=units.PEOPLE_PRESENT,
    grain=_("One public information session."),
    source=OutreachSession,
    kind=Kind.FLOW,
    date_field="held_on",
    leaves_out=_("Sessions whose names are still to be ticked. Who came to two sessions counts in each."),
    empty_means=_("No session was held."),
    rows=sessions_held,
    columns=(
        Column("date", _("Date"), Field("held_on")),
        *VILLAGE_COLUMNS[:3],
        Column("women", _("Women present"), Field("women")),
        Column("men", _("Men present"), Field("men")),
    ),
    order=("-held_on", "-pk"),
    detail="pillars:outreach-detail",
)

SERVICE_CENTRE = (
    attendance_figure(
        code="outreach_women",
        label=_("Women at public sessions"),
        counts=_("Women present at the sessions of the period, counted or ticked by name."),
        measure=Measure(How.SUM, "women"),
        example=Example(
            _("20 women on 5 November and 7 on 6 November: 27."),
            "2026-11",
            (given("session"), given("session", held_on=date(2026, 11, 6), women=7)),
            27,
        ),
    ),
    attendance_figure(
        code="outreach_men",
        label=_("Men at public sessions"),
        counts=_("Men present at the sessions of the period, counted or ticked by name."),
        measure=Measure(How.SUM, "men"),
        example=Example(
            _("15 men on 5 November and 4 on 6 November: 19."),
            "2026-11",
            (given("session"), given("session", held_on=date(2026, 11, 6), men=4)),
            19,
        ),
    ),
    centre_figure(
        code="recruiters_seen",
        label=_("Recruiters seen"),
        unit=units.SIGHTINGS,
        grain=_("One recruiter seen on one day in one village."),
        source=RecruiterSighting,
        kind=Kind.FLOW,
        date_field="seen_on",
        counts=_("Recruiters seen on a day of the period, of licensed companies and of others."),
        leaves_out=_("Recruiters nobody wrote down."),
        empty_means=_("No recruiter was written down."),
        rows=recruiters_seen,
        columns=(
            Column("date", _("Date"), Field("seen_on")),
            *VILLAGE_COLUMNS[:3],
            Column("company", _("Company"), Field("company"), named=True),
            Column("licence", _("Licence number shown"), Field("licence"), named=True),
            Column("officer", _("Name of the field officer"), Field("field_officer"), named=True),
            Column("letter", _("Number of the task letter"), Field("task_letter"), named=True),
        ),
        order=("-seen_on", "-pk"),
        detail="pillars:recruiter-detail",
        example=Example(
            _("A recruiter seen on 6 November and one on 28 October: November has 1."),
            "2026-11",
            (given("recruiter"), given("recruiter", seen_on=date(2026, 10, 28))),
            1,
        ),
    ),
    centre_figure(
        code="illicit_offers_reported",
        label=_("Warnings of illegal offers"),
        unit=units.WARNINGS,
        grain=_("One warning on the information board of one village."),
        source=Notice,
        kind=Kind.FLOW,
        date_field="valid_from",
        counts=_("Warnings of illegal offers that villages put up, valid from a day of the period."),
        leaves_out=_("Warnings of the district, and those that were withdrawn."),
        empty_means=_("No village put up a warning."),
        rows=illicit_offers,
        columns=(
            Column("date", _("Date"), Field("valid_from")),
            *VILLAGE_COLUMNS[:3],
            Column("title", _("Heading"), Field("title"), named=True),
            Column("source", _("Source"), Field("source"), named=True),
        ),
        order=("-valid_from", "-pk"),
        detail="pillars:notice-detail",
        example=Example(
            _("Warnings of 6 November and 28 October, and a job order of 6 November: November has 1."),
            "2026-11",
            (
                given("notice"),
                given("notice", valid_from=date(2026, 10, 28)),
                given("notice", kind="job", destination="HKG", job="CARE", valid_until=date(2026, 12, 31)),
            ),
            1,
        ),
    ),
    centre_figure(
        code="notices_shown",
        label=_("Notices on the board"),
        unit=units.NOTICES,
        grain=_("One notice of one village."),
        source=Notice,
        kind=Kind.STOCK,
        date_field="valid_from, valid_until",
        counts=_("Job orders, training offers and warnings of villages that were valid on the day."),
        leaves_out=_("Notices of the district, those that were over, and those withdrawn by then."),
        empty_means=_("No village had a notice on its board."),
        rows=notices_shown,
        columns=(
            Column("date", _("Date"), Field("valid_from")),
            Column("until", _("Valid until"), Field("valid_until")),
            *VILLAGE_COLUMNS[:3],
            Column("kind", _("Kind"), Choice("kind", NoticeKind)),
            Column("title", _("Heading"), Field("title"), named=True),
            Column("source", _("Source"), Field("source"), named=True),
            Column("list", _("Imported list"), Field("from_list"), named=True),
        ),
        order=("-valid_from", "-pk"),
        splits=(by_choice("kind", _("By kind"), "kind", NoticeKind),),
        detail="pillars:notice-detail",
        example=Example(
            _("A warning without an end and an offer that ended in October: November has 1."),
            "2026-11",
            (
                given("notice"),
                given("notice", valid_from=date(2026, 10, 1), valid_until=date(2026, 10, 28)),
            ),
            1,
        ),
    ),
    centre_figure(
        code="service_centres",
        label=_("Service centres described"),
        unit=units.CENTRES,
        grain=_("One service centre; a village has one."),
        source=ServiceCentre,
        kind=Kind.STOCK,
        date_field="logged_at",
        counts=_("Villages that wrote down by the day where and when their service centre is open."),
        leaves_out=_("Centres nobody described, though they may be at work."),
        empty_means=_("No village described its centre."),
        rows=service_centres,
        columns=(
            *VILLAGE_COLUMNS[:3],
            Column("place", _("Place"), Field("place")),
            Column("hours", _("Opening hours"), Field("opening_hours")),
            Column("internet", _("Internet"), Choice("internet", Internet)),
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
        unit=units.DUTY_DAYS,
        grain=_("One day of one officer."),
        source=DutyDay,
        kind=Kind.FLOW,
        date_field="day",
        counts=_("Days on which an officer was at the desk, in the field, away, on leave or sick."),
        leaves_out=_("Days that the log proposes and the officer has not confirmed."),
        empty_means=_("No officer said anything."),
        rows=duty_days,
        columns=(
            Column("date", _("Date"), Field("day")),
            *VILLAGE_COLUMNS[:3],
            Column("officer", _("Officer"), Field("officer__full_name"), named=True),
            Column("kind", _("Duty"), Choice("kind", DutyKind)),
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
