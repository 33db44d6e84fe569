"""Failed sign-ins: five an account and twenty an address in any fifteen minutes (quality.md C17).

django-axes asks this handler before any password is hashed. An attempt is written down before it is
checked, so that guesses sent side by side cannot slip under the limit, and taken back when the password was
right. Refused attempts are not counted: nobody can keep a door locked by knocking. The account is counted
under a keyed digest of what was typed, since people type passwords into the wrong field. Everything is in
PostgreSQL; the broker is not asked. Signing in clears the account's failures, never the address's: an
account of one's own must not buy more guesses at others.
"""

from __future__ import annotations

from typing import Any

from axes.handlers.base import AbstractAxesHandler, AxesBaseHandler
from axes.models import AccessFailureLog
from django.conf import settings
from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils import timezone

from accounts.sealing import lookup_digest

Credentials = dict[str, Any] | None


def account_digest(name: str | None) -> str:
    """What stands for an account name in the count: the same for "Rina " and "rina", readable to nobody."""
    return lookup_digest((name or "").strip().lower(), purpose="accounts.sign_in").hex()


def forget_failures(name: str) -> None:
    """The account starts at zero again: its password was right, or is new."""
    AccessFailureLog.objects.filter(username=account_digest(name)).delete()


class TwoLimitsHandler(AbstractAxesHandler, AxesBaseHandler):
    def is_allowed(self, request: HttpRequest, credentials: Credentials = None) -> bool:
        """Count this attempt; False when the account or the address has had its failures. Queries: 3."""
        window = timezone.now() - settings.AXES_COOLOFF_TIME
        AccessFailureLog.objects.filter(attempt_time__lte=window).delete()
        attempt = AccessFailureLog.objects.create(
            username=account_digest((credentials or {}).get("username")),
            ip_address=request.axes_ip_address,  # type: ignore[attr-defined]
        )
        if self._count(attempt, above=True, since=window):
            attempt.delete()
            return False
        request.sign_in_attempt = attempt  # type: ignore[attr-defined]
        return True

    def user_login_failed(
        self, sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
    ) -> None:
        """Show the locked page already on the failure that reaches a limit."""
        attempt = getattr(request, "sign_in_attempt", None)
        if request is None or attempt is None or request.axes_locked_out:  # type: ignore[attr-defined]
            return
        if self._count(attempt, above=False, since=timezone.now() - settings.AXES_COOLOFF_TIME):
            request.axes_locked_out = True  # type: ignore[attr-defined]
            request.axes_locked_now = True  # type: ignore[attr-defined]

    def user_logged_in(self, sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
        """Does nothing on purpose; axes demands the method. The right password has cleared the count already
        (`ClosedAccountAdapter.authenticate`), and signing in must not clear the address's."""

    def user_logged_out(self, sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
        """Does nothing on purpose; axes demands the method. Leaving changes no count, and the audit log says
        who left."""

    def get_failures(self, request: HttpRequest, credentials: Credentials = None) -> int:
        """Failures of this account in the window."""
        failures = AccessFailureLog.objects.filter(
            username=account_digest((credentials or {}).get("username")),
            attempt_time__gt=timezone.now() - settings.AXES_COOLOFF_TIME,
        )
        return int(failures.count())

    @staticmethod
    def _count(attempt: AccessFailureLog, *, above: bool, since: Any) -> bool:
        """Whether a limit is passed (`above`) or reached, this attempt included.

        An address that is not known (a Unix socket) has no limit: everybody would share it.
        """
        counted = AccessFailureLog.objects.filter(attempt_time__gt=since).aggregate(
            account=Count("pk", filter=Q(username=attempt.username)),
            address=Count("pk", filter=Q(ip_address=attempt.ip_address, ip_address__isnull=False)),
        )
        account, address = int(counted["account"]), int(counted["address"])
        more = 1 if above else 0
        return (
            account >= settings.AXES_FAILURE_LIMIT + more or address >= settings.ADDRESS_FAILURE_LIMIT + more
        )
