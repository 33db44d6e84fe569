"""The door to village finance bodies. Absent and not yours are the same 404."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from accounts.roles import BODY_ROLES, Permission
from cooperatives.models import FinanceBody, Member
from villages.access import Seat


def visible_bodies(seat: Seat | None) -> QuerySet[FinanceBody]:
    """Finance bodies of the seat's place; none without the permission."""
    if seat is None or not seat.may(Permission.SEE_BODIES):
        return FinanceBody.objects.none()
    if seat.role in BODY_ROLES:  # until a board term says whose
        return FinanceBody.objects.none()
    return FinanceBody.objects.visible_to(seat)


def access_body(seat: Seat | None, key: UUID) -> FinanceBody:
    """The body, or 404."""
    body = visible_bodies(seat).select_related("village").filter(pk=key).first()
    if body is None:
        raise Http404
    return body


def access_member(seat: Seat | None, key: UUID) -> Member:
    """The member of a body the seat may see, or 404."""
    members = Member.objects.filter(body__in=visible_bodies(seat)).select_related("body__village")
    member = members.filter(pk=key).first()
    if member is None:
        raise Http404
    return member
