"""Every request has an id of its own, so that what it did can be found together."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from audit.request_ids import request_id


class RequestIdMiddleware:
    """Sets `request.request_id`. It stands in the log and on failure pages, in no other answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with request_id() as made:
            request.request_id = made  # type: ignore[attr-defined]
            return self.get_response(request)
