"""How complete a number is: which villages wrote anything down in a period, whose monthly return is late."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import add

from django.db.models import Case, CharField, Count, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Concat
from django.db.models.lookups import LessThan

from periods.month import Month
from reports.cells import Coverage
from reports.counting import Group, Question
from reports.indicators import Span
from reports.indicators.programme import active_villages
from reports.places import Place, at_places, codes_around
from reports.queries.villages import logged_between
from reports.return_forms import form_of
from villages.models import MonthlyReturn


def coverage_question(places: Sequence[Place], span: Span) -> Question:
    """The active villages, each by whether it wrote anything down on the days of the span, and whether a
    return of its months is late."""
    logged = Case(When(logged_between(span.first, span.last), then=Value("yes")), default=Value("no"))
    late = Case(When(_return_is_late(span), then=Value(" late")), default=Value(""))
    rows = at_places(active_villages(span), places, "")
    return Question(rows, "village_id", Concat(logged, late, output_field=CharField()))


def _return_is_late(span: Span) -> Q:
    """Whether the village of a row has sent fewer monthly returns than should have come by the day: one for
    each month of the span whose last day is over, from its designation on."""
    due = [month for month in _months_of(span) if form_of(month).due_on(month) < span.today]
    if not due:
        return Q(pk__in=[])
    sent = MonthlyReturn.objects.filter(
        village=OuterRef("village_id"),
        month__in=[month.first_day for month in due],
        first_submitted_on__lte=span.today,
    )
    number = sent.order_by().values("village").annotate(n=Count("pk")).values("n")
    begun = [Case(When(designated_on__gt=month.last_day, then=Value(0)), default=Value(1)) for month in due]
    return Q(LessThan(Coalesce(Subquery(number), 0), reduce(add, begun)))


def _months_of(span: Span) -> list[Month]:
    months = [Month.current(span.first)]
    while (following := months[-1].next()).first_day <= span.last:
        months.append(following)
    return months


def coverage_of(places: Sequence[Place], villages: Iterable[Group]) -> dict[str, Coverage]:
    """Villages that wrote anything down, of the active ones, and those with a late return."""
    counts = {place.code: [0, 0, 0] for place in places}
    for code, said, number in villages:
        for around in codes_around(code):
            if around in counts:
                for turn, told in enumerate((said.startswith("yes"), True, said.endswith("late"))):
                    counts[around][turn] += (number or 0) * told
    return {code: Coverage(*each) for code, each in counts.items()}
