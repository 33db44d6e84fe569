"""A form or call may be delivered twice; its key makes the second delivery answer with the first row (ADR
0005).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.http import Http404

Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True)
class Delivery(Generic[Row]):
    """The row of a key, and whether this delivery made it (False: an earlier one did)."""

    row: Row
    made: bool


def deliver_once(own: models.QuerySet[Row], key: UUID, make: Callable[[], Row]) -> Delivery[Row]:
    """The row with this key, made now unless an earlier delivery made it.

    `own`: the rows in which an earlier delivery may lie; a key that names somebody else's row is refused
    like any unknown object (404). `make` creates the row and records it; when a parallel delivery wins the
    race, all it wrote is undone. Call inside a transaction. Queries: 1 and those of `make`, which runs in a
    savepoint.
    """
    earlier = own.filter(pk=key).first()
    if earlier is not None:
        return Delivery(earlier, made=False)
    try:
        with transaction.atomic():
            return Delivery(make(), made=True)
    except IntegrityError:
        earlier = own.filter(pk=key).first()
        if earlier is not None:
            return Delivery(earlier, made=False)
        if own.model._base_manager.filter(pk=key).exists():
            raise Http404 from None
        raise


def constraint_of(error: IntegrityError) -> str:
    """The name of the constraint that refused a row; "" when the database does not say."""
    return str(getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or "")
