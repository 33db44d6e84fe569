"""Figures of community parenting (domain.md 4.2). Nothing of a child leaves the village but counts, and 1 to
4 of them are hidden above it; the records behind them are read on the village's own pages, where every look
is on record (`private`)."""

from __future__ import annotations

from functools import partial

from django.db.models import CharField, Count, DateField, Exists, F, Func, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission
from migrants.enums import Sex
from pillars.enums import CarerTopic, ChildTheme, SchoolLevel, SchoolStanding
from pillars.models import Attendance, CarerPresent, Child, ChildSession, HomeVisit, SchoolStatus
from reports.counting import Question
from reports.indicators import units
from reports.indicators.pillar_roots import pillar_figure
from reports.indicators.programme import PLACES, VILLAGE_COLUMNS
from reports.indicators.reading import Choice, Field
from reports.indicators.shape import Column, Example, Indicator, Kind, Over, Span, given
from reports.indicators.words import by_choice

RISKS = (SchoolStanding.AT_RISK, SchoolStanding.DROPPED_OUT)


def children_served(span: Span) -> QuerySet[Child]:
    """Children who came to a session in the period."""
    came = Attendance.objects.filter(
        child=OuterRef("pk"),
        present=True,
        session__held_on__range=(span.first, span.last),
        session__withdrawn_at__isnull=True,
    )
    return Child.objects.filter(Exists(came))


def _month(day: str) -> Func:
    return Func(F(day), template="to_char(%(expressions)s, 'MM')", output_field=CharField())


def children_served_monthly(year: Span) -> Question:
    """Children who came in each month of the year, by district."""
    children = Count("child", distinct=True)
    return Question(children_came(year), "district_id", _month("session__held_on"), children)


def followed_up_monthly(year: Span) -> Question:
    """Children at risk since a day of each month who were visited at home within it, by district."""
    last = Func(
        OuterRef("since"),
        template="(date_trunc('month', %(expressions)s) + interval '1 month - 1 day')::date",
        output_field=DateField(),
    )
    visits = HomeVisit.objects.filter(
        child=OuterRef("child"), visited_on__gte=OuterRef("since"), visited_on__lte=last
    )
    return Question(children_at_risk(year).filter(Exists(visits)), "district_id", _month("since"))


def child_sessions(span: Span) -> QuerySet[ChildSession]:
    """Sessions with children held in the period."""
    return ChildSession.objects.standing().filter(held_on__range=(span.first, span.last))


def children_listed(span: Span) -> QuerySet[Attendance]:
    """Every place on a roll of the period's sessions."""
    return Attendance.objects.filter(
        session__held_on__range=(span.first, span.last), session__withdrawn_at__isnull=True
    )


def children_came(span: Span) -> QuerySet[Attendance]:
    """Places on a roll whose child was there."""
    return children_listed(span).filter(present=True)


def carers_trained(span: Span) -> QuerySet[CarerPresent]:
    """Heads at classes for carers in the period."""
    return CarerPresent.objects.filter(
        session__held_on__range=(span.first, span.last), session__withdrawn_at__isnull=True
    )


def children_at_risk(span: Span) -> QuerySet[SchoolStatus]:
    """Standings of risk that began in the period."""
    return SchoolStatus.objects.filter(status__in=RISKS, since__range=(span.first, span.last))


def children_followed_up(span: Span) -> QuerySet[SchoolStatus]:
    """Those of them after which somebody was at the child's home."""
    visits = HomeVisit.objects.filter(
        child=OuterRef("child"), visited_on__gte=OuterRef("since"), visited_on__lte=span.last
    )
    return children_at_risk(span).filter(Exists(visits))


def dropouts_prevented(span: Span) -> QuerySet[SchoolStatus]:
    """Children at risk who attend school again since a day of the period."""
    return SchoolStatus.objects.filter(
        status=SchoolStanding.ATTENDING,
        before=SchoolStanding.AT_RISK,
        since__range=(span.first, span.last),
    )


child_figure = partial(
    Indicator,
    kind=Kind.FLOW,
    rows_need=Permission.SEE_CHILDREN,
    names_need=Permission.SEE_CHILDREN,
    small_cells=True,
    private=True,
    columns=VILLAGE_COLUMNS[:3],
    related=PLACES,
    order=("-pk",),
)

_STANDING = by_choice(
    "status", _("By school standing"), "status", SchoolStanding, without=(SchoolStanding.ATTENDING,)
)

