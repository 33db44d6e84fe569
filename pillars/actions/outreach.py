"""Writes of pillar 1. All raise NotPermitted for a role that does not log records."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from pillars import events
from pillars.actions.logged import log_row
from pillars.models import OutreachSession
from villages.access import Seat


@transaction.atomic
def log_outreach(*, by: Seat, key: UUID, **facts: Any) -> OutreachSession:
    """Write down one public information session of the seat's village. Same key: the first one."""
    return log_row(OutreachSession, events.OUTREACH_LOGGED, by=by, key=key, label="held_on", **facts)
