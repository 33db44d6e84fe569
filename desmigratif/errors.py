"""Pages for what went wrong: a plain sentence, a way on, no internals, never a query.

They are drawn without the request's context processors, so that they hold when the database or the session
does not, and so that "absent" and "not yours" are the same bytes.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language, gettext

from accounts.late_forms import keep_stale
from villages.api.problems import MEDIA_TYPE, OF_STATUS, problem

RETRY_SECONDS = "30"

LAST_RESORT = """<!doctype html>
<html lang="id"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Gangguan – Desmigratif</title>
<main><h1>Layanan sedang terganggu</h1><p>Coba lagi beberapa menit lagi. <a href="/">Halaman awal</a></p>
<p lang="en">The service has a problem. Please try again in a few minutes.</p></main></html>
"""


def _answer(request: HttpRequest, status: int, sentence: str = "") -> HttpResponse:
    if request.path.startswith("/api/"):
        told = problem(OF_STATUS[status], sentence or _api_word(status))
        return JsonResponse(told, status=status, content_type=MEDIA_TYPE)
    page: str
    try:
        page = render_to_string(
            f"errors/{status}.html",
            {
                "sentence": sentence,
                "frame": {
                    "language": get_language() or settings.LANGUAGE_CODE,
                    "help_name": settings.HELP_NAME,
                    "help_phone": settings.HELP_PHONE,
                },
            },
        )
    except Exception:
        # The page that says sorry must not fail: whatever broke the templates, words still go out.
        page = LAST_RESORT
    return HttpResponse(page, status=status)


def _api_word(status: int) -> str:
    return {
        400: gettext("This request cannot be read."),
        403: gettext("You do not have access to this page."),
        404: gettext("This does not exist."),
        405: gettext("This address does not take that method."),
        503: gettext("The service is not available now. Try again shortly."),
    }.get(status, gettext("Something went wrong on our side."))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return _answer(request, 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403; a rule's refusal (`NotPermitted`) shows its own sentence."""
    return _answer(request, 403, str(getattr(exception, "sentence", "")))


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """404; the same bytes for what is absent and what is another's."""
    return _answer(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; or 503 when the database cannot be reached, since trying again will help."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        response = _answer(request, 503)
        response.headers["Retry-After"] = RETRY_SECONDS
        return response
    return _answer(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """403 for a form whose token is missing or old. When the page was open before the last sign-in here, its
    owner gets the form back with everything typed."""
    again = keep_stale(request)
    if again:
        return HttpResponseRedirect(again)
    return _answer(
        request, 403, gettext("This page was open too long. Go back, load it again, and send it once more.")
    )


class FriendlyRefusals:
    """Gives the empty 405 answer of Django's method decorators a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code != 405 or getattr(response, "content", None):
            return response
        friendly = _answer(request, 405)
        friendly.headers["Allow"] = response.headers.get("Allow", "")
        return friendly
