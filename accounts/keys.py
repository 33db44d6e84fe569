"""UUIDv7 keys: made by a client, a form or Python; sorted by time; unguessable in their last 62 bits."""

from typing import Any
from uuid import UUID

from uuid_utils import compat


def new_key() -> UUID:
    """Return a fresh UUIDv7 as the standard library's UUID."""
    return compat.uuid7()


def as_key(value: Any) -> UUID | None:
    """The key a client sent, or None for nonsense."""
    try:
        return UUID(str(value))
    except ValueError:
        return None
