"""When each village last wrote anything down."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import DateField, F, OuterRef, QuerySet, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import Greatest, TruncDate

from cooperatives.models import FinanceBody
from migrants.models import Case, CaseEvent, Migration, Person, ServiceVisit
from pillars.models import (
    BusinessGroup,
    CarerSession,
    ChildSession,
    LearningCentre,
    MentoringVisit,
    OutreachSession,
    Training,
)
from reports.indicators.programme import western
from villages.models import Village


def last_logged(codes: Sequence[str], today: date) -> dict[str, date | None]:
    """The last day up to today on which each village wrote anything down; None: never. One query.

    Counts the same records by the same days as `logged_between`.
    """
    moment = TruncDate("logged_at", tzinfo=western())
    latest = Greatest(
        _latest(ServiceVisit.objects.filter(withdrawn_at__isnull=True, visited_on__lte=today), "visited_on"),
        _latest(Migration.objects.filter(registered_on__lte=today), "registered_on"),
        _latest(Case.objects.filter(reported_on__lte=today), "reported_on"),
        _latest(CaseEvent.objects.filter(happened_on__lte=today), "happened_on", place="case__village"),
        _latest(OutreachSession.objects.standing().filter(held_on__lte=today), "held_on"),
        _latest(ChildSession.objects.standing().filter(held_on__lte=today), "held_on"),
        _latest(CarerSession.objects.standing().filter(held_on__lte=today), "held_on"),
        _latest(Training.objects.filter(first_on__lte=today), "first_on"),
        _latest(MentoringVisit.objects.filter(visited_on__lte=today), "visited_on"),
        _latest(BusinessGroup.objects.all(), moment),
        _latest(LearningCentre.objects.all(), moment),
        _latest(FinanceBody.objects.all(), moment),
        _latest(Person.objects.all(), TruncDate("registered_at", tzinfo=western())),
    )
    villages = Village.objects.filter(code__in=codes).order_by().annotate(_latest=latest)
    return dict(villages.values_list("code", "_latest"))


def _latest(rows: QuerySet, day: str | Combinable, *, place: str = "village") -> Subquery:
    """The newest day of a village's rows: one look at the end of an index where there is one."""
    newest = rows.filter(**{place: OuterRef("code")}).annotate(_day=F(day) if isinstance(day, str) else day)
    return Subquery(newest.order_by("-_day").values("_day")[:1], output_field=DateField())
