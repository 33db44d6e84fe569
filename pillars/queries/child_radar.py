"""What the radar knows of the children of a village."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Max, QuerySet

from migrants.enums import MigrationStatus
from pillars.child_radar import ChildFacts, Hit, hits, thresholds_on
from pillars.enums import ChildTheme
from pillars.models import Attendance, Child, ChildCare, ParentContact, SchoolStatus

ROLLS_READ_DAYS = 180
GONE = (MigrationStatus.PROSPECTIVE, MigrationStatus.ABROAD)


def facts_of(children: QuerySet[Child], today: date) -> Iterator[ChildFacts]:
    """What is known of each child, as of that day. Queries: 6, whatever the number of children."""
    rows = list(children.select_related("migration").order_by("pseudonym", "pk"))
    keys = [row.pk for row in rows]
    cares = _cares(keys)
    schools = _schools(keys)
    heard = _heard(keys)
    missed = _missed(keys, today)
    for row in rows:
        changes = cares[row.pk]
        school = schools.get(row.pk)
        count, since = missed.get(row.pk, (0, None))
        yield ChildFacts(
            child=row.pk,
            village=row.village_id,
            changed_on=changes[-1] if len(changes) > 1 else None,
            missed=count,
            missed_since=since,
            heard_on=max(heard.get(row.pk, row.joined_on), row.joined_on),
            away=row.migration is None or row.migration.status in GONE,
            school=school.status if school else "",
            school_since=school.since if school else None,
        )


def hits_of(children: QuerySet[Child], today: date) -> dict[UUID, list[Hit]]:
    """The children the radar speaks of today, each with why. Queries: 6."""
    thresholds = thresholds_on(today)
    found = {facts.child: list(hits(facts, thresholds, today)) for facts in facts_of(children, today)}
    return {child: said for child, said in found.items() if said}


def _cares(keys: list[UUID]) -> dict[UUID, list[date]]:
    """The days from which somebody cared for each child, the first one first."""
    found: dict[UUID, list[date]] = defaultdict(list)
    rows = ChildCare.objects.filter(child__in=keys).order_by("since", "id")
    for child, since in rows.values_list("child_id", "since"):
        found[child].append(since)
    return found


def _schools(keys: list[UUID]) -> dict[UUID, SchoolStatus]:
    rows = SchoolStatus.objects.filter(child__in=keys).order_by("since", "id")
    return {row.child_id: row for row in rows.defer("why_sealed")}


def _heard(keys: list[UUID]) -> dict[UUID, date]:
    """The last day each child and parent heard of each other: noted, or a video call at the centre."""
    noted = ParentContact.objects.filter(child__in=keys).order_by().values_list("child")
    found = dict(noted.annotate(last=Max("contacted_on")))
    calls = Attendance.objects.filter(
        child__in=keys,
        present=True,
        session__theme=ChildTheme.VIDEO_CALL,
        session__withdrawn_at__isnull=True,
    ).order_by()
    for child, day in calls.values_list("child").annotate(last=Max("session__held_on")):
        found[child] = max(found.get(child, day), day)
    return found


def _missed(keys: list[UUID], today: date) -> dict[UUID, tuple[int, date]]:
    """How many sessions in a row each child missed up to the last one, and the day of the first of them."""
    rows = Attendance.objects.filter(
        child__in=keys,
        session__held_on__gte=today - timedelta(days=ROLLS_READ_DAYS),
        session__withdrawn_at__isnull=True,
    ).order_by("-session__held_on", "-session_id")
    found: dict[UUID, tuple[int, date]] = {}
    came: set[UUID] = set()
    for child, present, day in rows.values_list("child_id", "present", "session__held_on"):
        if present:
            came.add(child)
        elif child not in came:
            found[child] = (found.get(child, (0, day))[0] + 1, day)
    return found
