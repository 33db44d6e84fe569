"""Sessions in the database that know whose they are and when they end (quality.md C19).

`settings.SESSION_ENGINE` names this module. A session of somebody signed in ends twelve hours after
sign-in, or when nothing was asked for an hour; who sits elsewhere than in a village is sent out earlier, by
`villages.middleware.SessionLimitsMiddleware`, which knows the seat and also notes when the session was last
used.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import InterfaceError, OperationalError
from django.utils import timezone

if TYPE_CHECKING:
    from accounts.models import Session

SINCE = "since"  # seconds: when the person signed in
SEEN = "seen"  # seconds: when the session was last used, at most a minute late
DEVICE = "device"
PUBLIC_ID = "public_id"  # names the session on pages; the key itself stays in the cookie


def seconds() -> int:
    """This moment in whole seconds."""
    return int(timezone.now().timestamp())


class SessionStore(DatabaseStore):
    @classmethod
    def get_model_class(cls) -> type[Session]:
        from accounts.models import Session

        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row of these data; whoever signs in by whatever road gets the limits."""
        if SESSION_KEY in data:
            data.setdefault(SINCE, seconds())
            data.setdefault(SEEN, seconds())
            data.setdefault(PUBLIC_ID, str(uuid4()))
        row = cast("Session", super().create_model_instance(data))
        if SESSION_KEY in data:
            row.user_id = UUID(data[SESSION_KEY])
            row.public_id = UUID(data[PUBLIC_ID])
            row.started_at = datetime.fromtimestamp(data[SINCE], UTC)
            row.seen_at = datetime.fromtimestamp(data[SEEN], UTC)
            row.device = data.get(DEVICE, "")[:60]
            row.expire_date = min(
                row.seen_at + timedelta(minutes=max(settings.SESSION_IDLE_MINUTES.values())),
                row.started_at + timedelta(hours=settings.SESSION_ABSOLUTE_HOURS),
            )
        return row

    def save(self, must_create: bool = False) -> None:
        """The session is kept. Raises what the database says when it went away: to Django every trouble means
        that somebody ended the session, which would be answered as a fault of the asker."""
        try:
            super().save(must_create)
        except UpdateError as error:
            if isinstance(error.__context__, OperationalError | InterfaceError):
                raise error.__context__ from None
            raise
