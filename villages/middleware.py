"""Every request knows who sits where, and a session left alone ends."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from accounts.roles import Level
from accounts.sessions import SEEN, seconds
from villages.access import Seat, seat_of

GetResponse = Callable[[HttpRequest], HttpResponseBase]

NOTED_EVERY_SECONDS = 60  # a session row is not written at every request


class SeatMiddleware:
    """Sets `request.seat` (a Seat or None) and the time zone of the place."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        seat = seat_of(request.user) if request.user.is_authenticated else None
        request.seat = seat  # type: ignore[attr-defined]
        if seat is None:
            return self.get_response(request)
        request.user.seat_role = seat.seat_role  # type: ignore[union-attr]
        with timezone.override(seat.zone):
            return self.get_response(request)


class SessionLimitsMiddleware:
    """Ends a session left alone: after an hour in a village, after half an hour anywhere else (C19).

    The longest limits (an hour, twelve hours in all) hold in `accounts.sessions` already; this one knows the
    seat. The use is noted at most once a minute, so a session ends up to a minute early, never late.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated:
            idle = seconds() - request.session.get(SEEN, 0)
            if idle >= idle_seconds(request.seat):  # type: ignore[attr-defined]
                request.session.flush()
                request.user = AnonymousUser()
                request.seat = None  # type: ignore[attr-defined]
            elif idle >= NOTED_EVERY_SECONDS:
                request.session[SEEN] = seconds()
        return self.get_response(request)


def idle_seconds(seat: Seat | None) -> int:
    """How long a session of this seat may be left alone."""
    in_village = seat is not None and seat.level == Level.VILLAGE
    return 60 * settings.SESSION_IDLE_MINUTES["village" if in_village else "other"]
