"""Figures of the programme itself: villages, their officers, and who has fallen silent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from django.conf import settings
from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from accounts.roles import Level, Permission
from reports.indicators import units
from reports.indicators.reading import Choice, Field, VillageName
from reports.indicators.shape import Column, Example, Indicator, Kind, Over, Span, given
from reports.indicators.words import by_choice, by_cohort, by_told
from reports.queries.villages import logged_between
from villages.enums import Certainty, Stage
from villages.models import Designation, OfficerAssignment
from villages.queries import (
    OFFICERS_A_VILLAGE,
    assignments_ending,
    designations_active,
    designations_ever,
    officer_gaps,
    officers_serving,
    stage_on,
)


def places_of(path: str) -> tuple[Column, Column]:
    """Village and district of what lies at the path: "grant__"."""
    return (
        Column("village", _("Village"), VillageName(f"{path}village"), level=Level.VILLAGE),
        Column("district", _("District"), Field(f"{path}district__name"), level=Level.DISTRICT),
    )


VILLAGE_COLUMNS = (
    Column("code", _("Code"), Field("village_id"), file_only=True),
    *places_of(""),
    Column("province", _("Province"), Field("province__name"), level=Level.PROVINCE),
)
PLACES = ("village", "district", "province")


def _begun_by(day: date) -> Q:
    """Designated by that day. One whose day and year are unknown counts at every day."""
    return (Q(designated_on__isnull=True) | Q(designated_on__lte=day)) & (
        Q(cohort_year__isnull=True) | Q(cohort_year__lte=day.year)
    )


def designations(span: Span) -> QuerySet[Designation]:
    """Designations made by the day of the span, whatever became of them since."""
    return designations_ever().filter(_begun_by(span.day))


def active_villages(span: Span) -> QuerySet[Designation]:
    """Designations of the villages in the programme on the day: expected to have officers and to log."""
    return designations_active(on=span.day)


def serving_officers(span: Span) -> QuerySet[OfficerAssignment]:
    """Assignments serving on the day in villages that are in the programme."""
    return officers_serving(span.day).filter(
        Exists(active_villages(span).filter(village=OuterRef("village_id")))
    )


def villages_short_of_officers(span: Span) -> QuerySet[Designation]:
    """Designations of villages in the programme with fewer than two officers on the day; `officers` says how
    many serve."""
    return officer_gaps(on=span.day)


def assignments_ending_soon(span: Span) -> QuerySet[OfficerAssignment]:
    """Assignments serving on the day that end within the days of the setting, nobody following."""
    successor = OfficerAssignment.objects.filter(
        village=OuterRef("village_id"), slot=OuterRef("slot"), starts_on__gt=OuterRef("ends_on")
    )
    ending = assignments_ending(on=span.day, within_days=settings.ASSIGNMENT_ENDS_SOON_DAYS)
    return ending.filter(
        ~Exists(successor), Exists(active_villages(span).filter(village=OuterRef("village_id")))
    )


def silent_villages(span: Span) -> QuerySet[Designation]:
    """Designations of villages in the programme that wrote nothing in the last days of the setting."""
    first = span.day - timedelta(days=settings.SILENT_AFTER_DAYS - 1)
    return active_villages(span).filter(_begun_by(first), ~logged_between(first, span.day))


_COHORT = Column("cohort", _("Cohort"), Field("cohort_year"))
_STAGE = Column("stage", _("Stage"), Choice("stage", Stage))
_OFFICER = Column("officer", _("Officer"), Field("user__full_name"), named=True)
_LAST_DAY = Column("ends", _("Last day"), Field("ends_on"))
_BY_STAGE = replace(
    by_choice("stage", _("By stage"), "stage", Stage), expression=lambda span: stage_on(span.day)
)


def _wrote(span: Span) -> Case:
    logged = When(logged_between(span.first, span.last), then=Value("yes"))
    return Case(logged, default=Value("no"), output_field=CharField())


WROTE = replace(
    by_told(
        "wrote", _("By whether they wrote"), {"yes": _("Wrote something down"), "no": _("Wrote nothing")}, []
    ),
    expression=_wrote,
)

standing_figure = partial(
    Indicator,
    kind=Kind.STOCK,
    told_by_villages=False,
    rows_need=Permission.SEE_FIGURES,
    detail="villages:village-detail",
    detail_key="village_id",
)
village_figure = partial(
    standing_figure,
    source=Designation,
    names_need=Permission.SEE_FIGURES,
    order=("village_id", "pk"),
    related=PLACES,
)
officer_figure = partial(
    standing_figure,
    source=OfficerAssignment,
    names_need=Permission.MANAGE_OFFICERS,
    related=(*PLACES, "user"),
)

PROGRAMME = (
    village_figure(
        code="villages_designated",
        label=_("Villages designated"),
        unit=units.DESIGNATIONS,
        grain=_("One designation of a village."),
        date_field="designated_on, cohort_year",
        counts=_("Designations made by the day, independent and inactive villages included."),
        leaves_out=_(
            "Proposed and surveyed villages. A village designated again after leaving counts once for each."
        ),
        empty_means=_(
            "No designation is recorded. A designation without a year counts at every day, in no cohort."
        ),
        rows=designations,
        columns=(
            *VILLAGE_COLUMNS,
            _COHORT,
            _STAGE,
            Column("certainty", _("Certainty"), Choice("certainty", Certainty)),
            Column("source", _("Source"), Field("source")),
        ),
        splits=(
            by_cohort("cohort", _("By cohort"), "cohort_year"),
            _BY_STAGE,
            by_choice("certainty", _("By certainty"), "certainty", Certainty),
        ),
        example=Example(
            _("A village of cohort 2018, a village without a year and a proposed village: 2 are designated."),
            "2026-11",
            (
                given("designation", cohort_year=2018),
                given("designation", village="33.25.14.2002", cohort_year=None),
                given("designation", village="33.25.14.2003", stage="proposed", cohort_year=None),
            ),
            2,
        ),
    ),
    village_figure(
        code="villages_active",
        label=_("Villages in the programme"),
        unit=units.VILLAGES,
        grain=_("One village."),
        date_field="designated_on, ended_on",
        counts=_("Villages designated by the day and still carried by the programme: they should log."),
        leaves_out=_("Proposed, independent and inactive villages, and those that left by the day."),
        empty_means=_("No village is in the programme."),
        rows=active_villages,
        columns=(*VILLAGE_COLUMNS, _COHORT, _STAGE),
        splits=(_BY_STAGE, WROTE),
        example=Example(
            _("A facilitated village, an independent one and one that left on 1 November: 1 is active."),
            "2026-11",
            (
                given("designation"),
                given("designation", village="33.25.14.2002", stage="independent"),
                given(
                    "designation", village="33.25.14.2003", ended_on=date(2026, 11, 1), end_reason="Selesai"
                ),
            ),
            1,
        ),
    ),
    officer_figure(
        code="officers_in_post",
        label=_("Officers in post"),
        unit=units.OFFICERS,
        grain=_("One assignment of an officer to a village."),
        date_field="starts_on, ends_on",
        counts=_("Assignments that cover the day, in villages that are in the programme."),
        leaves_out=_("Officers of independent, inactive and proposed villages."),
        empty_means=_("Nobody serves; two officers are needed for each village in the programme."),
        rows=serving_officers,
        over=Over(_("needed, two a village"), active_villages, OFFICERS_A_VILLAGE),
        columns=(
            *VILLAGE_COLUMNS,
            _OFFICER,
            Column("slot", _("Place"), Field("slot")),
            Column("starts", _("Starts on"), Field("starts_on")),
            _LAST_DAY,
        ),
        order=("village_id", "slot", "pk"),
        example=Example(
            _("Two officers serve in one village, one in another; a fourth left in October: 3 of 4."),
            "2026-11",
            (
                given("designation"),
                given("designation", village="33.25.14.2002"),
                given("assignment", slot=1),
                given("assignment", slot=2),
                given("assignment", village="33.25.14.2002", slot=1),
                given("assignment", village="33.25.14.2002", slot=2, ends_on=date(2026, 10, 31)),
            ),
            3,
            4,
        ),
    ),
    village_figure(
        code="officer_gaps",
        label=_("Villages short of officers"),
        unit=units.VILLAGES,
        grain=_("One village."),
        date_field="starts_on, ends_on",
        counts=_("Villages in the programme with fewer than two officers on the day."),
        leaves_out=_("Villages where two officers serve, whatever their term."),
        empty_means=_("Every village has two officers."),
        rows=villages_short_of_officers,
        columns=(
            *VILLAGE_COLUMNS,
            Column("officers", _("Officers in post"), Field("officers")),
            _STAGE,
        ),
        example=Example(
            _("One village has two officers, another has one: 1 is short."),
            "2026-11",
            (
                given("designation"),
                given("designation", village="33.25.14.2002"),
                given("assignment", slot=1),
                given("assignment", slot=2),
                given("assignment", village="33.25.14.2002", slot=1),
            ),
            1,
        ),
    ),
    officer_figure(
        code="assignments_ending",
        label=_("Assignments ending soon"),
        unit=units.OFFICERS,
        grain=_("One assignment of an officer to a village."),
        date_field="ends_on",
        counts=_("Officers in post whose term ends within 90 days, nobody following them."),
        leaves_out=_("Terms that ended, and places where a successor is already assigned."),
        empty_means=_("No term ends soon."),
        rows=assignments_ending_soon,
        columns=(*VILLAGE_COLUMNS, _OFFICER, _LAST_DAY),
        order=("ends_on", "pk"),
        example=Example(
            _("Terms end on 31 January 2027 and on 31 December 2027; on 23 November 2026 1 ends soon."),
            "2026-11",
            (
                given("designation"),
                given("assignment", slot=1, ends_on=date(2027, 1, 31)),
                given("assignment", slot=2, ends_on=date(2027, 12, 31)),
            ),
            1,
        ),
    ),
    village_figure(
        code="villages_silent",
        label=_("Silent villages"),
        unit=units.VILLAGES,
        grain=_("One village."),
        date_field="visited_on, registered_on, reported_on, happened_on, held_on, registered_at, logged_at",
        counts=_("Villages in the programme that wrote down nothing of any kind in the last 30 days."),
        leaves_out=_("Villages designated less than 30 days before. Withdrawn visits are not writing."),
        empty_means=_("Every village wrote something."),
        rows=silent_villages,
        columns=(*VILLAGE_COLUMNS, _COHORT, _STAGE),
        example=Example(
            _("One village logged a visit on 20 November, another last on 1 October: 1 is silent."),
            "2026-11",
            (
                given("designation"),
                given("designation", village="33.25.14.2002"),
                given("visit", visited_on=date(2026, 11, 20)),
                given("visit", village="33.25.14.2002", visited_on=date(2026, 10, 1)),
            ),
            1,
        ),
    ),
)
