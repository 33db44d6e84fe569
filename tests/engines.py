"""A pytest plugin: starts the local engines before Django reads its settings, and makes test databases cheap.

Named in pyproject.toml (`-p tests.engines`). Each xdist worker gets a queue, a broker database and a media
folder of its own. A migrated database is kept as a template, so that a run copies it in a moment.
"""

import gc
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from psycopg import sql

from desmigratif.local.engines import ensure_running, exclusive
from desmigratif.local.trouble import Trouble
from desmigratif.messages import compile_if_changed

PROJECT = Path(__file__).resolve().parent.parent
XDIST = os.environ.get("PYTEST_XDIST_WORKER", "")
TEMPLATE_PREFIX = "template_desmigratif_"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
LEFT_OUT = pytest.StashKey[list[str]]()

try:
    PLACES = ensure_running()
    compile_if_changed()
except Trouble as trouble:
    pytest.exit(str(trouble), returncode=3)


def chromium() -> str | None:
    """Return the path of an installed Chromium, None when there is none."""
    named = os.environ.get("DESMIGRATIF_CHROMIUM")
    return named or next((path for name in BROWSERS if (path := shutil.which(name))), None)


def _with_broker_database(url: str, number: int) -> str:
    parts = urlsplit(url)
    if parts.scheme == "redis+socket":
        return f"redis+socket://{parts.path}?virtual_host={number}"
    return urlunsplit(parts._replace(path=f"/{number}"))


def _with_database(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def _take_own_corner() -> None:
    """Database 0 of the broker is the site's, 1 a single test process's, 2 and up those of gw0 and up."""
    number = 2 + int(XDIST.removeprefix("gw")) if XDIST else 1
    os.environ["REDIS_URL"] = _with_broker_database(os.environ["REDIS_URL"], number)
    os.environ["DESMIGRATIF_QUEUE"] = f"desmigratif-test-{XDIST or 'main'}"
    os.environ["DESMIGRATIF_MEDIA_ROOT"] = str(_own_media())


def _own_media() -> Path:
    """An empty folder of this process alone: a run inside a test has workers of the same names, and must not
    take the files of the run around it. What dead processes left goes."""
    media = PLACES.state / "test-media"
    media.mkdir(parents=True, exist_ok=True)
    for left in media.iterdir():
        pid = left.name.rpartition("-")[2]
        if not (pid.isdecimal() and Path(f"/proc/{pid}").exists()):
            shutil.rmtree(left, ignore_errors=True)
    own = media / f"{XDIST or 'main'}-{os.getpid()}"
    shutil.rmtree(own, ignore_errors=True)
    own.mkdir()
    return own


_take_own_corner()
# Wider than on a site, where a page must not hold its database for long: nobody waits for a test, and a
# machine with other work must not fail it. Read by the settings, and by every process that a test starts.
os.environ.setdefault("DESMIGRATIF_STATEMENT_TIMEOUT_MS", "30000")


def pytest_configure(config: pytest.Config) -> None:
    """Let test connections skip the wait for the disk; the engine itself keeps fsync on."""
    from django.conf import settings

    quick = " -c synchronous_commit=off -c idle_in_transaction_session_timeout=600000"
    settings.DATABASES["default"]["OPTIONS"]["options"] += quick
    # Pages name static files without their digests, so that no test waits for them to be collected.
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    config.stash[LEFT_OUT] = []
    if config.getoption("numprocesses", default=None):
        threading.Thread(target=_migrate_ahead, daemon=True).start()


def pytest_collection_finish() -> None:
    """What the modules and the collection left stays for good: the collector need not look at it again."""
    gc.collect()
    gc.freeze()


# Browser tests: left out, and named, where there is no Chromium


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if chromium():
        return
    left_out = [item for item in items if item.get_closest_marker("browser")]
    if left_out:
        items[:] = [item for item in items if not item.get_closest_marker("browser")]
        config.hook.pytest_deselected(items=left_out)
        config.stash[LEFT_OUT] += [item.nodeid for item in left_out]


def pytest_sessionfinish(session: pytest.Session) -> None:
    shutil.rmtree(os.environ["DESMIGRATIF_MEDIA_ROOT"], ignore_errors=True)
    if XDIST:
        session.config.workeroutput["browser tests left out"] = session.config.stash[LEFT_OUT]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node, error: object) -> None:
    """Hear from an xdist worker what it left out; every worker names the same."""
    heard = getattr(node, "workeroutput", {}).get("browser tests left out", [])
    known = node.config.stash[LEFT_OUT]
    known += [name for name in heard if name not in known]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    left_out = config.stash[LEFT_OUT]
    if left_out:
        terminalreporter.section(
            f"{len(left_out)} BROWSER TESTS LEFT OUT: no Chromium found", sep="!", red=True
        )
        for name in left_out:
            terminalreporter.line(f"left out: {name}", red=True)
        terminalreporter.line(
            "Install Chromium (on Debian: apt-get install chromium) and run the tests again."
        )


