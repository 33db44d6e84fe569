"""The report through a real broker and a real worker, killed and not killed (quality.md R5, R8; fault 6)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connections
from django.test import Client
from django.urls import reverse

from accounts.keys import new_key
from desmigratif.local.valkey import find_program
from desmigratif.worker import app
from reports import tasks
from reports.actions.editions import request_edition
from reports.enums import EditionStatus, MakingStep
from reports.models import ReportEdition
from tests import factories as make
from tests.engines import PROJECT, _with_database
from tests.reports import year_2019
from villages.access import seat_of

pytestmark = pytest.mark.worker
PATIENCE_SECONDS = 240  # a busy machine prints slowly
RESUMED_SECONDS = 120


def until(happened: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not happened():
        if time.monotonic() > deadline:
            pytest.fail(f"Waited in vain: {what}; the row is {ReportEdition.objects.values().first()}")
        time.sleep(0.2)


def status() -> str:
    return ReportEdition.objects.values_list("status", flat=True).get()


@pytest.fixture
def register(transactional_db):
    year_2019.everything()


@pytest.fixture
def maya(register):
    user = make.UserFactory(full_name="Maya Anggraini")
    make.PostingFactory(user=user, role="ministry_analyst")
    client = Client()
    client.force_login(user, backend="accounts.backends.AccountBackend")
    return client


def test_report_asked_for_on_the_page_is_made_and_downloaded(maya, celery_worker):
    answer = maya.post(
        reverse("reports:edition-request"),
        {"kind": "yearly", "year": "2019", "key": str(new_key()), "confirmed": "1"},
    )
    assert answer.status_code == 302
    until(lambda: status() in {EditionStatus.DONE, EditionStatus.FAILED}, "the report")
    edition = ReportEdition.objects.get()
    assert (edition.status, edition.failure) == (EditionStatus.DONE, "")
    file = edition.files.get(kind="pdf")
    assert file.sha256 in maya.get(answer.url).content.decode()
    body = b"".join(maya.get(reverse("reports:edition-download", args=[edition.pk])).streaming_content)
    assert sha256(body).hexdigest() == file.sha256
    assert edition.content["figures"]["cumulative"]["published"] == 402


class Broker:
    """A Valkey of its own on a socket of its own, so that no other test loses its broker."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.socket = folder, folder / "valkey.sock"
        self.url = f"redis+socket://{self.socket}?virtual_host=0"
        self.start()

    def start(self) -> None:
        """It answers when this returns, and knows nothing of what it was told before it was killed."""
        self.socket.unlink(missing_ok=True)
        self.process = subprocess.Popen(
            [find_program(), *f"--port 0 --unixsocket {self.socket} --save".split(), ""],
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        until(self.socket.exists, "the broker to start")

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


class Worker:
    """A Celery worker of its own at a broker of its own."""

    def __init__(self, broker: Broker, log: Path) -> None:
        name = connections["default"].settings_dict["NAME"]
        environment = {
            **os.environ,
            "DATABASE_URL": _with_database(os.environ["DATABASE_URL"], name),
            "REDIS_URL": broker.url,
            "DESMIGRATIF_REPORT_HEART_SECONDS": "1",
            "DESMIGRATIF_REPORT_STALLED_SECONDS": "4",
            "DESMIGRATIF_MEDIA_ROOT": str(settings.MEDIA_ROOT),
        }
        self.log = log.open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "desmigratif.worker", "worker", "--without-gossip"],
            cwd=PROJECT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )

    def kill(self) -> None:
        """The worker and the child that prints are gone."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.log.close()


@pytest.fixture
def broker(monkeypatch):
    """The site tells this broker of its jobs."""
    tell = tasks.make_edition.apply_async

    def apply_async(args, **more):
        with app.connection_for_write(broker.url) as connection:
            return tell(args, connection=connection, **more)

    with tempfile.TemporaryDirectory(prefix="dmp-", dir="/tmp") as folder:
        broker = Broker(Path(folder))
        monkeypatch.setattr(tasks.make_edition, "apply_async", apply_async)
        yield broker
        broker.kill()


def row(year: int) -> ReportEdition:
    return ReportEdition.objects.get(year=year)


def prints(year: int) -> bool:
    return row(year).step == MakingStep.PRINT


def test_report_survives_the_kill_of_worker_child_and_broker(maya, broker, settings, tmp_path):
    """All three killed while it prints: reading and asking go on, another worker takes over from the frozen
    content. Then the broker alone: the worker finishes without it. One whole file each, never half of one."""
    settings.MEDIA_ROOT, settings.REPORT_STALLED_SECONDS = tmp_path / "media", 4
    seat = seat_of(get_user_model().objects.get(full_name="Maya Anggraini"))
    first = Worker(broker, tmp_path / "first.log")
    try:
        page = reverse("reports:edition-detail", args=[request_edition(by=seat, year=2019).pk])
        until(lambda: prints(2019), "the first worker to print")
        broker.kill()
        assert maya.get(page).status_code == 200
        waiting = request_edition(by=seat, year=2018)
    finally:
        first.kill()
    frozen = row(2019)
    assert (frozen.status, frozen.attempts) == (EditionStatus.RUNNING, 1)
    assert row(2018).pk == waiting.pk
    assert (row(2018).status, row(2018).announced_at) == (EditionStatus.QUEUED, None)
    assert files_in(tmp_path) == []

    time.sleep(settings.REPORT_STALLED_SECONDS + 1)
    broker.start()
    began = time.monotonic()
    second = Worker(broker, tmp_path / "second.log")
    try:
        until(lambda: swept() and row(2019).attempts == 2, "the silent row to be taken")
        assert time.monotonic() - began < RESUMED_SECONDS
        until(lambda: prints(2018), "the other report to print")
        broker.kill()
        until(lambda: row(2018).status == EditionStatus.DONE, "the second worker, without a broker")
    finally:
        second.kill()
    done = row(2019)
    assert (done.status, done.fence, done.digest) == (EditionStatus.DONE, 2, frozen.digest)
    assert row(2018).attempts == 1
    names = [f"DMP-{year}-01.{kind}" for year in (2018, 2019) for kind in ("pdf", "xlsx")]
    assert files_in(tmp_path) == names
    for file in done.files.all():
        assert sha256((tmp_path / "media" / file.path).read_bytes()).hexdigest() == file.sha256


def swept() -> bool:
    """What the beat does every minute."""
    tasks.reclaim_stalled()
    return True


def files_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("media/**/*") if path.is_file())
