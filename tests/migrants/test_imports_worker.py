"""An import through a real broker and a real worker, killed and not killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from accounts.keys import new_key
from audit.models import Event
from migrants import tasks
from migrants.enums import ImportStatus
from migrants.intake.work import take_back_stalled
from migrants.models import Migration, Person, RegisterImport
from tests.conftest import build_cast
from tests.engines import PROJECT, _with_database
from tests.migrants.registers_made import checked, line, nik, table
from tests.migrants.test_imports_pages import columns_of

pytestmark = pytest.mark.worker
PATIENCE_SECONDS = 240
ROWS = 4_000


def until(happened: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not happened():
        if time.monotonic() > deadline:
            row = RegisterImport.objects.values("status", "rows_done", "attempts", "failure").first()
            pytest.fail(f"Waited in vain: {what}; the row is {row}")
        time.sleep(0.05)


def status() -> str:
    return RegisterImport.objects.values_list("status", flat=True).get()


@pytest.fixture
def cast(transactional_db):
    return build_cast(timezone.localdate())


def many(rows: int = ROWS) -> bytes:
    """So many good rows, each of somebody else."""
    return table(
        *[
            line(None, f"ORANG CONTOH {n}", NIK=nik(9001 + n % 900, area=f"3325{14 + n // 900:02d}"))
            for n in range(rows)
        ]
    )


def test_file_goes_through_the_worker(cast, celery_worker):
    client = cast.client("rina")
    file = SimpleUploadedFile("register.csv", many(50))
    client.post(reverse("migrants:import-new"), {"kind": "persons", "key": str(new_key()), "file": file})
    register = RegisterImport.objects.get()
    client.post(reverse("migrants:import-columns", args=[register.pk]), columns_of(client, register))
    until(lambda: status() == ImportStatus.CHECKED, "the dry run")
    client.post(reverse("migrants:import-confirm", args=[register.pk]))
    until(lambda: status() == ImportStatus.IMPORTED, "the import")
    assert Person.objects.count() == 50
    client.post(reverse("migrants:import-undo", args=[register.pk]))
    until(lambda: status() == ImportStatus.UNDONE, "the undoing")
    assert (Person.objects.count(), Migration.objects.count()) == (0, 0)


class Worker:
    """A Celery worker of its own on a queue of its own."""

    def __init__(self, queue: str, log: Path) -> None:
        name = connections["default"].settings_dict["NAME"]
        environment = {
            **os.environ,
            "DATABASE_URL": _with_database(os.environ["DATABASE_URL"], name),
            "DESMIGRATIF_QUEUE": queue,
            "DESMIGRATIF_IMPORT_STALLED_SECONDS": "3",
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


@pytest.fixture
def queue(settings):
    settings.IMPORT_STALLED_SECONDS = 3
    settings.CELERY_TASK_DEFAULT_QUEUE = f"desmigratif-test-import-{os.getpid()}"
    return settings.CELERY_TASK_DEFAULT_QUEUE


def _send(queue: str, register: RegisterImport) -> None:
    tasks.work_on_register.apply_async([str(register.pk)], queue=queue)


def _announced_again(queue: str) -> bool:
    """What the beat does every minute: take silent rows back and tell the broker."""
    found = take_back_stalled()
    for key in found:
        tasks.work_on_register.apply_async([str(key)], queue=queue)
    return bool(found)


@pytest.mark.parametrize("step", ["checking", "importing", "undoing"])
def test_job_survives_the_kill_of_its_worker(cast, queue, tmp_path, step):
    """Killed in the middle, the job is done by the next worker: everything once, nothing half."""
    rina = cast.seat("rina")
    from migrants.actions.imports import confirm_columns, start_import
    from migrants.intake.jobs import do_job
    from migrants.registers.plans import Plan
    from tests.migrants.registers_made import uploaded

    if step == "checking":
        register = uploaded(rina, many())
        confirm_columns(by=rina, register=register, plan=Plan.from_json(register.plan), announced=False)
    else:
        register = checked(rina, many())
        start_import(by=rina, register=register, announced=False)
        if step == "undoing":
            do_job(register.pk)
            RegisterImport.objects.update(status="undoing", heart_at=None, attempts=0, rows_done=0)
    first = Worker(queue, tmp_path / "first.log")
    try:
        _send(queue, register)
        until(lambda: RegisterImport.objects.get().rows_done > 0, "the first worker to be at it")
    finally:
        first.kill()
    register.refresh_from_db()
    assert (register.status, register.attempts) == (step, 1)
    if step == "importing":
        assert Person.objects.count() == 0
    second = Worker(queue, tmp_path / "second.log")
    try:
        ends = {"checking": "checked", "importing": "imported", "undoing": "undone"}
        until(lambda: _announced_again(queue) or status() == ends[step], "the silent job to be taken")
        until(lambda: status() == ends[step], "the second worker")
    finally:
        second.kill()
    register.refresh_from_db()
    assert register.attempts == 2
    if step == "checking":
        assert (register.rows_read, register.rows_imported, register.rows.count()) == (ROWS, ROWS, ROWS)
    elif step == "importing":
        assert (Person.objects.count(), Migration.objects.count()) == (ROWS, ROWS)
        assert Event.objects.filter(name="person.registered").count() == ROWS
    else:
        assert (Person.objects.count(), Migration.objects.count()) == (0, 0)
