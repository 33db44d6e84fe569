"""Writes about recruiters seen. All raise NotPermitted for a role that does not log records."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from migrants.registers.words import company_key
from pillars import events
from pillars.actions.logged import log_row
from pillars.models import RecruiterSighting
from villages.access import Seat


@transaction.atomic
def log_recruiter(*, by: Seat, key: UUID, company: str = "", **facts: Any) -> RecruiterSighting:
    """Write down that somebody looked for workers in the seat's village. Same key: the first one."""
    return log_row(
        RecruiterSighting,
        events.RECRUITER_SEEN,
        by=by,
        key=key,
        label="called",
        company=company,
        company_key=company_key(company),
        **facts,
    )
