"""The report through a real broker and a real worker, killed and not killed (quality.md R5, R8; fault 6)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from django.urls import reverse

from accounts.keys import new_key
from reports import tasks
from reports.enums import EditionStatus, MakingStep
from reports.models import ReportEdition
from reports.yearly.making import take_back_stalled
from tests import factories as make
from tests.engines import PROJECT, _with_database
from tests.reports import year_2019

pytestmark = pytest.mark.worker
PATIENCE_SECONDS = 240  # a busy machine prints slowly


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


class Worker:
    """A Celery worker of its own on a queue of its own."""

    def __init__(self, queue: str, log: Path) -> None:
        name = connections["default"].settings_dict["NAME"]
        environment = {
            **os.environ,
            "DATABASE_URL": _with_database(os.environ["DATABASE_URL"], name),
            "DESMIGRATIF_QUEUE": queue,
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
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.log.close()


def test_report_survives_the_kill_of_its_worker(register, settings, tmp_path):
    """Killed while it prints, the job is taken over from its frozen content: one file, the second start."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.REPORT_STALLED_SECONDS = 4
    queue = f"desmigratif-test-kill-{os.getpid()}"
    edition = make.ReportEditionFactory(year=2019, number=1)
    first = Worker(queue, tmp_path / "first.log")
    try:
        tasks.make_edition.apply_async([str(edition.pk)], queue=queue)
        until(lambda: ReportEdition.objects.get().step == MakingStep.PRINT, "the first worker to print")
    finally:
        first.kill()
    frozen = ReportEdition.objects.get()
    assert (frozen.status, frozen.attempts) == (EditionStatus.RUNNING, 1)
    assert list(tmp_path.glob("media/**/*.pdf")) == []

    second = Worker(queue, tmp_path / "second.log")
    try:
        until(lambda: _announced_again(queue) or status() == EditionStatus.DONE, "the silent row to be taken")
        until(lambda: status() == EditionStatus.DONE, "the second worker")
    finally:
        second.kill()
    done = ReportEdition.objects.get()
    assert (done.attempts, done.fence, done.digest) == (2, 2, frozen.digest)
    names = sorted(path.name for path in tmp_path.glob("media/**/*") if path.is_file())
    assert names == ["DMP-2019-01.pdf", "DMP-2019-01.xlsx"]
    assert (
        done.files.get(kind="pdf").sha256
        == sha256(next(tmp_path.glob("media/**/*.pdf")).read_bytes()).hexdigest()
    )


def _announced_again(queue: str) -> bool:
    """What the beat does every minute: take silent rows back and tell the broker."""
    found = take_back_stalled()
    for edition_id in found:
        tasks.make_edition.apply_async([str(edition_id)], queue=queue)
    return bool(found)
