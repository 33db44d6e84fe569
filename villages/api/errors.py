"""What the API answers when something is wrong: a problem, and in it a sentence in the reader's language,
never a library's own.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler

from accounts.rules import Untimely
from villages.api.problems import OF_STATUS, problem_response
from villages.api.refusals import Changed, ScopeTooNarrow


def answer_in_words(error: Exception, context: dict[str, Any]) -> Response | None:
    """The problem that answers an error. None for errors that are ours to repair; Django then answers 500."""
    if isinstance(error, Untimely):
        return problem_response("step", error.sentence)
    plain = exception_handler(error, context)
    if plain is None:
        return None
    if isinstance(error, exceptions.ValidationError):
        return _refused_entries(error)
    code, sentence = _told(error, plain)
    response = problem_response(code, sentence)
    for header in ("WWW-Authenticate", "Retry-After"):
        if header in plain.headers:
            response.headers[header] = plain.headers[header]
    return response


def _refused_entries(error: exceptions.ValidationError) -> Response:
    """400: sentences by entry; doubts by code too, which the caller answers with `confirmed`."""
    errors = dict(error.detail) if isinstance(error.detail, dict) else {"detail": list(error.detail)}
    doubts = errors.pop("doubts", None)
    more = {} if doubts is None else {"doubts": doubts}
    return problem_response("entries", _("Mend the entries named in errors."), errors=errors, **more)


def _told(error: Exception, plain: Response) -> tuple[str, str]:
    """The kind of problem and its sentence."""
    match error:
        case exceptions.ParseError():
            return "unreadable", _("The body cannot be read. Send one JSON object.")
        case exceptions.UnsupportedMediaType():
            return "media-type", _("Send the body as application/json.")
        case exceptions.NotAcceptable():
            return "not-acceptable", _("Only application/json is answered.")
        case exceptions.NotFound() | Http404():
            return "absent", _("This does not exist.")
        case exceptions.NotAuthenticated():
            return "sign-in", _("Sign in first.")
        case exceptions.AuthenticationFailed():
            return "sign-in", _("This token does not hold. Make a new one under your account.")
        case exceptions.Throttled():
            return "too-many", _wait(error)
        case Changed():
            return "changed", _("This record was changed after you read it. Read it again.")
        case ScopeTooNarrow():
            return "scope", _("This token may not do this. Make one with the scope it needs.")
        case exceptions.PermissionDenied() if "CSRF" in str(error.detail):
            return "form-token", _("The form token is missing. Load a page again and send its token.")
    return OF_STATUS[plain.status_code], str(plain.data.get("detail", ""))


def _wait(error: exceptions.Throttled) -> str:
    seconds = round(getattr(error, "wait", None) or 1)
    sentence = ngettext("Call again in %(n)s second.", "Call again in %(n)s seconds.", seconds)
    return sentence % {"n": seconds}
