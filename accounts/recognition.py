"""A signed cookie that says who worked in this browser last.

It opens nothing. When a form arrives after its session ended, it says for whom to keep what was typed; only
that person sees it again, after signing in. Browsers do not send it along from other sites (SameSite), and
sign-out removes it.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponseBase

from accounts.models import User

SALT = "accounts.recognition"
KEPT_FOR = timedelta(days=7)


def recognised_id(request: HttpRequest) -> UUID | None:
    """The id of whoever was signed in here last; None without a cookie of ours not older than a week."""
    try:
        return UUID(request.get_signed_cookie(settings.RECOGNITION_COOKIE_NAME, salt=SALT, max_age=KEPT_FOR))
    except (KeyError, BadSignature, ValueError):
        return None


def recognised_user(request: HttpRequest) -> User | None:
    """The same as a person whose account is still in use. Queries: 1, none without the cookie."""
    known = recognised_id(request)
    return None if known is None else User.objects.filter(pk=known, is_active=True).first()


def recognise(response: HttpResponseBase, user: User) -> None:
    """Note in the browser that this person works here."""
    response.set_signed_cookie(
        settings.RECOGNITION_COOKIE_NAME,
        str(user.pk),
        salt=SALT,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget(response: HttpResponseBase) -> None:
    """Take the note away."""
    response.delete_cookie(settings.RECOGNITION_COOKIE_NAME, samesite="Lax")
