"""What every request passes before a view, and every answer after it."""

import json
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import resolve_url
from django.utils import translation
from django_htmx.http import HttpResponseClientRedirect

from accounts.actions import forget_held_forms
from accounts.late_forms import keep_after_end, sign_in_address
from accounts.recognition import recognise

GetResponse = Callable[[HttpRequest], HttpResponseBase]

DEEPEST_JSON = 10
PACKED = (
    "application/pdf",
    "application/vnd.openxmlformats",  # XLSX
    "application/zip",
    "font/woff2",
    "image/jpeg",
    "image/png",
)


class CompressMiddleware(GZipMiddleware):
    """Compresses what gets smaller by it: files of these types are compressed already, and keep their length
    when they are sent as they are."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.headers.get("Content-Type", "").startswith(PACKED):
            return response
        return super().process_response(request, response)


class HostileInputMiddleware:
    """Answers 400 to input no honest browser sends, before it can reach a page or the database (C28).

    NUL characters in the address, a cookie, JSON or a field's name; the same query parameter twice, unless
    `settings.MANY_VALUED_PARAMETERS` names it; JSON with a key twice, with half a character, or nested
    deeper than ten. Control characters in what was typed are the forms' business, which say so beside the
    field.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.many_valued = frozenset(getattr(settings, "MANY_VALUED_PARAMETERS", ()))

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if _has_nul([request.path, *request.COOKIES.keys(), *request.COOKIES.values()]):
            raise BadRequest("NUL character in the address or a cookie")
        for name, values in request.GET.lists():
            if _has_nul([name, *values]):
                raise BadRequest("NUL character in the query")
            if len(values) > 1 and name not in self.many_valued:
                raise BadRequest("Query parameter given twice")
        if request.method not in {"GET", "HEAD", "OPTIONS"}:
            self._check_body(request)
        return self.get_response(request)

    def _check_body(self, request: HttpRequest) -> None:
        if request.content_type == "application/json":
            _check_json(request.body)
            return
        if _has_nul(request.POST):
            raise BadRequest("NUL character in a field's name")
        for field, files in request.FILES.lists():
            if _has_nul([field, *(file.name or "" for file in files)]):
                raise BadRequest("NUL character in a file name")


def _has_nul(texts: Iterable[str]) -> bool:
    return any("\0" in text for text in texts)


def _check_json(body: bytes) -> None:
    """Raise `BadRequest` for hostile JSON. What is not JSON at all is left to the view that reads it."""
    if not body:
        return
    try:
        waiting: list[tuple[Any, int]] = [(json.loads(body, object_pairs_hook=_single), 1)]
    except RecursionError:
        raise BadRequest("JSON nested too deep") from None
    except ValueError:
        return
    while waiting:
        value, depth = waiting.pop()
        if isinstance(value, str):
            if "\0" in value or not _is_whole(value):
                raise BadRequest("NUL or half a character in JSON")
        elif isinstance(value, dict | list):
            if depth > DEEPEST_JSON:
                raise BadRequest("JSON nested too deep")
            members = [*value.keys(), *value.values()] if isinstance(value, dict) else value
            waiting.extend((member, depth + 1) for member in members)


def _single(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise BadRequest("JSON key given twice")
    return found


def _is_whole(text: str) -> bool:
    """False for a lone surrogate, which the database cannot keep."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


class LanguageMiddleware:
    """Indonesian, unless the person chose otherwise: by the cookie `bahasa`, else by their account.

    What the browser asks for is never looked at, so that everybody who helps on the telephone sees the same
    page. Stands after the sign-in is known; costs no query for a visitor without a session.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.known = frozenset(code for code, _name in settings.LANGUAGES)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = self._chosen(request)
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    def _chosen(self, request: HttpRequest) -> str:
        cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        if cookie in self.known:
            return cookie
        if request.user.is_authenticated and request.user.language in self.known:
            return request.user.language
        return settings.LANGUAGE_CODE


class PrivatePagesMiddleware:
    """Nothing we answer is kept by a browser or a proxy, embedded by another site, or listed by a search
    engine.

    Static files say `public` themselves and keep their long life. Stands outermost, so that error pages and
    refusals carry the same headers.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if "public" not in response.headers.get("Cache-Control", ""):
            response.headers["Cache-Control"] = "no-store"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers["Permissions-Policy"] = (
            "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        )
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response


class HeldFormsMiddleware:
    """What was typed when the session ended comes back after the same person signs in again (quality.md U13).

    A form that is answered with "sign in first" is kept, sealed, for whoever worked in this browser last,
    and sign-in leads back to it with `?held=1`. Once it has been saved, what was kept is dropped. Files are
    not kept. Stands after the sign-in is known; the form has passed the CSRF check by then.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not request.user.is_authenticated:
            return _sent_to_sign_in(request, response)
        recognise(request, response, request.user)
        if request.method == "POST" and "held" in request.GET and response.status_code in {302, 303}:
            forget_held_forms(by=request.user, path=request.path)
        return response


def _sent_to_sign_in(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The same answer, unless it is `login_required` sending this very request to sign-in."""
    if response.status_code != 302:
        return response
    target = urlsplit(response.headers["Location"])
    sign_in = resolve_url(settings.LOGIN_URL)
    if target.path != sign_in or QueryDict(target.query).get("next") != request.get_full_path():
        return response
    again = keep_after_end(request)
    address = sign_in_address(again) if again else response.headers["Location"]
    if request.headers.get("HX-Request"):  # the whole page has to go there, not the fragment
        whole_page: HttpResponseBase = HttpResponseClientRedirect(address)
        return whole_page
    return HttpResponseRedirect(address)
