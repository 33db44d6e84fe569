"""The outer door of a page: method, sign-in, seat, permission, in this order.

    @page("GET", "POST", may=Permission.LOG_RECORDS)
    def visit_new(request, seat): ...

A method the page does not know answers 405 to everybody; nobody signed in goes to sign-in; a person without a
seat today, or whose role lacks the permission, reads why (403). Objects come from `access_…` doors (404).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.roles import Permission
from accounts.rules import NotPermitted
from villages.access import Seat

View = Callable[..., HttpResponseBase]


def page(*methods: str, may: Permission | None = None) -> Callable[[View], View]:
    """Wrap a view so that it is called as `view(request, seat, **path)`; GET brings HEAD along."""
    allowed = [*methods, "HEAD"] if "GET" in methods else list(methods)

    def wrap(view: View) -> View:
        @require_http_methods(allowed)
        @login_required
        @wraps(view)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return view(request, check_has_seat(getattr(request, "seat", None), may), *args, **kwargs)

        return opened

    return wrap


def check_has_seat(seat: Seat | None, permission: Permission | None) -> Seat:
    """The seat itself. Raises NotPermitted without a posting today, or for a role without the permission.

    `permission` None: every posting will do.
    """
    if seat is None:
        raise NotPermitted(_("You have no posting today. Ask the district coordinator."))
    if permission is not None:
        seat.check(permission, _("You do not have access to this page."))
    return seat
