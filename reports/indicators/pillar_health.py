"""Health of the four pillars: in how many villages of the programme each of them shows that it is at work.

What exists may stand still: a pillar is at work where somebody wrote down something done in it in the period.
"""

from __future__ import annotations

from functools import partial

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cooperatives.models import JournalEntry
from migrants.models import ServiceVisit
from pillars.models import (
    CarerSession,
    ChildSession,
    MentoringVisit,
    OutreachSession,
    Training,
    Turnover,
)
from reports.indicators import units
from reports.indicators.programme import VILLAGE_COLUMNS, active_villages, village_figure
from reports.indicators.shape import Example, Given, Indicator, Kind, Over, Span, given
from reports.queries.villages import Trace
from villages.models import Designation

SERVICES = (
    Trace(lambda: ServiceVisit.objects.filter(withdrawn_at__isnull=True), "visited_on"),
    Trace(OutreachSession.objects.standing, "held_on"),
)
BUSINESS = (
    Trace(Turnover.objects.all, "first_day", place="business__village"),
    Trace(MentoringVisit.objects.all, "visited_on"),
    Trace(Training.objects.all, "last_on"),
)
PARENTING = (
    Trace(ChildSession.objects.standing, "held_on"),
    Trace(CarerSession.objects.standing, "held_on"),
)
BOOKS = (Trace(JournalEntry.objects.all, "day", place="body__village"),)


def villages_at_work(span: Span, *, by: tuple[Trace, ...]) -> QuerySet[Designation]:
    """Villages in the programme on the day with such a record of a day of the period."""
    anything = Q()
    for trace in by:
        anything |= Q(Exists(trace.of(OuterRef("village_id")).filter(trace.within(span.first, span.last))))
    return active_villages(span).filter(anything)


def _health(
    code: str, label: str | Promise, counts: str | Promise, by: tuple[Trace, ...], sign: Given
) -> Indicator:
    return village_figure(
        code=code,
        label=label,
        unit=units.VILLAGES,
        grain=_("One village."),
        kind=Kind.FLOW,
        date_field="designated_on, ended_on",
        month_of="",
        counts=counts,
        leaves_out=_("Villages where the pillar exists, but nothing was written down of it in the period."),
        empty_means=_("The pillar was at work in no village."),
        rows=partial(villages_at_work, by=by),
        over=Over(units.VILLAGES_IN_THE_PROGRAMME, active_villages),
        columns=VILLAGE_COLUMNS,
        example=Example(
            _("Of two villages in the programme one wrote down something of the pillar: 1 of 2."),
            "2026-11",
            (given("designation"), given("designation", village="33.25.14.2002"), sign),
            1,
            over=2,
        ),
    )


PILLAR_HEALTH = (
    _health(
        "villages_with_services",
        _("Villages whose service centre is at work"),
        _("Villages in the programme that logged a service or held an outreach session in the period."),
        SERVICES,
        given("visit"),
    ),
    _health(
        "villages_with_business",
        _("Villages whose businesses are at work"),
        _("Villages in the programme with a turnover noted, a mentoring visit or a training in the period."),
        BUSINESS,
        given("mentoring"),
    ),
    _health(
        "villages_with_parenting",
        _("Villages whose community parenting is at work"),
        _("Villages in the programme that held a session with children or carers in the period."),
        PARENTING,
        given("child_session"),
    ),
    _health(
        "villages_with_books",
        _("Villages whose cooperative is at work"),
        _("Villages in the programme with an entry in the books of a finance body in the period."),
        BOOKS,
        given("saving", amount=50_000),
    ),
)
