"""Read the log, newest first."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from audit.models import Event

PAGE_ROWS = 50


@dataclass(frozen=True, slots=True)
class EventPage:
    """One page of the log. `older_than`: ask with it for the next page; None on the last."""

    events: list[Event]
    older_than: int | None


def events_for(
    *,
    first_day: date | None = None,
    last_day: date | None = None,
    zone: str = "Asia/Jakarta",
    name: str = "",
    actor_id: str = "",
    actor_name: str = "",
    place_code: str = "",
) -> QuerySet[Event]:
    """The events that fit everything given; an empty value asks for nothing.

    Days are inclusive, in `zone`. `actor_name` finds any part of a name; `place_code` is a village's,
    district's or province's dotted code.
    """
    events = Event.objects.order_by("-id")
    if first_day is not None:
        events = events.filter(at__gte=_midnight(first_day, zone))
    if last_day is not None:
        events = events.filter(at__lt=_midnight(last_day + timedelta(days=1), zone))
    if name:
        events = events.filter(name=name)
    if actor_id:
        events = events.filter(actor_id=actor_id)
    if actor_name:
        events = events.filter(actor_name__icontains=actor_name)
    if place_code:
        events = events.filter(_at_place(place_code))
    return events


def event_page(events: QuerySet[Event], *, older_than: int | None = None, rows: int = PAGE_ROWS) -> EventPage:
    """One page of `events`, those with an id below `older_than`. Queries: 1, however deep the page lies."""
    if older_than is not None:
        events = events.filter(id__lt=older_than)
    found = list(events[: rows + 1])
    return EventPage(found[:rows], found[rows - 1].id if len(found) > rows else None)


def history_of(subject_type: str, subject_id: str) -> QuerySet[Event]:
    """Everything recorded about one thing; `subject_type` as in "migrants.case"."""
    return Event.objects.filter(subject_type=subject_type, subject_id=subject_id).order_by("-id")


def _at_place(code: str) -> Q:
    if len(code) == 2:
        return Q(province_code=code)
    return Q(district_code=code) if len(code) == 5 else Q(village_code=code)


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time.min, tzinfo=ZoneInfo(zone))
