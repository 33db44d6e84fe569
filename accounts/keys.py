"""UUIDv7 keys: made by a client, a form or Python; sorted by time; unguessable in their last 62 bits."""

from uuid import UUID

from uuid_utils import compat


def new_key() -> UUID:
    """Return a fresh UUIDv7 as the standard library's UUID."""
    return compat.uuid7()
