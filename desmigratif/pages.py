"""Pages that belong to the site itself: menu, notices, language, and the neutral page of the quick exit."""

from __future__ import annotations

import calendar as calendars

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from accounts.actions import choose_language
from villages.access import Seat
from villages.doors import page

YEAR_SECONDS = 365 * 24 * 60 * 60


def _layout(request: HttpRequest) -> str:
    """Public pages keep the reader's own frame when somebody is signed in."""
    return "base.html" if getattr(request, "seat", None) else "door.html"


@page("GET")
def menu(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Every page this seat may open; the list itself is `Frame.menu`."""
    return render(request, "menu.html", {"seat": seat})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "privacy.html", {"layout": _layout(request), "ministry": settings.MINISTRY_NAME})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "accessibility.html", {"layout": _layout(request)})


@require_POST
def language(request: HttpRequest) -> HttpResponseRedirect:
    """Set the language by cookie, and on the account of whoever is signed in; go back to the page."""
    chosen, back = request.POST.get("language", ""), request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = "/"
    response = redirect(back)
    if chosen in dict(settings.LANGUAGES):
        if request.user.is_authenticated:
            choose_language(by=request.user, language=chosen)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=YEAR_SECONDS,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """A plain calendar of this month: where the quick exit of protection pages leads. Names no programme."""
    today = timezone.localdate()
    weeks = calendars.Calendar().monthdatescalendar(today.year, today.month)
    return render(request, "calendar.html", {"today": today, "weeks": weeks})
