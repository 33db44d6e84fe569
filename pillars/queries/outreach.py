"""Reads about outreach sessions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce, Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import User
from accounts.roles import Permission
from migrants.access import visible_people, visible_visits
from migrants.enums import Category
from migrants.models import Person, ServiceVisit
from migrants.occasions import Occasion
from migrants.queries.people import Search, SearchKind, order_of, people_found
from pillars.access import visible_sessions
from pillars.models import OutreachAttendee, OutreachPhoto, OutreachSession
from villages.access import Seat
from villages.models import OfficerAssignment, Village

RECENT_DAYS = 60  # so long after a session somebody may say that they come because of it
MOST_OFFERED = 12
MOST_LISTED = 400  # people on one attendance page; more are found by name


class SessionBook:
    """Which session a visit followed from (see `migrants.occasions`)."""

    def offered(self, seat: Seat, also: UUID | None) -> list[Occasion]:
        since = timezone.localdate() - timedelta(days=RECENT_DAYS)
        rows = visible_sessions(seat).filter(Q(held_on__gte=since) | Q(pk=also), village=seat.village_id)
        found = list(rows.order_by("-held_on", "-id")[:MOST_OFFERED])
        if also is not None and also not in {row.pk for row in found}:
            found += rows.filter(pk=also)
        return [_occasion(row) for row in found]

    def note(self, *, by: Seat, visit: ServiceVisit, key: UUID) -> None:
        from pillars.actions.outreach import note_session  # a read asks, the action writes

        session = visible_sessions(by).filter(village=by.village_id, pk=key).first()
        if session is not None:
            note_session(by=by, visit=visit, session=session)

    def of(self, seat: Seat, visit: ServiceVisit) -> Occasion | None:
        row = visible_sessions(seat).filter(visits__visit=visit).first()
        return _occasion(row) if row else None


def _occasion(row: OutreachSession) -> Occasion:
    label = f"{row.get_topic_display()}, {date_format(row.held_on, 'j F Y')}"
    return Occasion(row.pk, label, reverse("pillars:outreach-detail", args=[row.pk]))


def officers_of(village: Village | str) -> QuerySet[User]:
    """Who serves in the village today, by place of office."""
    today = timezone.localdate()
    serving = OfficerAssignment.objects.serving_on(today).filter(village=village)
    return User.objects.filter(assignments__in=serving).order_by("assignments__slot", "pk").distinct()


def attendees_of(session: OutreachSession) -> QuerySet[OutreachAttendee]:
    """Who was there, by name, registered or not."""
    named = session.attendees.select_related("person").annotate(
        sort_name=Lower(Coalesce("person__full_name", "name"))
    )
    return named.order_by("sort_name", "id")


def names_shown(seat: Seat) -> bool:
    """Whether the seat reads who was at a session, or only how many."""
    return seat.may(Permission.SEE_PEOPLE)


def photos_of(session: OutreachSession) -> QuerySet[OutreachPhoto]:
    """The photos that were not taken back."""
    return session.photos.filter(removed_at__isnull=True)


def visits_after(seat: Seat, session: OutreachSession) -> QuerySet[ServiceVisit]:
    """Visits that followed from the session and count, the newest first; of what the seat may see."""
    rows: QuerySet[ServiceVisit] = visible_visits(seat).filter(
        pk__in=session.visits.values("visit"), withdrawn_at__isnull=True
    )
    return rows.select_related("person").order_by("-visited_on", "-id")


def count_visits_after(session: OutreachSession) -> int:
    """How many visits followed from the session; withdrawn ones do not count."""
    return session.visits.filter(visit__withdrawn_at__isnull=True).count()


def people_to_tick(seat: Seat, search: Search, ticked: Sequence[UUID]) -> list[Person]:
    """People of the own village who may have been there, not those ticked already: whom the search finds, by
    nearness; without one everybody who is not abroad, by name. At most 400."""
    if search.kind in (SearchKind.NOTHING, SearchKind.TOO_SHORT):
        rows: QuerySet[Any] = (
            visible_people(seat).exclude(category=Category.ACTIVE).annotate(sort_name=Lower("full_name"))
        )
        rows = rows.order_by("sort_name", "id")
    else:
        rows = people_found(seat, search).order_by(*order_of(search))
    return list(rows.filter(village=seat.village_id).exclude(pk__in=ticked)[:MOST_LISTED])


def people_ticked(seat: Seat, ticked: Sequence[UUID]) -> list[Person]:
    """The people of the own village with these keys, by name; keys of nobody are left aside."""
    if not ticked:
        return []
    rows = visible_people(seat).filter(village=seat.village_id, pk__in=ticked)
    return list(rows.annotate(sort_name=Lower("full_name")).order_by("sort_name", "id"))


def last_session(seat: Seat) -> OutreachSession | None:
    """The latest session of the own village."""
    rows: QuerySet[OutreachSession] = visible_sessions(seat).filter(village=seat.village_id)
    return rows.order_by("-held_on", "-id").first()


def session_like(seat: Seat, key: UUID | None) -> OutreachSession | None:
    """An earlier session of the own village to begin from; None for any other key."""
    if key is None:
        return None
    rows: QuerySet[OutreachSession] = visible_sessions(seat).filter(village=seat.village_id, pk=key)
    return rows.first()
