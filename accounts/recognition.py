"""A signed cookie that says who worked in this browser last, and with which CSRF secret.

It opens nothing. When a form arrives too late, it says for whom to keep what was typed; only that person
sees it again, after signing in. The secrets of the last sign-ins tell whose an old page is: signing in
renews the secret, so a page opened before carries a token of the old one. Browsers do not send the cookie
along from other sites (SameSite), and sign-out removes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponseBase
from django.middleware.csrf import CSRF_TOKEN_LENGTH, _does_token_match  # type: ignore[attr-defined]

from accounts.models import User

SALT = "accounts.recognition"
KEPT_FOR = timedelta(days=7)
SIGN_INS = 3


@dataclass(frozen=True)
class Worked:
    """Somebody worked here while the browser held this CSRF secret ("" when it held none)."""

    user_id: UUID
    secret: str


def worked_here(request: HttpRequest) -> list[Worked]:
    """Who worked in this browser, the last one first; empty without a cookie of ours of the last week."""
    try:
        value = request.get_signed_cookie(settings.RECOGNITION_COOKIE_NAME, salt=SALT, max_age=KEPT_FOR)
        pairs = [entry.split("-") for entry in (value or "").split(".")]
        return [Worked(UUID(user_id), secret) for user_id, secret in pairs]
    except (KeyError, BadSignature, ValueError):
        return []


def recognised_id(request: HttpRequest) -> UUID | None:
    """The id of whoever worked here last."""
    return next((worked.user_id for worked in worked_here(request)), None)


def recognised_user(request: HttpRequest) -> User | None:
    """The same as a person whose account is still in use. Queries: 1, none without the cookie."""
    return _in_use(recognised_id(request))


def owner_of_token(request: HttpRequest, token: str) -> User | None:
    """The person in whose time here a page with this CSRF token was made. Queries: as above."""
    if len(token) != CSRF_TOKEN_LENGTH or not token.isalnum() or not token.isascii():
        return None
    matching = (entry for entry in worked_here(request) if entry.secret)
    return _in_use(next((e.user_id for e in matching if _does_token_match(token, e.secret)), None))


def recognise(request: HttpRequest, response: HttpResponseBase, user: User) -> None:
    """Note in the browser that this person works here, unless it is noted already."""
    now = Worked(user.pk, str(request.META.get("CSRF_COOKIE") or ""))
    before = worked_here(request)
    if before[:1] == [now]:
        return
    entries = [now, *(entry for entry in before if entry != now and entry.secret)][:SIGN_INS]
    response.set_signed_cookie(
        settings.RECOGNITION_COOKIE_NAME,
        ".".join(f"{entry.user_id.hex}-{entry.secret}" for entry in entries),
        salt=SALT,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget(response: HttpResponseBase) -> None:
    """Take the note away."""
    response.delete_cookie(settings.RECOGNITION_COOKIE_NAME, samesite="Lax")


def _in_use(user_id: UUID | None) -> User | None:
    return None if user_id is None else User.objects.filter(pk=user_id, is_active=True).first()
