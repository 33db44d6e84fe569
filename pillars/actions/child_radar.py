"""The radar at work: a child who needs a visit has a task in its village, once."""

from __future__ import annotations

from datetime import date, timedelta

from migrants.actions.tasks import raise_task
from pillars.child_radar import hits, thresholds_on
from pillars.models import Child
from pillars.queries.child_radar import facts_of


def watch_children(*, today: date) -> int:
    """Every rule that speaks of a child today has its task, which tells no pseudonym; the same rule and
    occurrence never twice. Village by village, so that no list of all children is ever held. Returns how many
    were raised. Records `task.raised` for each.
    """
    thresholds, raised = thresholds_on(today), 0
    here = Child.objects.filter(left_on__isnull=True)
    for village in here.order_by("village_id").values_list("village_id", flat=True).distinct():
        for facts in facts_of(here.filter(village=village), today):
            for hit in hits(facts, thresholds, today):
                delivery = raise_task(
                    rule=hit.rule,
                    subject=hit.child,
                    occurrence=hit.occurrence,
                    due_on=today + timedelta(days=hit.act_within_days),
                    event_on=hit.event_on,
                    village=hit.village,
                    about_key=hit.child,
                )
                raised += delivery.made
    return raised
