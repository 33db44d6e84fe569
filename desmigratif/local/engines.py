"""The engines of one copy: found running or started, and named in the environment."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from desmigratif.local import keys, places, postgres, valkey
from desmigratif.local.places import Places

_in_use: list[int] = []  # open for as long as this process lives


def _silent(_sentence: str) -> None:
    return None


def ensure_running(say: Callable[[str], None] = _silent) -> Places:
    """Start PostgreSQL and Valkey unless they run or are given, and put their addresses into the environment.

    They outlive the calling process; `./run stop` ends them. What the environment names is left alone.
    `say` hears progress in words. Raises Trouble with one sentence that says what to do.
    """
    here = places.here()
    with exclusive(here, "engines"):
        if not _given("DATABASE_URL"):
            if not postgres.is_running(here):
                say("Starting PostgreSQL.")
                postgres.start(here)
            os.environ["DATABASE_URL"] = postgres.url(here)
        if not _given("REDIS_URL"):
            if not valkey.is_running(here):
                say("Starting the broker (Valkey).")
                valkey.start(here)
            os.environ["REDIS_URL"] = valkey.url(here)
        values = keys.local_values(here)
        _announce_use(here)
    os.environ.setdefault("DESMIGRATIF_MODE", "local")
    for name, value in values.items():
        if not _given(name):
            os.environ[name] = value
    return here


@contextmanager
def borrowed(say: Callable[[str], None] = _silent) -> Iterator[Places]:
    """Have the engines for one command; stop them if it started them and nobody else needs them."""
    here = places.here()
    ran = postgres.is_running(here) or valkey.is_running(here)
    ensure_running(say)
    try:
        yield here
    finally:
        if not ran:
            stop_unused(here)


def stop_unused(here: Places) -> bool:
    """Stop the engines if no other process of this copy uses them; say whether they were stopped."""
    with exclusive(here, "engines"):
        for handle in _in_use:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
        _stop(here)
        return True


def stop(here: Places) -> None:
    """Stop the engines, whoever uses them."""
    with exclusive(here, "engines"):
        _stop(here)


def _stop(here: Places) -> None:
    valkey.stop(here)
    postgres.stop(here)


@contextmanager
def exclusive(here: Places, name: str) -> Iterator[None]:
    """Hold the named lock of this copy; a second process waits."""
    with (here.state / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _announce_use(here: Places) -> None:
    """Hold a shared lock as long as this process lives, so that nobody stops the engines under it."""
    if not _in_use:
        handle = os.open(here.state / "engines.in-use", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(handle, fcntl.LOCK_SH)
        _in_use.append(handle)


def _given(name: str) -> bool:
    return bool(os.environ.get(name, "").strip() or os.environ.get(f"{name}_FILE", "").strip())
