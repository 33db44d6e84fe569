"""Reads about service visits.

What returns rows returns a queryset of placed rows of the whole country: narrow it with `.visible_to(seat)`
or with `district=` / `province=` before use.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext

from migrants.access import visible_visits
from migrants.enums import Outcome, Topic
from migrants.models import Referral, ServiceVisit
from migrants.models.visits import ServiceVisitQuerySet
from periods import Month
from villages.access import Seat
from villages.enums import VillageKind
from villages.models import Designation, Village


def visits_logged(first: date, last: date) -> ServiceVisitQuerySet:
    """Services given from the first to the last day, by the day of the visit. Withdrawn ones do not count."""
    rows: ServiceVisitQuerySet = ServiceVisit.objects.counted()
    return rows.filter(visited_on__gte=first, visited_on__lte=last)


def follow_ups_due(by_day: date) -> ServiceVisitQuerySet:
    """Visits whose follow-up was promised for that day or before and is not done, the oldest promise
    first.
    """
    rows: ServiceVisitQuerySet = ServiceVisit.objects.to_follow_up()
    return rows.filter(follow_up_on__lte=by_day).select_related("person").order_by("follow_up_on", "id")


def visits_in_list(seat: Seat, *, month: Month | None = None, topic: str = "") -> QuerySet[ServiceVisit]:
    """Visits the seat may see, withdrawn ones too, with person, village and officer; narrowed by what is
    given.
    """
    return _narrowed(seat, month=month, topic=topic).select_related("person", "village", "logged_by")


def _narrowed(seat: Seat, *, month: Month | None, topic: str) -> QuerySet[ServiceVisit]:
    rows = visible_visits(seat)
    if month is not None:
        rows = rows.filter(visited_on__gte=month.first_day, visited_on__lte=month.last_day)
    return rows.filter(topic=topic) if topic else rows


class VisitLine(NamedTuple):
    """A visit as a list shows it; sealed numbers and notes stay in the database."""

    id: UUID
    visited_on: date
    topic: str
    outcome: str
    follow_up_on: date | None
    followed_up_at: datetime | None
    withdrawn_at: datetime | None
    who: str
    place: str | None
    place_kind: str

    @property
    def name(self) -> str:
        return self.who or gettext("Not named")

    @property
    def hint(self) -> str:
        """Service, day, and the village; in one's own village the officer who logged it."""
        place = f"{VillageKind(self.place_kind).label} {self.place}" if self.place_kind else self.place
        parts = (str(Topic(self.topic).label), f"{self.visited_on:%d-%m-%Y}", place)
        return " · ".join(part for part in parts if part)

    @property
    def crossed(self) -> bool:
        return self.withdrawn_at is not None

    @property
    def standing(self) -> tuple[str, str]:
        """What is still to be done about the visit."""
        if self.withdrawn_at:
            return "", gettext("Withdrawn")
        if self.followed_up_at:
            return "done", gettext("Followed up")
        if self.follow_up_on:
            return "warn", gettext("Needs follow-up")
        if self.outcome == Outcome.DONE:
            return "done", gettext("Finished")
        return "now", str(Outcome(self.outcome).label)


def visit_lines(seat: Seat, *, month: Month | None = None, topic: str = "") -> QuerySet[Any, Any]:
    """The values of a `VisitLine` for each of `visits_in_list`."""
    return _narrowed(seat, month=month, topic=topic).values_list(
        *("id", "visited_on", "topic", "outcome", "follow_up_on", "followed_up_at", "withdrawn_at"),
        Coalesce("person__full_name", "visitor_name"),
        *([F("logged_by__full_name"), Value("")] if seat.village_id else ["village__name", "village__kind"]),
        named=True,
    )


def visits_that_answer(seat: Seat, referral: Referral) -> QuerySet[ServiceVisit]:
    """The last ten visits of the person a referral is about since it was sent, the newest first; none for a
    case about nobody registered. Only those the seat may see."""
    visits = visible_visits(seat).filter(
        person=referral.case.person_id,
        person__isnull=False,
        visited_on__gte=referral.sent_on,
        withdrawn_at__isnull=True,
    )
    return visits.order_by("-visited_on", "-id")[:10]


def last_visit_by(seat: Seat) -> ServiceVisit | None:
    """The visit this officer logged last in this village: its topic and way are proposed for the next one."""
    return (
        ServiceVisit.objects.filter(village=seat.village_id, logged_by=seat.user)
        .order_by("-logged_at")
        .first()
    )


def visit_to_follow(seat: Seat, key: UUID | None) -> ServiceVisit | None:
    """A visit of the own village whose follow-up is still to be done; None for any other key."""
    if key is None:
        return None
    own: ServiceVisitQuerySet = ServiceVisit.objects.to_follow_up()
    return own.filter(village=seat.village_id, pk=key).select_related("person").first()


def designated_since(village_code: str) -> date | None:
    """The first day on which a visit in the village can belong to the programme; None when nobody knows.

    The day of the decree; else 1 January of the cohort year.
    """
    designation = (
        Designation.objects.filter(village=village_code, ended_on__isnull=True)
        .only("designated_on", "cohort_year")
        .first()
    )
    if designation is None:
        return None
    day: date | None = designation.designated_on
    if day is None and designation.cohort_year:
        return date(designation.cohort_year, 1, 1)
    return day


def with_last_logged(villages: QuerySet[Village]) -> QuerySet[Village]:
    """The same villages, each with `visit_logged_at`: the moment its last visit was logged, None when never.

    Withdrawn visits count: somebody was at work. One index look-up a village.
    """
    latest = (
        ServiceVisit.objects.filter(village=OuterRef("pk")).order_by("-logged_at").values("logged_at")[:1]
    )
    return villages.annotate(visit_logged_at=Subquery(latest))


def last_logged(village_code: str) -> datetime | None:
    """The moment the village logged its last visit; None when never."""
    return (
        ServiceVisit.objects.filter(village=village_code)
        .order_by("-logged_at")
        .values_list("logged_at", flat=True)
        .first()
    )
