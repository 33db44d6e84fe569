"""/healthz says the process answers; /readyz names each part a site needs. Neither asks for a sign-in."""

import ctypes
import time
from collections.abc import Callable
from functools import cache

import redis
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from desmigratif.probe import HEART_KEY
from desmigratif.worker import redis_client
from periods.checks import calendar_notes
from reports.rendering import pango_is_missing

PDF_ADVICE = "On Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


class NotReady(Exception):
    """A part is missing; the text says which and what to do. It names no host, path or version."""


def check_database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        raise NotReady(
            "The database does not answer. See that PostgreSQL runs and DATABASE_URL is right."
        ) from None
    return "The database answers."


def check_broker() -> str:
    try:
        with redis_client() as client:
            client.ping()
    except redis.RedisError:
        raise NotReady("The broker does not answer. See that Valkey runs and REDIS_URL is right.") from None
    return "The broker answers."


def check_worker() -> str:
    try:
        with redis_client() as client:
            beat = client.get(HEART_KEY)
    except redis.RedisError:
        raise NotReady("The worker cannot be heard, because the broker does not answer.") from None
    if beat is None:
        raise NotReady("No worker has been heard for a minute. Start one, or read its log.")
    return f"A worker was heard {max(0, int(time.time()) - int(beat))} s ago."


@cache
def pdf_library_missing() -> bool:
    """Say whether WeasyPrint lacks its system libraries. Asked of the machine once a process.

    Loading the libraries answers in a millisecond; only when that fails (other systems name them otherwise)
    is WeasyPrint itself asked, which takes a second.
    """
    try:
        for name in ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0"):
            ctypes.CDLL(name)
    except OSError:
        return pango_is_missing()
    return False


def check_pdf() -> str:
    if pdf_library_missing():
        raise NotReady(f"The PDF library is missing. {PDF_ADVICE}")
    return "The PDF library is there."


PARTS: dict[str, Callable[[], str]] = {
    "database": check_database,
    "broker": check_broker,
    "worker": check_worker,
    "pdf": check_pdf,
}


@never_cache
@require_safe
def alive(_request: HttpRequest) -> JsonResponse:
    """200 as long as this process answers; asks nothing of anybody else."""
    return JsonResponse({"alive": True})


@never_cache
@require_safe
def ready(_request: HttpRequest) -> JsonResponse:
    """200 when every part is there, else 503; each part is named with a sentence. `notes`: what an operator
    has to do soon; the site works without it.
    """
    parts = {}
    for name, check in PARTS.items():
        try:
            parts[name] = {"ok": True, "sentence": check()}
        except NotReady as missing:
            parts[name] = {"ok": False, "sentence": str(missing)}
    everything = all(part["ok"] for part in parts.values())
    answer = {"ready": everything, "parts": parts, "notes": calendar_notes()}
    return JsonResponse(answer, status=200 if everything else 503)
