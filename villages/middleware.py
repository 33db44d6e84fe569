"""Every request knows who sits where."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from villages.access import seat_of


class SeatMiddleware:
    """Sets `request.seat` (a Seat or None) and the time zone of the place."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        seat = seat_of(request.user) if request.user.is_authenticated else None  # type: ignore[arg-type]
        request.seat = seat  # type: ignore[attr-defined]
        if seat is None:
            return self.get_response(request)
        with timezone.override(seat.zone):
            return self.get_response(request)
