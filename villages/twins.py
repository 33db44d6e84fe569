"""Two deliveries of a form, or two people, may write at the same moment: the database says who was first."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError, models, transaction

Row = TypeVar("Row", bound=models.Model)


def insert_or_twin(row: Row, *, twins: models.QuerySet[Row], recheck: Callable[[], object]) -> Row:
    """The row is inserted, or the one of `twins` that was faster is returned instead.

    `twins`: where the row of another delivery of the same form lies. `recheck`: the checks once more, now
    that somebody else's row is to be seen; it raises the sentence that says who was faster. Raises the
    `IntegrityError` when it has nothing to say. Call inside a transaction.
    """
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        twin = twins.first()
        if twin is not None:
            return twin
        recheck()
        raise
    return row
