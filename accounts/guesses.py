"""Guesses at what is printed on paper: so many in any fifteen minutes, counted in PostgreSQL beside the
failed sign-ins (`accounts.lockout`), without touching their limits.

What is counted has a name and somebody who guesses: an account, or an address where nobody is signed in.
Somebody unknown (a Unix socket) is not counted: everybody would share one count.
"""

from __future__ import annotations

from axes.models import AccessFailureLog
from django.conf import settings
from django.utils import timezone

from accounts.sealing import lookup_digest


def may_guess(what: str, who: str | None, *, most: int) -> bool:
    """Whether fewer than `most` wrong guesses of that kind were counted in the window. Queries: 1."""
    if who is None:
        return True
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    counted = AccessFailureLog.objects.filter(username=_digest(what, who), attempt_time__gt=since).count()
    return bool(counted < most)


def count_guess(what: str, who: str | None) -> None:
    """One more guess is counted. Old ones are forgotten with the failed sign-ins. Queries: 1."""
    if who is not None:
        AccessFailureLog.objects.create(username=_digest(what, who), ip_address=None)


def _digest(what: str, who: str) -> str:
    return lookup_digest(f"{what}:{who}", purpose="accounts.guesses").hex()
