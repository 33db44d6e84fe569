"""The radar of the pillars: what ends soon becomes a task of the village, once."""

from __future__ import annotations

from datetime import date, timedelta

from migrants.actions.expiring import DAYS_TO_ACT
from migrants.actions.tasks import raise_task
from migrants.queries.expiring import STEPS, warning_of
from pillars.queries.aid import grants_unseen, items_idle
from pillars.queries.business import permits_ending
from pillars.task_rules import BUSINESS_PERMIT_ENDS, EQUIPMENT_IDLE, EQUIPMENT_UNSEEN


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


def watch_equipment(*, today: date) -> int:
    """Equipment nobody has looked at for 90 days, or that was idle 30 days ago and was not seen since, has
    its task: one a grant, and one an idle item.

    Comes again only after another check. Returns how many were raised. Records `task.raised` for each.
    """
    raised = 0
    for grant, last_seen in grants_unseen(today):
        delivery = raise_task(
            rule=EQUIPMENT_UNSEEN,
            subject=grant.pk,
            occurrence=last_seen.isoformat(),
            due_on=today + timedelta(days=DAYS_TO_ACT),
            event_on=last_seen,
            village=grant.village_id,
            about=grant.whom.name,
            about_key=grant.pk,
        )
        raised += delivery.made
    for check in items_idle(today):
        delivery = raise_task(
            rule=EQUIPMENT_IDLE,
            subject=check.item_id,
            occurrence=check.checked_on.isoformat(),
            due_on=today + timedelta(days=DAYS_TO_ACT),
            event_on=check.checked_on,
            village=check.item.grant.village_id,
            about=check.item.name,
            about_key=check.item_id,
        )
        raised += delivery.made
    return raised
