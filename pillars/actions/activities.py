"""Writes of the monthly plan. All raise NotPermitted for a role that does not log records."""

from __future__ import annotations

import calendar
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.rules import NotPermitted
from audit.actions import record
from migrants.rules import check_in_village
from periods.clock import today_in
from periods.month import Month
from pillars import events
from pillars.actions.logged import log_row
from pillars.models import OutreachSession, PlannedActivity
from pillars.rules import check_can_log
from villages.access import Seat
from villages.holding import hold_village

COPIED = ("what", "kind", "pillar", "starts_at", "place", "leads")


@transaction.atomic
def plan_activity(*, by: Seat, key: UUID, **facts: Any) -> PlannedActivity:
    """The activity stands in the plan of the seat's village. Same key: the first one."""
    return log_row(PlannedActivity, events.ACTIVITY_PLANNED, by=by, key=key, label="what", **facts)


@transaction.atomic
def note_held(
    *, by: Seat, activity: PlannedActivity, held_on: date, session: OutreachSession | None = None
) -> PlannedActivity:
    """The activity was held on that day; a second call changes nothing. Raises NotPermitted for one that was
    dropped, and for a day to come. Records `activity.held`."""
    activity = _locked(by, activity)
    if activity.held_on is not None:
        return activity
    if activity.dropped_why:
        raise NotPermitted(_("This activity was dropped. Plan it anew."))
    if held_on > today_in(by.zone):
        raise NotPermitted(_("The date cannot be after today."))
    activity.held_on, activity.session = held_on, session
    activity.save(update_fields=["held_on", "session"])
    _record(events.ACTIVITY_HELD, by, activity)
    return activity


@transaction.atomic
def drop_activity(*, by: Seat, activity: PlannedActivity, why: str) -> PlannedActivity:
    """The activity will not be held, and why; a second call changes nothing. Raises NotPermitted for one that
    was held. Records `activity.dropped` with the reason."""
    activity = _locked(by, activity)
    if activity.held_on is not None:
        raise NotPermitted(_("This activity was held already."))
    if not activity.dropped_why:
        activity.dropped_why = why
        activity.save(update_fields=["dropped_why"])
        _record(events.ACTIVITY_DROPPED, by, activity, why)
    return activity


@transaction.atomic
def copy_month(*, by: Seat, month: Month) -> int:
    """The plan of the month before stands in this month too, each line on the same weekday of the month (the
    second Tuesday stays the second Tuesday). Returns how many are new.

    Dropped lines stay behind; so does a line that stands there already, so a second call copies nothing, and
    one on a fifth weekday that this month has not. Records `activity.planned` for each.
    """
    check_can_log(by)
    assert by.village is not None
    hold_village(by.village)
    before = month.previous()
    rows = PlannedActivity.objects.filter(village=by.village)
    here = set(
        rows.filter(planned_on__range=(month.first_day, month.last_day)).values_list("what", "planned_on")
    )
    new = 0
    old = rows.filter(planned_on__range=(before.first_day, before.last_day), dropped_why="")
    for row in old.order_by("planned_on", "pk"):
        day = same_weekday(row.planned_on, month)
        if day is None or (row.what, day) in here:
            continue
        copy = PlannedActivity(village=by.village, logged_by=by.user, planned_on=day)
        for name in COPIED:
            setattr(copy, name, getattr(row, name))
        copy.save(force_insert=True)
        here.add((row.what, day))
        _record(events.ACTIVITY_PLANNED, by, copy)
        new += 1
    return new


def same_weekday(day: date, month: Month) -> date | None:
    """The day of the month that is the same weekday for the same time: the second Tuesday of March for the
    second Tuesday of February. None when the month has no fifth one."""
    weeks = calendar.Calendar().monthdatescalendar(month.year, month.month)
    days = [week[day.weekday()] for week in weeks if month.contains(week[day.weekday()])]
    nth = (day.day - 1) // 7
    return days[nth] if nth < len(days) else None


def _locked(by: Seat, activity: PlannedActivity) -> PlannedActivity:
    check_in_village(by, activity)
    row: PlannedActivity = PlannedActivity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    return row


def _record(event: str, by: Seat, activity: PlannedActivity, reason: str = "") -> None:
    record(
        event,
        by=by,
        subject=activity,
        subject_label=activity.what,
        village=activity.village_id,
        reason=reason,
    )
