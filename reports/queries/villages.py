"""What a village wrote down, and when: whether in some days, and when last."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import DateField, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Greatest, TruncDate

from cooperatives.models import FinanceBody
from migrants.models import Case, CaseEvent, Migration, Person, ServiceVisit
from periods.clock import WIB
from pillars.models import (
    BusinessGroup,
    CarerSession,
    ChildSession,
    LearningCentre,
    MentoringVisit,
    OutreachSession,
    Training,
)
from villages.models import Village

WESTERN = ZoneInfo(WIB)  # the zone in which records count that carry only a moment of writing


@dataclass(frozen=True)
class Trace:
    """Records by which a village shows that it is at work. `day`: the day on which it was done; `moment`, of
    what has no such day: when it was written down. `place`: the way to the village."""

    rows: Callable[[], QuerySet[Any]]
    day: str = ""
    moment: str = ""
    place: str = "village"

    def of(self, code: OuterRef) -> QuerySet[Any]:
        """The records of the village of a row outside."""
        return self.rows().filter(**{self.place: code})

    def within(self, first: date, last: date) -> Q:
        """Dated in these days, both included."""
        if self.day:
            return Q(**{f"{self.day}__range": (first, last)})
        ends = _start_of(first), _start_of(last + timedelta(days=1))
        return Q(**{f"{self.moment}__gte": ends[0], f"{self.moment}__lt": ends[1]})

    def newest(self, code: OuterRef, today: date) -> Subquery:
        """The newest day up to today: one look at the end of an index where there is one."""
        rows = self.of(code)
        if self.day:
            dated = rows.filter(**{f"{self.day}__lte": today}).annotate(_day=F(self.day))
        else:
            dated = rows.annotate(_day=TruncDate(self.moment, tzinfo=WESTERN))
        return Subquery(dated.order_by("-_day").values("_day")[:1], output_field=DateField())


TRACES = (
    Trace(lambda: ServiceVisit.objects.filter(withdrawn_at__isnull=True), "visited_on"),
    Trace(Migration.objects.all, "registered_on"),
    # Restricted cases leave no trace: a village that wrote nothing else would be known to have one.
    Trace(lambda: Case.objects.filter(restricted=False), "reported_on"),
    Trace(lambda: CaseEvent.objects.filter(case__restricted=False), "happened_on", place="case__village"),
    Trace(OutreachSession.objects.standing, "held_on"),
    Trace(ChildSession.objects.standing, "held_on"),
    Trace(CarerSession.objects.standing, "held_on"),
    Trace(Training.objects.all, "first_on"),
    Trace(MentoringVisit.objects.all, "visited_on"),
    Trace(BusinessGroup.objects.all, moment="logged_at"),
    Trace(LearningCentre.objects.all, moment="logged_at"),
    Trace(FinanceBody.objects.all, moment="logged_at"),
    Trace(Person.objects.all, moment="registered_at"),
)


def logged_between(first: date, last: date) -> Q:
    """Whether the village of a row (`village_id`) wrote down anything dated in these days, both included.

    Anything not withdrawn: a visit, a person, a journey, a case or a line of its timeline, a session of any
    pillar, a training, a mentoring visit, a business group, learning centre or finance body. What was done on
    a day counts by that day; what has only a moment of writing counts by that, in western time.
    """
    anything = Q()
    for trace in TRACES:
        anything |= Q(Exists(trace.of(OuterRef("village_id")).filter(trace.within(first, last))))
    return anything


def last_logged(codes: Sequence[str], today: date) -> dict[str, date | None]:
    """The last day up to today on which each village wrote anything down; None: never. One query.

    Counts the same records by the same days as `logged_between`.
    """
    latest = Greatest(*(trace.newest(OuterRef("code"), today) for trace in TRACES))
    villages = Village.objects.filter(code__in=codes).order_by().annotate(_latest=latest)
    return dict(villages.values_list("code", "_latest"))


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=WESTERN)
