"""What the API answers when something is wrong: a sentence in the reader's language, never a library's
own.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.views import exception_handler

from migrants.case_states import IllegalStep


def answer_in_words(error: Exception, context: dict[str, Any]) -> Response | None:
    """The answer to an error: `{"detail": sentence}`, or the sentences by field for refused entries.

    None for errors that are ours to repair; Django then answers 500.
    """
    if isinstance(error, IllegalStep):
        return Response({"detail": error.sentence}, status=status.HTTP_409_CONFLICT)
    response = exception_handler(error, context)
    if response is not None and not isinstance(error, exceptions.ValidationError):
        response.data = {"detail": _sentence(error, response)}
    return response


def _sentence(error: Exception, response: Response) -> str:
    if isinstance(error, exceptions.ParseError):
        return _("The body cannot be read. Send one JSON object.")
    if isinstance(error, exceptions.UnsupportedMediaType):
        return _("Send the body as application/json.")
    if isinstance(error, exceptions.NotAcceptable):
        return _("Only application/json is answered.")
    if isinstance(error, exceptions.NotFound | Http404):
        return _("This does not exist.")
    if isinstance(error, exceptions.NotAuthenticated):
        return _("Sign in first.")
    if isinstance(error, exceptions.PermissionDenied) and "CSRF" in str(error.detail):
        return _("The form token is missing. Load a page again and send its token.")
    return str(response.data.get("detail", ""))