PARENTING = (
    child_figure(
        code="children_served",
        label=_("Children served"),
        unit=units.CHILDREN,
        grain=_("One child of a learning centre."),
        source=Child,
        date_field="attendances.session.held_on",
        counts=_("Children who came to at least one session in the period, each once."),
        leaves_out=_("Children on a list who did not come. Months do not add up to a year."),
        empty_means=_("No child came to a session."),
        rows=children_served,
        month_of="",
        month_counts=children_served_monthly,
        splits=(
            by_choice("sex", _("By sex"), "sex", Sex),
            by_choice("level", _("By school level"), "level", SchoolLevel),
        ),
        example=Example(
            _("One child came on 5 November, another last on 28 October: November has 1."),
            "2026-11",
            (given("child_came"), given("child_came", held_on="2026-10-28")),
            1,
        ),
    ),
    pillar_figure(
        code="child_sessions",
        label=_("Sessions with children"),
        unit=units.SESSIONS,
        grain=_("One session of a learning centre."),
        source=ChildSession,
        kind=Kind.FLOW,
        date_field="held_on",
        counts=_("Sessions held on a day of the period, on any theme."),
        leaves_out=_("Classes for carers; home visits."),
        empty_means=_("No session was held."),
        rows=child_sessions,
        columns=(
            Column("date", _("Date"), Field("held_on")),
            *VILLAGE_COLUMNS[:3],
            Column("theme", _("Theme"), Choice("theme", ChildTheme)),
        ),
        order=("-held_on", "-pk"),
        splits=(by_choice("theme", _("By theme"), "theme", ChildTheme),),
        example=Example(
            _("Sessions on 5 November and on 28 October: November has 1."),
            "2026-11",
            (given("child_session"), given("child_session", held_on="2026-10-28")),
            1,
        ),
    ),
    child_figure(
        code="child_attendance",
        label=_("Attendance of children"),
        unit=units.ATTENDANCES,
        grain=_("One child on the roll of one session."),
        source=Attendance,
        date_field="session.held_on",
        counts=_("How often a child on the roll was there, of how often it could have been."),
        leaves_out=_("Children who were not on the list on the day of a session."),
        empty_means=_("No child came, or no session was held."),
        rows=children_came,
        over=Over(units.PLACES_ON_A_ROLL, children_listed),
        example=Example(
            _("Of three children on the roll of 5 November two came: 2 of 3."),
            "2026-11",
            (given("rolled"), given("rolled"), given("rolled", present=False)),
            2,
            3,
        ),
    ),
    pillar_figure(
        code="carers_trained",
        label=_("Carers at classes"),
        unit=units.CARERS,
        grain=_("One head at one class for carers."),
        source=CarerPresent,
        kind=Kind.FLOW,
        date_field="session.held_on",
        counts=_("Carers present at classes held in the period, recorded or counted."),
        leaves_out=_("Nobody: a carer who came twice counts twice."),
        empty_means=_("No class for carers was held."),
        rows=carers_trained,
        columns=(
            Column("date", _("Date"), Field("session__held_on")),
            *VILLAGE_COLUMNS[:3],
            Column("topic", _("Topic"), Choice("session__topic", CarerTopic)),
            Column("sex", _("Sex"), Choice("sex", Sex)),
        ),
        related=(*PLACES, "session"),
        order=("-session__held_on", "-pk"),
        splits=(
            by_choice("sex", _("By sex"), "sex", Sex),
            by_choice("topic", _("By topic"), "session__topic", CarerTopic),
        ),
        example=Example(
            _("Two women and a man came to the class of 6 November: 3."),
            "2026-11",
            (given("carer"), given("carer"), given("carer", sex="male")),
            3,
        ),
    ),
    child_figure(
        code="children_at_risk",
        label=_("Children newly at risk at school"),
        unit=units.CHILDREN,
        grain=_("One standing at school that began."),
        source=SchoolStatus,
        date_field="since",
        counts=_("Children who came to be at risk of dropping out, or dropped out, in the period."),
        leaves_out=_("Children who stood so before the period. At risk, then dropped out: two."),
        empty_means=_("No child came to be at risk."),
        rows=children_at_risk,
        splits=(
            by_choice("status", _("By school standing"), "status", SchoolStanding, without=("attending",)),
        ),
        example=Example(
            _("At risk since 2 November, another since 28 October: November has 1."),
            "2026-11",
            (given("at_risk"), given("at_risk", since="2026-10-28")),
            1,
        ),
    ),
    child_figure(
        code="children_followed_up",
        label=_("Children at risk followed up"),
        unit=units.CHILDREN,
        grain=_("One standing at school that began."),
        source=SchoolStatus,
        date_field="since",
        counts=_("Children newly at risk whom somebody visited at home since, within the period."),
        leaves_out=_("Visits before the risk was written down."),
        empty_means=_("No child newly at risk was visited."),
        rows=children_followed_up,
        month_of="",
        month_counts=followed_up_monthly,
        example=Example(
            _("At risk since 2 November: one visited on 9 November, one not: 1."),
            "2026-11",
            (given("at_risk", visited_on="2026-11-09"), given("at_risk")),
            1,
        ),
    ),
    child_figure(
        code="dropouts_prevented",
        label=_("Dropouts prevented"),
        unit=units.CHILDREN,
        grain=_("One standing at school that began."),
        source=SchoolStatus,
        date_field="since",
        counts=_("Children at risk of dropping out who attend school again since a day of the period."),
        leaves_out=_("Children who had dropped out and came back; children still at risk."),
        empty_means=_("No child at risk came back to school."),
        rows=dropouts_prevented,
        example=Example(
            _("One at risk attends again since 16 November, one is still at risk: 1."),
            "2026-11",
            (
                given("at_risk", status="attending", before="at_risk", since="2026-11-16"),
                given("at_risk"),
            ),
            1,
        ),
    ),
)
