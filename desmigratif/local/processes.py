"""Processes of one copy: is this one alive, end it, wait for its end."""

import os
import time
from contextlib import suppress
from pathlib import Path


def is_alive(process: int) -> bool:
    """Say whether the process runs; one that ended and was not collected yet does not."""
    with suppress(ChildProcessError):  # collect it if it is ours
        os.waitpid(process, os.WNOHANG)
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    state = Path(f"/proc/{process}/stat")
    with suppress(OSError):
        return state.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[0] not in "ZX"
    return True


def wait_for_end(process: int, seconds: float = 10) -> bool:
    """Wait until the process is gone; False when it still runs after that long."""
    deadline = time.monotonic() + seconds
    while is_alive(process):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
