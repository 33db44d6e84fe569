"""Who calls: a program with a token, or whoever is signed in with the browser's session."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts.models import User
from villages.actions.tokens import note_token_refused, note_token_used
from villages.api.refusals import ScopeTooNarrow
from villages.enums import Group
from villages.models import ApiToken
from villages.scopes import READ, WRITE, scope_of
from villages.token_access import seat_by_token

LONGEST_SECRET = 200


class TokenCaller(BaseAuthentication):
    """`Authorization: Bearer <key>`. The seat is the owner's, narrowed to the token's place; the sentences
    come in the owner's language. A key that does not hold is refused, whatever cookie comes with it."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        way, _blank, secret = request.headers.get("Authorization", "").partition(" ")
        if way.lower() != "bearer":
            return None
        found = seat_by_token(secret[:LONGEST_SECRET])
        if found is None:
            raise AuthenticationFailed
        token, seat = found
        translation.activate(token.owner.language)  # LanguageMiddleware puts the old one back
        if seat is None:
            note_token_refused(token=token, why=_("The token does not hold any more."))
            raise AuthenticationFailed
        note_token_used(token=token)
        token.owner.seat_role = seat.seat_role
        request._request.seat = seat  # type: ignore[attr-defined]
        return token.owner, token

    def authenticate_header(self, request: Request) -> str:  # noqa: ARG002
        return "Bearer"


class SessionCaller(SessionAuthentication):
    """The session of the browser, with its form token."""


def check_scope(request: Request, group: Group | None) -> None:
    """Raise ScopeTooNarrow for a token that does not reach the group, or only reads it. A session reaches
    what its seat does."""
    token = request.auth
    if group is None or not isinstance(token, ApiToken):
        return
    scope = scope_of(group, READ if request.method in {"GET", "HEAD"} else WRITE)
    if scope not in token.scopes:
        note_token_refused(token=token, why=scope)
        raise ScopeTooNarrow
