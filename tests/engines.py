"""A pytest plugin: starts the local engines before Django reads its settings, and makes test databases cheap.

Named in pyproject.toml (`-p tests.engines`). Each xdist worker gets a queue, a broker database and a media folder of
its own. A migrated database is kept as a template, one per set of migrations, so that a run copies it in a moment.
"""

import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import psycopg
import pytest
from psycopg import sql

from desmigratif.local.engines import ensure_running, exclusive
from desmigratif.messages import compile_if_changed

PLACES = ensure_running()
compile_if_changed()
PROJECT = Path(__file__).resolve().parent.parent
XDIST = os.environ.get("PYTEST_XDIST_WORKER", "")
TEMPLATE_PREFIX = "template_desmigratif_"


def _with_broker_database(url: str, number: int) -> str:
    parts = urlsplit(url)
    if parts.scheme == "redis+socket":
        query = dict(parse_qsl(parts.query)) | {"virtual_host": str(number)}
        return urlunsplit(parts._replace(query=urlencode(query)))
    return urlunsplit(parts._replace(path=f"/{number}"))


def _with_database(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def _take_own_corner() -> None:
    """Database 0 of the broker is the site's, 1 a single test process's, 2 and up those of gw0 and up."""
    number = 2 + int(XDIST.removeprefix("gw")) if XDIST else 1
    os.environ["REDIS_URL"] = _with_broker_database(os.environ["REDIS_URL"], number)
    os.environ["DESMIGRATIF_QUEUE"] = f"desmigratif-test-{XDIST or 'main'}"
    os.environ["DESMIGRATIF_MEDIA_ROOT"] = str(PLACES.state / "test-media" / (XDIST or "main"))
    Path(os.environ["DESMIGRATIF_MEDIA_ROOT"]).mkdir(parents=True, exist_ok=True)


_take_own_corner()


def pytest_configure(config: pytest.Config) -> None:
    """Let test connections skip the wait for the disk; the engine itself keeps fsync on."""
    from django.conf import settings

    settings.DATABASES["default"]["OPTIONS"]["options"] += (
        " -c synchronous_commit=off -c idle_in_transaction_session_timeout=600000"
    )
    # Pages name static files without their digests, so that no test waits for them to be collected.
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


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
        found = [
            row[0]
            for row in connection.execute(
                "SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{TEMPLATE_PREFIX}%"]
            )
        ]
        if name in found:
            return name
        draft = f"{TEMPLATE_PREFIX}draft"
        for old in found:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(old)))
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'").format(
                sql.Identifier(draft)
            )
        )
        made = subprocess.run(
            [sys.executable, "manage.py", "migrate", "--no-input", "--verbosity", "0", "--skip-checks"],
            cwd=PROJECT, env={**os.environ, "DATABASE_URL": _with_database(url, draft)}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if made.returncode:
            pytest.exit(f"The migrations fail:\n{made.stderr}", returncode=3)
        connection.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(draft), sql.Identifier(name))
        )
    return name


@pytest.fixture(scope="session")
def celery_worker(django_db_setup: None) -> Iterator[int]:
    """A real Celery worker on this process's test database and queue; its process id. Tests need transactional_db."""
    from django.db import connections

    from desmigratif.worker import HEART_KEY, redis_client

    client = redis_client()
    client.flushdb()
    environment = {
        **os.environ,
        "DATABASE_URL": _with_database(
            os.environ["DATABASE_URL"], connections["default"].settings_dict["NAME"]
        ),
    }
    log = PLACES.logs / f"test-worker-{XDIST or 'main'}.log"
    with log.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "desmigratif.worker", "worker", "--loglevel", "WARNING", "--without-gossip", "--without-mingle"],
            cwd=PROJECT, env=environment, stdin=subprocess.DEVNULL, stdout=file, stderr=file, start_new_session=True,
        )  # fmt: skip
    try:
        deadline = time.monotonic() + 60
        while not client.get(HEART_KEY):
            if process.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"The Celery worker does not start:\n{log.read_text(errors='replace')[-4000:]}")
            time.sleep(0.1)
        yield process.pid
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        client.flushdb()
        client.close()
