"""A change of one record by a call, as every record is changed here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import Model
from rest_framework.request import Request
from rest_framework.response import Response

from migrants.versions import ChangedMeanwhile
from villages.api.entering import both_versions
from villages.api.versions import unchanged

Row = TypeVar("Row", bound=Model)


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
