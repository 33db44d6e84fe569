"""Sites under gunicorn for a while, and the load put on them: by wrk, or by a loop of ours without it."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

PROJECT = Path(__file__).resolve().parent.parent
CLIENTS = 4
WORKERS = 2
_LATENCY = re.compile(r"^\s+(50|99)%\s+([\d.]+)(us|ms|s)", re.MULTILINE)
_UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}
_POST = """
local form = "{form}"
local head = {{
  ["Content-Type"] = "application/x-www-form-urlencoded", ["Cookie"] = "{cookie}", ["X-CSRFToken"] = "{token}"
}}
local n = 0
function request()
  n = n + 1
  return wrk.format("POST", nil, head, form .. "&key=" .. string.format("{stamp}-7000-9000-%012x", n))
end
"""


@dataclass(frozen=True)
class Load:
    """What came back: answers a second, and milliseconds of the middle and the slowest hundredth."""

    per_second: float
    middle_ms: float
    slow_ms: float


class LoadFailed(Exception):
    """The page answered with something else than it should; the text says with what."""


@dataclass
class Site:
    """A running gunicorn. `cookies`: sent with every request."""

    port: int
    cookies: Mapping[str, str]

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def get(self, path: str) -> tuple[int, str]:
        """Status and body of one request."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path, headers={"Cookie": self.cookie})
            answer = connection.getresponse()
            return answer.status, answer.read().decode("utf-8", "replace")
        finally:
            connection.close()

    def pages(self, path: str, *, seconds: float) -> Load:
        """Ask for the page over and over. Raises `LoadFailed` when it is no 200."""
        self._check(self.get(path)[0], path)
        if wrk():
            return self._wrk(path, seconds)
        return _loop(lambda connection, _n: self._ask(connection, path), self.port, seconds)

    def saves(self, path: str, form: str, *, seconds: float) -> Load:
        """Send the form over and over, each time under a new key. Raises `LoadFailed` unless it redirects."""
        self._check(self._send(None, path, f"{form}&key={uuid.uuid4()}"), path, (302, 303))
        if not wrk():
            return _loop(
                lambda connection, _n: self._send(connection, path, f"{form}&key={uuid.uuid4()}"),
                self.port,
                seconds,
            )
        stamp = f"{int(time.time() * 1000):012x}"
        with TemporaryDirectory() as folder:
            script = Path(folder) / "post.lua"
            words = _POST.format(
                form=form, cookie=self.cookie, token=self.cookies["csrf"], stamp=f"{stamp[:8]}-{stamp[8:]}"
            )
            script.write_text(words, encoding="utf-8")
            return self._wrk(path, seconds, "-s", str(script))

    def _wrk(self, path: str, seconds: float, *more: str) -> Load:
        said = subprocess.run(
            ["wrk", "-t1", f"-c{CLIENTS}", f"-d{seconds:g}s", "--latency", "--timeout", "20s",
             "-H", f"Cookie: {self.cookie}", *more, f"http://127.0.0.1:{self.port}{path}"],
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        if "Non-2xx" in said:
            raise LoadFailed(f"{path}: {said[said.index('Non-2xx') :].splitlines()[0]}")
        found = {share: float(number) * _UNITS[unit] for share, number, unit in _LATENCY.findall(said)}
        rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
        return Load(float(rate[1]) if rate else 0.0, found.get("50", 0.0), found.get("99", 0.0))

    def _ask(self, connection: http.client.HTTPConnection, path: str) -> int:
        connection.request("GET", path, headers={"Cookie": self.cookie})
        answer = connection.getresponse()
        answer.read()
        return answer.status

    def _send(self, connection: http.client.HTTPConnection | None, path: str, form: str) -> int:
        connection = connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {
            "Cookie": self.cookie,
            "Content-Type": "application/x-www-form-urlencoded",
            "X-CSRFToken": self.cookies["csrf"],
        }
        connection.request("POST", path, form, headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status

    def _check(self, status: int, path: str, good: tuple[int, ...] = (200,)) -> None:
        if status not in good:
            raise LoadFailed(f"{path} answered {status}")


def wrk() -> bool:
    """Whether wrk is installed."""
    return shutil.which("wrk") is not None


def _loop(ask: Callable[[http.client.HTTPConnection, int], int], port: int, seconds: float) -> Load:
    """Four threads with a new connection for each request, as wrk meets gunicorn's sync workers."""
    took: list[float] = []
    end = time.monotonic() + seconds

    def work() -> None:
        n = 0
        while time.monotonic() < end:
            n += 1
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            began = time.monotonic()
            ask(connection, n)
            took.append((time.monotonic() - began) * 1000)
            connection.close()

    threads = [threading.Thread(target=work) for _client in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ordered = sorted(took)
    return Load(len(took) / seconds, statistics.median(ordered), ordered[int(len(ordered) * 0.99)])


@contextmanager
def serve(settings: str, database_url: str, cookies: Mapping[str, str], **environment: str) -> Iterator[Site]:
    """A site with these settings on that database, as `./run` starts it; gone when the block ends."""
    port = _free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "desmigratif.wsgi:application", "--bind", f"127.0.0.1:{port}",
         "--workers", str(WORKERS), "--preload", "--no-control-socket", "--log-level", "error"],
        cwd=PROJECT,
        env={**os.environ, "DATABASE_URL": database_url, "DJANGO_SETTINGS_MODULE": settings, **environment},
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait_for(port, process)
        yield Site(port, cookies)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise LoadFailed("gunicorn ended at once; what it said stands above")
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise LoadFailed("gunicorn did not start within a minute")
