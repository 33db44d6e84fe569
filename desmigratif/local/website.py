"""The site of one copy: gunicorn, a Celery worker and Celery beat, watched by one launcher."""

import fcntl
import http.client
import json
import os
import signal
import socket
import subprocess
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from desmigratif.local import engines, postgres, preparation, processes, valkey
from desmigratif.local.places import Places, forget_vanished
from desmigratif.local.trouble import Trouble

Say = Callable[[str], None]
# How long each may take to finish what it does.
PATIENCE = {"web": 5.0, "worker": 10.0, "beat": 3.0}
READY_SECONDS = 60
WATCH_SECONDS = 0.5
ENGINES_SECONDS = 5.0
RESTARTS_A_MINUTE = 5


class Stopped(Exception):
    """Somebody asked the launcher to stop: Ctrl-C, `./run stop`, or the end of the session."""


class Website:
    """One launcher. It holds the site's lock for its whole life; its parts die with it."""

    def __init__(self, places: Places, port: int, say: Say) -> None:
        self.places = places
        self.port = port
        self.say = say
        self.parts: dict[str, subprocess.Popen[bytes]] = {}
        self.restarts: deque[float] = deque()
        self._lock = os.open(places.state / "site.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}/"

    def run(self, when_ready: Callable[[], None]) -> None:
        """Start everything, call `when_ready` once the site answers, then watch until asked to stop.

        Everything is stopped when this returns or raises. Raises Trouble when the site does not start.
        """
        self._take_lock()
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            signal.signal(number, _stop)
        try:
            self._start()
            when_ready()
            self._watch()
        except Stopped:
            self.say("Stopping.")
        finally:
            for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
                signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not leave half behind
            stop_parts(self.places)
            engines.stop(self.places)
            _note(self.places).unlink(missing_ok=True)

    def _take_lock(self) -> None:
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            running = running_at(self.places)
            place = f" at http://localhost:{running['port']}/" if running else ""
            raise Trouble(f"It already runs{place}. ./run stop ends it.") from None
        _note(self.places).write_text(
            json.dumps({"process": os.getpid(), "port": self.port}), encoding="ascii"
        )

    def _start(self) -> None:
        stop_parts(self.places)  # what a kill -9 of the last launcher left behind
        forget_vanished()
        self._check_port()
        engines.ensure_running(self.say)
        preparation.prepare(self.places, self.say)
        valkey.forget(self.places, "desmigratif:heart")  # the last worker's, which would seem alive
        self.say("Starting the site.")
        for name in ("web", "worker"):
            self._launch(name)
        self._wait_until_ready()
        self._launch("beat")  # nobody waits for it, and two at once start sooner than three

    def _check_port(self) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", self.port))
            except PermissionError:
                raise Trouble(
                    f"Port {self.port} needs more rights. Choose one from 1024 up: ./run --port 8000."
                ) from None
            except OSError:
                other = self.port + 1 if self.port < 65535 else 8000
                raise Trouble(
                    f"Port {self.port} is taken by another program. Try ./run --port {other}."
                ) from None

    def _launch(self, name: str) -> None:
        self.parts[name] = processes.launch(self.places, name, self._command(name))

    def _command(self, name: str) -> list[str]:
        celery = ["celery", "-A", "desmigratif.worker"]
        if name == "web":
            return [
                "gunicorn", "desmigratif.wsgi:application", "--bind", f"127.0.0.1:{self.port}",
                "--workers", "2", "--timeout", "120", "--graceful-timeout", "4", "--preload",
                "--no-control-socket",
            ]  # fmt: skip
        if name == "worker":
            return [*celery, "worker", "--loglevel", "INFO", "--without-gossip", "--without-mingle"]
        return [
            *celery,
            "beat",
            "--loglevel",
            "WARNING",
            "--pidfile=",
            "--schedule",
            str(self.places.state / "beat"),
        ]

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + READY_SECONDS
        answer: dict[str, dict[str, object]] = {}
        while time.monotonic() < deadline:
            for name, part in self.parts.items():
                if part.poll() is not None:
                    raise Trouble(f"The {name} process ended at once. Its log says why: {self._log(name)}")
            answer = self._ask_ready()
            missing = [name for name, part in answer.items() if not part["ok"]]
            if answer and not missing:
                return
            if missing == ["pdf"]:
                self.say(f"Reports as PDF are off: {answer['pdf']['sentence']}")
                return
            time.sleep(0.05)
        why = " ".join(str(part["sentence"]) for part in answer.values() if not part["ok"])
        raise Trouble(f"The site was not ready after {READY_SECONDS} s. {why} The logs: {self.places.logs}")

    def _ask_ready(self) -> dict[str, dict[str, object]]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", "/readyz")
            return dict(json.loads(connection.getresponse().read())["parts"])
        except (OSError, http.client.HTTPException, ValueError, KeyError):
            return {}
        finally:
            connection.close()

    def _watch(self) -> None:
        """Start again what ends by itself, also the engines; five times a minute is a fault to read about."""
        looked = time.monotonic()
        while True:
            time.sleep(WATCH_SECONDS)
            for name, part in self.parts.items():
                if part.poll() is not None:
                    self._restart(name, part.returncode)
            if time.monotonic() - looked > ENGINES_SECONDS:
                looked = time.monotonic()
                self._mend_engines()

    def _restart(self, name: str, code: int) -> None:
        now = time.monotonic()
        self.restarts.append(now)
        while now - self.restarts[0] > 60:
            self.restarts.popleft()
        if len(self.restarts) > RESTARTS_A_MINUTE:
            raise Trouble(f"The {name} process keeps ending. Its log says why: {self._log(name)}")
        self.say(f"The {name} process ended (code {code}); starting it again.")
        processes.end(self.places, {name: 0})
        self._launch(name)

    def _mend_engines(self) -> None:
        ours = (
            os.environ["DATABASE_URL"] == postgres.url(self.places),
            os.environ["REDIS_URL"] == valkey.url(self.places),
        )
        with engines.exclusive(self.places, "engines"):
            if ours[0] and not postgres.is_running(self.places):
                self.say("PostgreSQL ended; starting it again.")
                postgres.start(self.places)
            if ours[1] and not valkey.is_running(self.places):
                self.say("The broker ended; starting it again.")
                valkey.start(self.places)

    def _log(self, name: str) -> Path:
        return self.places.logs / f"{name}.log"


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise Stopped


def stop_parts(places: Places) -> None:
    """End web, worker and beat of this copy, whoever started them."""
    processes.end(places, PATIENCE)


def running_at(places: Places) -> dict[str, int] | None:
    """Return the running launcher's process and port, None when none holds the lock."""
    with (places.state / "site.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            try:
                return dict(json.loads(_note(places).read_text(encoding="ascii")))
            except (OSError, ValueError):  # between taking the lock and writing the note
                return None
    return None


def stop_all(places: Places) -> None:
    """Stop the site and the engines of this copy; nothing it started runs when this returns."""
    running = running_at(places)
    if running:
        os.kill(running["process"], signal.SIGTERM)
        if not processes.wait_for_end(running["process"], 45):
            os.kill(running["process"], signal.SIGKILL)
    stop_parts(places)
    engines.stop(places)


def _note(places: Places) -> Path:
    return places.state / "site.json"
