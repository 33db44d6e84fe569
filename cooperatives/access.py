"""The door to village finance bodies. Absent and not yours are the same 404."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404
from django.utils import timezone

from accounts.roles import BODY_ROLES, Permission
from cooperatives.models import (
    AnnualMeeting,
    BoardTerm,
    Collection,
    FinanceBody,
    JournalEntry,
    Loan,
    Member,
    SurplusShare,
)
from cooperatives.queries.loans import with_standing
from villages.access import Seat


def visible_bodies(seat: Seat | None) -> QuerySet[FinanceBody]:
    """Finance bodies of the seat's place, none without the permission; for a treasurer or a board the bodies
    whose board terms name the account today."""
    bodies = FinanceBody.objects.all()
    if seat is None or not seat.may(Permission.SEE_BODIES):
        return bodies.none()
    bodies = bodies.visible_to(seat)
    if seat.role in BODY_ROLES:
        terms = BoardTerm.objects.serving_on(timezone.localdate())
        return bodies.filter(Exists(terms.filter(body=OuterRef("pk"), user=seat.user)))
    return bodies


def access_body(seat: Seat | None, key: UUID) -> FinanceBody:
    """The body, or 404."""
    body = visible_bodies(seat).select_related("village").filter(pk=key).first()
    if body is None:
        raise Http404
    return body


def visible_members(seat: Seat | None) -> QuerySet[Member]:
    """Members of the bodies whose books the seat may see; none without the permission."""
    if seat is None or not seat.may(Permission.SEE_BOOKS):
        return Member.objects.none()
    return Member.objects.filter(body__in=visible_bodies(seat))


def access_member(seat: Seat | None, key: UUID) -> Member:
    """The member of a body whose books the seat may see, or 404."""
    member = visible_members(seat).select_related("body__village").filter(pk=key).first()
    if member is None:
        raise Http404
    return member


def access_term(seat: Seat | None, key: UUID) -> BoardTerm:
    """The board term of a body the seat may see, or 404."""
    terms = BoardTerm.objects.filter(body__in=visible_bodies(seat)).select_related("body__village", "user")
    term = terms.filter(pk=key).first()
    if term is None:
        raise Http404
    return term


def access_books(seat: Seat | None, key: UUID) -> FinanceBody:
    """The body whose books are open, for whoever reads books; else 404."""
    body = access_body(seat, key)
    if seat is None or not seat.may(Permission.SEE_BOOKS) or body.books_opened_on is None:
        raise Http404
    return body


def access_entry(seat: Seat | None, key: UUID) -> JournalEntry:
    """The entry with its body, of books the seat reads; else the same 404."""
    entry = JournalEntry.objects.filter(pk=key).select_related("made_by", "reverses", "reversed_by").first()
    if entry is None:
        raise Http404
    entry.body = access_books(seat, entry.body_id)
    return entry


def access_collection(seat: Seat | None, key: UUID) -> Collection:
    """The collection with its body, of books the seat reads; else the same 404."""
    sheet = Collection.objects.filter(pk=key).select_related("made_by").first()
    if sheet is None:
        raise Http404
    sheet.body = access_books(seat, sheet.body_id)
    return sheet


def access_loan(seat: Seat | None, key: UUID) -> Loan:
    """The loan with its member, body and instalments, of books the seat reads; else the same 404."""
    loans = with_standing(Loan.objects.filter(pk=key)).select_related("entry__reversed_by", "member")
    loan = loans.first()
    if loan is None:
        raise Http404
    loan.body = access_books(seat, loan.body_id)
    return loan


def access_meeting(seat: Seat | None, key: UUID) -> AnnualMeeting:
    """The annual meeting of a body whose books the seat reads; else the same 404."""
    meeting = AnnualMeeting.objects.filter(pk=key).first()
    if meeting is None:
        raise Http404
    meeting.body = access_books(seat, meeting.body_id)
    return meeting


def access_share(seat: Seat | None, key: UUID) -> SurplusShare:
    """A member's share of a surplus, of books the seat reads; else the same 404."""
    share = SurplusShare.objects.filter(pk=key).select_related("sharing__meeting", "member").first()
    if share is None:
        raise Http404
    share.sharing.body = access_books(seat, share.sharing.body_id)
    return share
