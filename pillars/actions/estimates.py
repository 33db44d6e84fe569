"""Writes about estimates."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from pillars import events
from pillars.actions.logged import log_row
from pillars.models import AbroadEstimate
from villages.access import Seat


@transaction.atomic
def log_estimate(*, by: Seat, key: UUID, **facts: Any) -> AbroadEstimate:
    """Write down how many of the village are abroad as somebody reckons. Same key: the first one.

    Earlier estimates stay; figures take the last one. Raises NotPermitted. Records `estimate.logged`.
    """
    return log_row(AbroadEstimate, events.ESTIMATE_LOGGED, by=by, key=key, label="number", **facts)
