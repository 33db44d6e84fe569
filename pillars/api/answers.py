"""How the calls of the pillars answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from accounts.entry import EntryForm
from accounts.keys import as_key
from migrants.deliveries import Delivery
from villages.api.entering import made_before, one_of, plain_entries

Lines = type[Serializer[Any]]
Row = TypeVar("Row", bound=Model)
Form = TypeVar("Form", bound=EntryForm)


def told(request: Request, lines: Lines, row: Model, **context: Any) -> Any:
    """One record, drawn by its serializer."""
    return lines(row, context={"request": request, **context}).data


def telling(request: Request, lines: Lines, own: QuerySet[Row]) -> Callable[[Row], Any]:
    """How a record of `own` is told: read again, so that what the query adds to it is right."""
    return lambda row: told(request, lines, one_of(own, row.pk))


def written_by(action: Callable[..., Any], **given: Any) -> Callable[[EntryForm], Any]:
    """How a filled form is written: the action, given the form's key and facts besides what is `given`."""

    def write(form: EntryForm) -> Any:
        row = action(key=form.entry_key, **given, **form.facts)
        return row.row if isinstance(row, Delivery) else row

    return write


def logged(
    request: Request,
    own: QuerySet[Row],
    fill: Callable[[], Form],
    write: Callable[[Form], Row],
    tell: Callable[[Row], Any],
) -> Response:
    """The row that `write` makes of the filled form under the caller's id: 201; or 200, and nothing is asked
    or written, when an earlier call has made it.

    `own`: the rows in which an earlier one may lie. `tell`: what is answered, given the row.
    """
    key = as_key(plain_entries(request.data).get("id"))
    if key is not None and made_before(own, key):
        return Response(tell(one_of(own, key)))
    return Response(tell(write(fill())), status=201)
