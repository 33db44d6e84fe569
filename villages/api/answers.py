"""How a record is answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from rest_framework.request import Request
from rest_framework.serializers import Serializer

from villages.api.entering import one_of

Lines = type[Serializer[Any]]
Row = TypeVar("Row", bound=Model)


def told(request: Request, lines: Lines, row: Model, **context: Any) -> Any:
    """One record, drawn by its serializer."""
    return lines(row, context={"request": request, **context}).data


def telling(request: Request, lines: Lines, own: QuerySet[Row]) -> Callable[[Row], Any]:
    """How a record of `own` is told: read again, so that what the query adds to it is right."""
    return lambda row: told(request, lines, one_of(own, row.pk))
