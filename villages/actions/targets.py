"""What was published about a year's rollout."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from audit.actions import record
from villages import events
from villages.access import Seat
from villages.models import CohortTarget
from villages.rules import NotPossible, check_can_manage_programme

FIGURES = ("published", "target_by_then", "provinces_by_then", "districts_by_then", "subdistricts_by_then")


@transaction.atomic
def record_cohort_target(*, by: Seat, year: int, source: str, **figures: int | None) -> CohortTarget:
    """The year's published figures are these; None means that no source gives one.

    The year is the row's key, so a second delivery changes nothing. `figures`: any of `FIGURES`. Raises
    `NotPermitted`; `NotPossible` without a source. Records `cohort_target.recorded` when something changed.
    """
    check_can_manage_programme(by)
    if not source:
        raise NotPossible(_("Name the source of these figures."), field="source")
    target = CohortTarget.objects.select_for_update().filter(year=year).first() or CohortTarget(year=year)
    wanted = {name: figures[name] for name in FIGURES if name in figures} | {"source": source}
    changes = {name: [getattr(target, name), value] for name, value in wanted.items()}
    changes = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    if changes:
        for name, value in wanted.items():
            setattr(target, name, value)
        target.save()
        record(
            events.COHORT_TARGET_RECORDED,
            by=by,
            subject=target,
            subject_label=str(year),
            changes=changes,
        )
    return target
