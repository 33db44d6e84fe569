"""The radar of the pillars: what ends soon becomes a task of the village, once."""

from __future__ import annotations

from datetime import date, timedelta

from migrants.actions.expiring import DAYS_TO_ACT
from migrants.actions.tasks import raise_task
from migrants.queries.expiring import STEPS, warning_of
from pillars.queries.business import permits_ending
from pillars.task_rules import BUSINESS_PERMIT_ENDS


def watch_business_permits(*, today: date) -> int:
    """Every paper of a running business that expires within 90, 60 or 30 days has its task, once a step.

    Returns how many were raised. Records `task.raised` for each.
    """
    raised = 0
    for permit in permits_ending(today, today + timedelta(days=max(STEPS))):
        assert permit.expires_on is not None
        delivery = raise_task(
            rule=BUSINESS_PERMIT_ENDS,
            subject=permit.pk,
            occurrence=warning_of(permit.expires_on, today),
            due_on=min(permit.expires_on, today + timedelta(days=DAYS_TO_ACT)),
            event_on=permit.expires_on,
            village=permit.business.village_id,
            about=f"{permit.business.name}: {permit.get_kind_display()}",
            about_key=permit.business_id,
        )
        raised += delivery.made
    return raised
