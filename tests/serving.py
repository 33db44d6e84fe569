"""The site as it is served: gunicorn in processes of its own, on this test process's database."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connections

from tests.desmigratif.outside import free_port
from tests.engines import PLACES, PROJECT, XDIST, _with_database


@dataclass(frozen=True)
class Served:
    """A running gunicorn. `address`: without a slash at the end."""

    process: subprocess.Popen
    port: int

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    def workers(self) -> list[int]:
        """The processes that answer requests; gunicorn begins a new one for each that dies."""
        task = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in task.read_text().split()]


@contextmanager
def served(of: str, *, static: bool = False) -> Iterator[Served]:
    """The site with two workers while the block runs. `of`: names its log. `static`: with its own files,
    which pages need and answers without a page do not."""
    name, port = connections["default"].settings_dict["NAME"], free_port()
    environment = {
        **os.environ,
        "DATABASE_URL": _with_database(os.environ["DATABASE_URL"], name),
        "DESMIGRATIF_STATIC_ROOT": str(PLACES.state / "test-static" / (XDIST or "main")),
        "DESMIGRATIF_HOSTS": "localhost",
    }
    quiet = {"cwd": PROJECT, "env": environment, "stdin": subprocess.DEVNULL}
    if static:
        words = ["collectstatic", "--no-input", "--verbosity", "0", "--skip-checks"]
        subprocess.run([sys.executable, "manage.py", *words], check=True, **quiet)
    log = (PLACES.logs / f"test-{of}-{XDIST or 'main'}.log").open("wb")
    bound = ["--bind", f"127.0.0.1:{port}", "--workers", "2"]
    command = [sys.executable, "-m", "gunicorn", "desmigratif.wsgi", *bound]
    process = subprocess.Popen(command, stdout=log, stderr=log, **quiet)
    try:
        _wait(process, port, log.name)
        yield Served(process, port)
    finally:
        process.terminate()
        process.wait(timeout=60)
        log.close()


def _wait(process: subprocess.Popen, port: int, log: str) -> None:
    deadline = time.monotonic() + 240
    while True:
        try:
            urllib.request.urlopen(f"http://localhost:{port}/healthz", timeout=10).close()
            return
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"gunicorn does not start; see {log}")
            time.sleep(0.1)
