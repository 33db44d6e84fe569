"""The door of the tokens: whose seat a key gives, and which tokens a person may open."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from accounts.sealing import lookup_digest
from villages.access import Seat, kept_seat
from villages.models import ApiToken

TOKEN_PURPOSE = "api.token"  # noqa: S105


def seat_by_token(secret: str) -> tuple[ApiToken, Seat | None] | None:
    """The token of that key and the seat it gives today; None for a key nobody has.

    The seat is the owner's, narrowed to the token's place; it carries the token, which the log names. It is
    None when the token is revoked or expired, the account is disabled, the posting it was made in is over, or
    the place lies outside of it by now.
    Queries: 3 or fewer.
    """
    digest = lookup_digest(secret, purpose=TOKEN_PURPOSE)
    token = ApiToken.objects.select_related("owner").filter(digest=digest).first()
    if token is None:
        return None
    if token.revoked_at is not None or token.expires_at <= timezone.now():
        return token, None
    seat = kept_seat(token.owner, role=token.role, place=token.place, since=token.made_at)
    return token, None if seat is None else replace(seat, token=token)


def visible_tokens(seat: Seat) -> QuerySet[ApiToken]:
    """The person's own tokens, the newest first; nobody sees another's."""
    return ApiToken.objects.filter(owner=seat.user)


def access_token(seat: Seat, key: UUID) -> ApiToken:
    """The person's own token; absent and another's are the same 404."""
    token = visible_tokens(seat).filter(pk=key).first()
    if token is None:
        raise Http404
    return token
