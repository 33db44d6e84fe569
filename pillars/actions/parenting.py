"""Writes about learning centres. All raise NotPermitted for a role that does not log records."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from pillars import events
from pillars.actions.logged import log_row, record_end
from pillars.models import LearningCentre
from pillars.rules import check_can_close, check_can_log
from villages.access import Seat


@transaction.atomic
def open_centre(*, by: Seat, key: UUID, **facts: Any) -> LearningCentre:
    """Write down a learning centre of the seat's village. Same key: the first one."""
    return log_row(LearningCentre, events.CENTRE_OPENED, by=by, key=key, label="name", **facts)


@transaction.atomic
def close_centre(*, by: Seat, centre: LearningCentre, closed_on: date) -> LearningCentre:
    """The centre no longer counts as open after `closed_on`."""
    check_can_log(by)
    centre = LearningCentre.objects.select_for_update().select_related("village").get(pk=centre.pk)
    if centre.closed_on is None:
        check_can_close(centre.opened_on, closed_on)
        centre.closed_on = closed_on
        centre.save(update_fields=["closed_on"])
        record_end(events.CENTRE_CLOSED, by, centre, centre.name, closed_on)
    return centre
