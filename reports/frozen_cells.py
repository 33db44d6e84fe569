"""Which numbers a published report has frozen: what is corrected now appears in its next edition alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import CharField, F, Value
from django.db.models.functions import Concat

from reports.cells import Figure
from reports.counting import Group, Question
from reports.indicators import Period
from reports.models import FrozenFigure
from reports.places import Place

_BETWEEN = "\n"  # in no name of a figure and no value of a split


def frozen_question(figures: Iterable[Figure], places: Sequence[Place], period: Period) -> Question:
    """The frozen numbers of these figures, by place, figure and value of the split."""
    rows = FrozenFigure.objects.standing().filter(
        period=period.slug,
        place__in=[place.code for place in places],
        figure__in=[figure.name for figure in figures],
    )
    return Question(rows, "place", Concat(F("figure"), Value(_BETWEEN), F("value"), output_field=CharField()))


def frozen_of(groups: Iterable[Group]) -> frozenset[tuple[str, str, str]]:
    """Figure, place and value of each."""
    found = ((place, *part.split(_BETWEEN, 1)) for place, part, _editions in groups)
    return frozenset((figure, place, value) for place, figure, value in found)
