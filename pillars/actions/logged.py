"""What every write of a pillar does alike."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from accounts.keys import new_key
from audit.actions import record
from migrants.deliveries import deliver_once
from pillars.models import Logged
from pillars.rules import check_can_log
from villages.access import Seat

Row = TypeVar("Row", bound=Logged)


def log_row(model: type[Row], event: str, *, by: Seat, key: UUID, label: str, **facts: Any) -> Row:
    """A record of the seat's village with its event; same key: the first one, and nothing is written.

    `label`: the field that names it in the trail. Raises NotPermitted. Inside a transaction.
    """
    check_can_log(by)
    first = model._default_manager.filter(pk=key).first()
    if first is not None and first.village_id == by.village_id:
        return first
    if first is not None:  # somebody else's key: this is a new record with a key of its own
        key = new_key()

    def make() -> Row:
        row = model(pk=key, village=by.village, logged_by=by.user, **facts)
        row.save(force_insert=True)
        record(event, by=by, subject=row, subject_label=str(getattr(row, label)), village=by.village)
        return row

    return deliver_once(model._default_manager.filter(village=by.village), key, make).row


def record_end(event: str, by: Seat, row: Logged, label: str, day: date) -> None:
    """The trail says on which day something ended."""
    record(
        event,
        by=by,
        subject=row,
        subject_label=label,
        village=row.village,
        changes={"ended_on": [None, day.isoformat()]},
    )
