"""Forms that arrive too late: the session is over, or the page is older than the last sign-in here.

What was typed is kept for its owner, who finds it again at the address returned (quality.md U13).
"""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url

from accounts.actions import hold_form
from accounts.models import User
from accounts.recognition import owner_of_token, recognised_user

FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")


def keep_after_end(request: HttpRequest) -> str | None:
    """Keep the form of somebody whose session is over. Returns the path to continue at after signing in.

    None when nobody is recognised or this is no form. The CSRF check has been passed. Queries: 4.
    """
    if request.method != "POST" or request.content_type not in FORM_TYPES:
        return None
    return _hold(request, recognised_user(request))


def keep_stale(request: HttpRequest) -> str | None:
    """Keep the form of a page that was open before the last sign-in here, whose CSRF token is therefore old.

    Returns where to go on: the form itself for its owner, sign-in when nobody is signed in, None for
    everybody else. A token that no sign-in here has seen keeps nothing: that is what the check is for.
    """
    if request.method != "POST" or request.content_type not in FORM_TYPES:
        return None
    owner = owner_of_token(request, str(request.POST.get("csrfmiddlewaretoken", "")))
    again = _hold(request, owner)
    if again is None or owner is None:
        return None
    if not request.user.is_authenticated:
        return sign_in_address(again)
    return again if request.user.pk == owner.pk else None


def sign_in_address(path: str) -> str:
    """The sign-in page that leads on to the path."""
    return f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': path})}"


def _hold(request: HttpRequest, owner: User | None) -> str | None:
    if owner is None:
        return None
    hold_form(by=owner, path=request.path, typed=request.POST)
    query = request.GET.copy()
    query["held"] = "1"
    return f"{request.path}?{query.urlencode()}"
