"""The doors to children and their sessions: for officers of the village alone. Absent and not yours are the
same 404.
"""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.http import Http404

from accounts.roles import Level, Permission
from migrants.access import visible_cases
from pillars.access import visible_centres
from pillars.child_rules import photos_allowed
from pillars.models import CarerSession, Child, ChildPhoto, ChildSession, Concern, Facilitator, LearningCentre
from villages.access import Seat
from villages.models import PlacedQuerySet

Row = TypeVar("Row", bound=Model)


def sees_children(seat: Seat | None) -> bool:
    """Whether the seat may meet children at all: only in a village, never above it."""
    return seat is not None and seat.level == Level.VILLAGE and seat.may(Permission.SEE_CHILDREN)


def visible_children(seat: Seat | None) -> QuerySet[Child]:
    """Children of the seat's own village, those who left too."""
    return _within(Child.objects.all(), seat)


def visible_child_sessions(seat: Seat | None) -> QuerySet[ChildSession]:
    """Sessions with children of the seat's own village, without the withdrawn ones."""
    return _within(ChildSession.objects.all(), seat).filter(withdrawn_at__isnull=True)


def visible_carer_sessions(seat: Seat | None) -> QuerySet[CarerSession]:
    """Classes for carers of the seat's own village, without the withdrawn ones: those present are named."""
    return _within(CarerSession.objects.all(), seat).filter(withdrawn_at__isnull=True)


def visible_concerns(seat: Seat | None) -> QuerySet[Concern]:
    """Concerns the seat may know of: one that became a case only for whoever may open the case."""
    rows = _within(Concern.objects.all(), seat)
    return rows.filter(case__isnull=True) | rows.filter(case__in=visible_cases(seat))


def visible_facilitators(seat: Seat | None) -> QuerySet[Facilitator]:
    """Facilitators of the centres the seat may see."""
    return Facilitator.objects.filter(centre__in=visible_centres(seat))


def access_own_centre(seat: Seat | None, key: UUID) -> LearningCentre:
    """A centre of the seat's own village, to be opened with its children, or 404."""
    centre: LearningCentre = _one(_within(LearningCentre.objects.all(), seat).select_related("village"), key)
    return centre


def access_child(seat: Seat | None, key: UUID) -> Child:
    """The child with its centre and the journey of the parent, or 404."""
    return _one(visible_children(seat).select_related("centre", "migration__person", "village"), key)


def access_child_photo(seat: Seat | None, key: UUID) -> ChildPhoto:
    """The photo of a child the seat may see, while its guardian allows photos; else 404."""
    kept = ChildPhoto.objects.filter(child__in=visible_children(seat), removed_at__isnull=True)
    photo = _one(kept.select_related("child__village"), key)
    if not photos_allowed(photo.child):
        raise Http404
    return photo


def access_child_session(seat: Seat | None, key: UUID) -> ChildSession:
    """The session with its centre, a withdrawn one too, or 404."""
    rows = _within(ChildSession.objects.all(), seat)
    session: ChildSession = _one(rows.select_related("centre", "village"), key)
    return session


def access_carer_session(seat: Seat | None, key: UUID) -> CarerSession:
    """The class, a withdrawn one too, or 404."""
    session: CarerSession = _one(_within(CarerSession.objects.all(), seat).select_related("village"), key)
    return session


def access_concern(seat: Seat | None, key: UUID) -> Concern:
    """The concern with its child, or 404."""
    related = ("child__centre", "visit", "session", "case", "village")
    return _one(visible_concerns(seat).select_related(*related), key)


def access_facilitator(seat: Seat | None, key: UUID) -> Facilitator:
    """The facilitator with the centre, or 404."""
    return _one(visible_facilitators(seat).select_related("centre", "village"), key)


def _within(rows: PlacedQuerySet, seat: Seat | None) -> QuerySet[Any]:
    return rows.visible_to(seat) if sees_children(seat) else rows.none()


def _one(rows: QuerySet[Row], key: UUID) -> Row:
    row = rows.filter(pk=key).first()
    if row is None:
        raise Http404
    return row
