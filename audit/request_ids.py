"""One random id for everything that happens in one request or one job."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import uuid4

_current: ContextVar[str] = ContextVar("request_id", default="")


def current_request_id() -> str:
    """The id of the running request or job; empty outside of both."""
    return _current.get()


@contextmanager
def request_id() -> Iterator[str]:
    """Give everything inside one fresh id. A value from outside is never taken over."""
    token = _current.set(uuid4().hex)
    try:
        yield _current.get()
    finally:
        _current.reset(token)
