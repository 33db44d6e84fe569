"""What can be wrong with a call, as problem+json (RFC 9457): the kinds, and how one is told.

A program reads `type`, which never changes; a person reads `detail`, one sentence in the caller's language.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rest_framework.response import Response

MEDIA_TYPE = "application/problem+json"
ADDRESS = "/api/v1/problems/"


class Problem(NamedTuple):
    """A kind of problem: the status it is answered with, and what it is called."""

    status: int
    title: Promise


PROBLEMS: dict[str, Problem] = {
    "unreadable": Problem(400, _("The call cannot be read")),
    "entries": Problem(400, _("Entries have to be mended")),
    "sign-in": Problem(401, _("Nobody is signed in")),
    "refused": Problem(403, _("Not permitted")),
    "form-token": Problem(403, _("The form token is missing")),
    "scope": Problem(403, _("The token does not reach this")),
    "absent": Problem(404, _("Not there")),
    "method": Problem(405, _("Wrong method")),
    "not-acceptable": Problem(406, _("Only JSON is answered")),
    "step": Problem(409, _("No such step from here")),
    "stale": Problem(409, _("Somebody saved in between")),
    "changed": Problem(412, _("The record is no longer the one you saw")),
    "media-type": Problem(415, _("Only JSON is read")),
    "too-many": Problem(429, _("Too many calls")),
    "fault": Problem(500, _("A fault on our side")),
    "unavailable": Problem(503, _("Not available now")),
}
# What an answer means to whoever knows its status alone; the first kind of a status speaks for it.
OF_STATUS = {problem.status: code for code, problem in reversed(PROBLEMS.items())}


def problem(code: str, detail: Any, **more: Any) -> dict[str, Any]:
    """The body of a problem. `more`: what the kind tells besides (docs/api.md)."""
    kind = PROBLEMS[code]
    return {
        "type": f"{ADDRESS}{code}/",
        "title": str(kind.title),
        "status": kind.status,
        "detail": str(detail),
        **more,
    }


def problem_response(code: str, detail: Any, **more: Any) -> Response:
    """The answer that tells a problem."""
    body = problem(code, detail, **more)
    return Response(body, status=PROBLEMS[code].status, content_type=MEDIA_TYPE)