# Test databases: copied from a migrated one


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[object], request: pytest.FixtureRequest) -> None:
    """Just before pytest-django makes the test database, see that there is a migrated one to copy."""
    if fixturedef.argname == "django_db_setup":
        from django.conf import settings

        settings.DATABASES["default"]["TEST"]["TEMPLATE"] = migrated_template()


def migrated_template() -> str:
    """Return the name of a database with all migrations of this working copy, made if there is none."""
    digest = hashlib.sha256((PROJECT / "requirements.lock").read_bytes())
    for path in sorted(PROJECT.glob("*/migrations/*.py")):
        digest.update(path.relative_to(PROJECT).as_posix().encode() + b"\0" + path.read_bytes())
    name = TEMPLATE_PREFIX + digest.hexdigest()[:16]
    url = os.environ["DATABASE_URL"]
    with exclusive(PLACES, "template"), psycopg.connect(url, autocommit=True) as connection:
        rows = connection.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{TEMPLATE_PREFIX}%"]
        )
        found = [row[0] for row in rows]
        if name in found:
            return name
        for old in found:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(old)))
        draft = f"{TEMPLATE_PREFIX}draft"
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(draft)))
        _migrate(_with_database(url, draft))
        rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        connection.execute(rename.format(sql.Identifier(draft), sql.Identifier(name)))
    return name


def _migrate_ahead() -> None:
    """The template is made while the workers collect. Who comes before it is there waits, or meets its
    trouble."""
    with suppress(Exception):
        migrated_template()


def _migrate(url: str) -> None:
    made = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--no-input", "--verbosity", "0", "--skip-checks"],
        cwd=PROJECT,
        env={**os.environ, "DATABASE_URL": url, "DESMIGRATIF_STATEMENT_TIMEOUT_MS": "600000"},
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        pytest.exit(f"The migrations fail:\n{made.stderr}", returncode=3)


# A real worker


@pytest.fixture(scope="module")
def celery_worker(django_db_setup: None) -> Iterator[int]:
    """A real Celery worker on this process's test database and queue. Tests need transactional_db.

    Gone with its module: it would do the jobs that other tests only queue."""
    from django.db import connections

    from desmigratif.probe import HEART_KEY
    from desmigratif.worker import redis_client

    log = PLACES.logs / f"test-worker-{XDIST or 'main'}.log"
    database = connections["default"].settings_dict["NAME"]
    worker = [sys.executable, "-m", "celery", "-A", "desmigratif.worker", "worker", "--loglevel", "INFO"]
    with redis_client() as client, log.open("wb") as file:
        client.flushdb()
        process = subprocess.Popen(
            [*worker, "--without-gossip", "--without-mingle"],
            cwd=PROJECT,
            env={**os.environ, "DATABASE_URL": _with_database(os.environ["DATABASE_URL"], database)},
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
            start_new_session=True,
        )
        try:
            deadline = time.monotonic() + 240
            while not client.get(HEART_KEY):
                if process.poll() is not None or time.monotonic() > deadline:
                    pytest.fail(
                        f"The Celery worker does not start:\n{log.read_text(errors='replace')[-4000:]}"
                    )
                time.sleep(0.1)
            yield process.pid
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            client.flushdb()
