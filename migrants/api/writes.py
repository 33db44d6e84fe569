"""A new record and a change of one by a call, as every record is written here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.entry import EntryForm
from accounts.keys import as_key
from migrants.deliveries import Delivery
from migrants.versions import ChangedMeanwhile
from villages.api.entering import both_versions, made_before, one_of, plain_entries
from villages.api.versions import unchanged

Row = TypeVar("Row", bound=Model)
Form = TypeVar("Form", bound=EntryForm)


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


def changed(
    request: Request, row: Row | None, told: Callable[[Any], Any], write: Callable[[], Model]
) -> Response:
    """The record as `told` after `write`, which gives it back and runs while it stays as the caller saw it.

    `row` None: there is nothing yet to have seen. 412 when If-Match names another state; 409 with both
    versions when `write` raises ChangedMeanwhile: then nothing was saved.
    """
    try:
        with unchanged(request, row, told):
            written = write()
    except ChangedMeanwhile as meanwhile:
        return both_versions(told(meanwhile.now), request)
    return Response(told(written))
