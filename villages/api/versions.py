"""Two callers and one record: what was read carries a mark (ETag), and a write may name the mark it saw."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import models, transaction
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from villages.api.refusals import Changed
from villages.holding import held

Row = TypeVar("Row", bound=models.Model)


def mark_of(told: Any) -> str:
    """The mark of what was told: the same while not a letter of it changes."""
    return '"' + hashlib.sha256(JSONRenderer().render(told)).hexdigest()[:32] + '"'


def marked(request: Request, response: Response) -> Response:
    """The answer with its mark; 304 without a body for a caller who has it already (If-None-Match)."""
    mark = mark_of(response.data)
    if mark in _named(request, "If-None-Match"):
        response = Response(status=304)
    response.headers["ETag"] = mark
    return response


@contextmanager
def unchanged(request: Request, row: Row | None, told: Callable[[Row], Any]) -> Iterator[None]:
    """While the block runs, the row stays as the caller saw it; without If-Match nothing is asked of it.

    `told`: what a read of the row answers this caller. Raises Changed (412) when that is something else by
    now, or when there is no row (None); it is held from before the comparison until the block's writes are
    saved.
    """
    named = _named(request, "If-Match")
    if row is None and named:
        raise Changed
    if row is None or not named or named == {"*"}:
        yield
        return
    with transaction.atomic():
        if mark_of(told(held(row))) not in named:
            raise Changed
        yield


def _named(request: Request, header: str) -> set[str]:
    """The marks in a header. A compressed answer has weakened its mark (W/), and it names the same record."""
    words = request.headers.get(header, "")[:2000].split(",")
    return {word.strip().removeprefix("W/") for word in words if word.strip()}
