"""Who asks in the bench: one account of each role in the filled database, with a session of their own."""

from __future__ import annotations

import secrets
from functools import cache

from django.test import Client

from accounts.models import User
from villages.access import Seat, seat_of

OFFICER = "petugas.1.1"
ROLES = (
    OFFICER,
    "village-head",
    "district-coordinator",
    "district-viewer",
    "province-viewer",
    "ministry-analyst",
    "ministry-admin",
)


def seat(username: str) -> Seat:
    """The seat of one of them."""
    found = seat_of(User.objects.get(username=username))
    if found is None:
        raise LookupError(f"{username} has no seat.")
    return found


def signed_in(username: str) -> Client:
    """A test client signed in as one of them."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(username=username), backend="accounts.backends.AccountBackend")
    return client


@cache
def cookies(username: str) -> dict[str, str]:
    """The cookies of a browser signed in as one of them, with a CSRF token."""
    client = signed_in(username)
    return {name: morsel.value for name, morsel in client.cookies.items()} | {"csrf": secrets.token_hex(16)}
