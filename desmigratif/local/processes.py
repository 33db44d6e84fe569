"""Processes of one copy: start one that dies with us, find what was left over, end it."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from desmigratif.local.places import PROJECT, Places, on_linux

MARK = "DESMIGRATIF_LAUNCHED_FROM"
_PR_SET_PDEATHSIG = 1
LARGEST_LOG = 10 * 1024 * 1024


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
    with suppress(OSError):
        stat = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
        return stat.rpartition(")")[2].split()[0] not in "ZX"
    return True


def wait_for_end(process: int, seconds: float = 10) -> bool:
    """Wait until the process is gone; False when it still runs after that long."""
    deadline = time.monotonic() + seconds
    while is_alive(process):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def launch(places: Places, name: str, command: list[str]) -> "subprocess.Popen[bytes]":
    """Start a part of the site with its own log, in a group of its own, marked as ours, and dying with us."""
    log = places.logs / f"{name}.log"
    if log.exists() and log.stat().st_size > LARGEST_LOG:
        log.replace(log.with_suffix(".log.1"))
    with log.open("ab") as file:
        part = subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=PROJECT,
            env={**os.environ, MARK: str(places.state), "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
            start_new_session=True,
            preexec_fn=_die_with(os.getpid()),
        )
    (places.pids / name).write_text(str(part.pid), encoding="ascii")
    return part


def _die_with(parent: int) -> Callable[[], None] | None:
    """On Linux the kernel ends a part when its launcher dies, even by kill -9."""
    if not on_linux():
        return None
    library = ctypes.CDLL(None, use_errno=True)

    def ask() -> None:
        library.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it died before we asked
            os._exit(1)

    return ask


def end(places: Places, patience: dict[str, float]) -> None:
    """End the named parts with their children: politely, then firmly. They are gone when this returns."""
    groups = {name: _noted(places, name) for name in patience}
    begun = time.monotonic()
    for group in groups.values():
        if group and _group_members(places, group):
            _signal(os.kill, group, signal.SIGTERM)  # the leader tells its children in its own order
    for name, group in groups.items():
        if group:
            _await_group(places, group, begun + patience[name])
            for sign, seconds in ((signal.SIGQUIT, 3), (signal.SIGKILL, 5)):
                if _group_members(places, group):
                    _signal(os.killpg, group, sign)
                    _await_group(places, group, time.monotonic() + seconds)
        (places.pids / name).unlink(missing_ok=True)


def _noted(places: Places, name: str) -> int:
    note = places.pids / name
    return int(note.read_text(encoding="ascii")) if note.exists() else 0


def _signal(send: Callable[[int, int], None], target: int, sign: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        send(target, sign)


def _await_group(places: Places, group: int, deadline: float) -> None:
    while _group_members(places, group) and time.monotonic() < deadline:
        time.sleep(0.03)


def _group_members(places: Places, group: int) -> list[int]:
    """Return the group's living processes that carry our mark: a number may be a stranger's by now."""
    with suppress(ChildProcessError):
        os.waitpid(group, os.WNOHANG)
    if not on_linux():
        try:
            os.killpg(group, 0)
        except (ProcessLookupError, PermissionError):
            return []
        return [group]
    members = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with suppress(OSError, IndexError):
                fields = (
                    (folder / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
                )
                if int(fields[2]) == group and fields[0] not in "ZX" and _is_marked(folder, places):
                    members.append(int(folder.name))
    return members


def _is_marked(folder: Path, places: Places) -> bool:
    return f"{MARK}={places.state}".encode() in (folder / "environ").read_bytes().split(b"\0")
