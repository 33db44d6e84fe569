"""The production settings, started natively: gunicorn, PostgreSQL and Valkey over TCP with passwords."""

import json
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest
from django.urls import reverse

from desmigratif.local import postgres, valkey
from desmigratif.local.keys import new_field_keys, new_report_key
from desmigratif.local.places import own_by_server
from tests.desmigratif.outside import (
    PROJECT,
    answer,
    clean_environment,
    free_port,
    python,
    unready,
    wait_until,
)

THROUGH_PROXY = {
    "Host": "desmigratif.example",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-For": "203.0.113.7",
}
# Every value without which a site must not start, and the words it then says.
NEEDED = {
    "DESMIGRATIF_SECRET_KEY": "DESMIGRATIF_SECRET_KEY is not set.",
    "DESMIGRATIF_HOSTS": "DESMIGRATIF_HOSTS is not set.",
    "DESMIGRATIF_FIELD_KEYS_FILE": "DESMIGRATIF_FIELD_KEYS_FILE is not set.",
    "DESMIGRATIF_REPORT_KEY_FILE": "DESMIGRATIF_REPORT_KEY_FILE is not set.",
    "DATABASE_URL": "DATABASE_URL is not set.",
    "REDIS_URL": "REDIS_URL is not set.",
}


@pytest.fixture(scope="module")
def engines():
    """PostgreSQL and Valkey on TCP with passwords; their addresses."""
    folder = Path(tempfile.mkdtemp(prefix="dm-"))
    own_by_server(folder, 0o755)
    password, admin = secrets.token_urlsafe(16), secrets.token_urlsafe(16)
    data, database_port, broker_port = folder / "data", free_port(), free_port()
    programs = postgres.find_programs()
    (folder / "admin").write_text(admin)
    (folder / "admin").chmod(0o644)
    initdb = [programs.path("initdb"), "-D", str(data), "-U", "postgres", "--auth=scram-sha-256", "--no-sync"]
    made = postgres.as_server(
        [*initdb, f"--pwfile={folder / 'admin'}", "--encoding=UTF8", "--locale=C.UTF-8"]
    )
    assert made.returncode == 0, made.stderr
    options = (
        f"-c listen_addresses=127.0.0.1 -c port={database_port} -c unix_socket_directories= -c fsync=off"
    )
    control = [programs.path("pg_ctl"), "-D", str(data), "-w", "-s"]
    started = postgres.as_server([*control, "start", "-l", str(folder / "log"), "-o", options])
    assert started.returncode == 0, started.stderr
    address = f"postgresql://postgres:{admin}@127.0.0.1:{database_port}/postgres"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE desmigratif LOGIN PASSWORD '{password}' NOSUPERUSER NOBYPASSRLS")
        connection.execute("CREATE DATABASE desmigratif OWNER desmigratif")
    server = [valkey.find_program(), "--port", str(broker_port), "--bind", "127.0.0.1", "--save", ""]
    kept = ["--requirepass", password, "--dir", str(folder), "--logfile", str(folder / "broker.log")]
    broker = subprocess.Popen([*server, *kept])
    try:
        yield {
            "DATABASE_URL": f"postgresql://desmigratif:{password}@127.0.0.1:{database_port}/desmigratif",
            "REDIS_URL": f"redis://:{password}@127.0.0.1:{broker_port}/0",
            "stop database": lambda: postgres.as_server([*control, "stop", "-m", "immediate"]),
        }
    finally:
        broker.kill()
        broker.wait()
        postgres.as_server([*control, "stop", "-m", "immediate"])
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def production(engines, tmp_path):
    """The environment of a production site."""
    keys = tmp_path / "field-keys.json"
    keys.write_text(new_field_keys())
    keys.chmod(0o600)
    signing = tmp_path / "report-key.pem"
    signing.write_text(new_report_key())
    signing.chmod(0o600)
    return clean_environment(
        DESMIGRATIF_MODE="production",
        DESMIGRATIF_HOSTS="desmigratif.example,localhost",
        DESMIGRATIF_SECRET_KEY=secrets.token_urlsafe(64),
        DESMIGRATIF_FIELD_KEYS_FILE=str(keys),
        DESMIGRATIF_REPORT_KEY_FILE=str(signing),
        DESMIGRATIF_STATIC_ROOT=str(tmp_path / "static"),
        DESMIGRATIF_MEDIA_ROOT=str(tmp_path / "files"),
        DESMIGRATIF_PROXY_COUNT="1",
        DESMIGRATIF_STATEMENT_TIMEOUT_MS="60000",
        DATABASE_URL=engines["DATABASE_URL"],
        REDIS_URL=engines["REDIS_URL"],
    )


def begin(environment: dict[str, str], log: Path, *words: str) -> subprocess.Popen:
    with log.open("wb") as file:
        return subprocess.Popen(
            [sys.executable, "-m", *words],
            cwd=PROJECT,
            env=environment,
            stdout=file,
            stderr=file,
            start_new_session=True,
        )


@pytest.mark.worker
def test_production_site_starts_and_says_what_is_missing(production, engines, tmp_path):
    migrated = python("manage.py", "migrate", "--no-input", "--verbosity", "0", environment=production)
    assert (migrated.returncode, migrated.stderr) == (0, "")
    assert python("manage.py", "collectstatic", "--no-input", environment=production).returncode == 0

    # No practice accounts here, and nobody can bring them in.
    refused = python("manage.py", "load_practice", environment=production)
    assert (refused.returncode, refused.stdout) == (1, "")
    with psycopg.connect(engines["DATABASE_URL"]) as connection:
        assert connection.execute("SELECT count(*) FROM accounts_user").fetchone() == (0,)

    port = free_port()
    bound = ["--bind", f"127.0.0.1:{port}", "--workers", "1", "--no-control-socket"]
    parts = [begin(production, tmp_path / "web.log", "gunicorn", "desmigratif.wsgi:application", *bound)]
    try:
        assert wait_until(lambda: answer(port, "/healthz", THROUGH_PROXY)[0] == 200), (
            tmp_path / "web.log"
        ).read_text()
        status, _, body = answer(port, "/readyz", THROUGH_PROXY)
        assert (status, unready(body)) == (503, ["worker"])

        celery = ["celery", "-A", "desmigratif.worker"]
        parts.append(begin(production, tmp_path / "worker.log", *celery, "worker", "--without-gossip"))
        ready = wait_until(lambda: answer(port, "/readyz", THROUGH_PROXY)[0] == 200)
        assert ready, (tmp_path / "worker.log").read_text()
        schedule = ["beat", "--pidfile=", "--schedule", str(tmp_path / "beat")]
        parts.append(begin(production, tmp_path / "beat.log", *celery, *schedule))

        probed = {**production, "DESMIGRATIF_HOSTS": "desmigratif.example"}
        assert python("-m", "desmigratif.probe", "worker", environment=probed).returncode == 0

        # Over HTTPS, with the headers of a public site; a foreign host name is refused.
        status, headers, _ = answer(port, "/", THROUGH_PROXY)
        assert status in {200, 302}
        assert headers["strict-transport-security"] == "max-age=31536000; includeSubDomains; preload"
        assert answer(port, "/", THROUGH_PROXY | {"Host": "elsewhere.example"})[0] == 400
        status, headers, _ = answer(port, reverse("account_login"), THROUGH_PROXY)
        assert status == 200
        assert re.match(r"__Host-csrf=.*; Secure", headers["set-cookie"])

        engines["stop database"]()
        status, _, body = answer(port, "/readyz", THROUGH_PROXY)
        assert (status, unready(body)) == (503, ["database"])
        assert "127.0.0.1" not in body
        assert answer(port, "/healthz", THROUGH_PROXY)[0] == 200
    finally:
        for part in parts:
            part.send_signal(signal.SIGKILL)
            part.wait()


@pytest.mark.parametrize("name", NEEDED)
def test_production_without_a_needed_value_refuses_in_one_sentence(name, production):
    environment = {key: value for key, value in production.items() if key != name}
    asked = python("-c", "import desmigratif.wsgi", environment=environment)
    assert asked.returncode == 1
    assert asked.stderr.startswith(f"Not started: {NEEDED[name]}")
    assert len(asked.stderr.strip().splitlines()) == 1


def test_production_with_a_short_secret_refuses(production):
    asked = python(
        "-c", "import desmigratif.wsgi", environment=production | {"DESMIGRATIF_SECRET_KEY": "short"}
    )
    assert asked.stderr == (
        "Not started: DESMIGRATIF_SECRET_KEY is too short: give at least 50 random characters.\n"
    )


@pytest.mark.parametrize("content", [None, "{}", json.dumps({"current": "k1", "keys": {}, "lookup": "AAAA"})])
def test_production_without_good_field_keys_refuses(content, production, tmp_path):
    file = tmp_path / "other-keys.json"
    if content is not None:
        file.write_text(content)
    asked = python(
        "-c", "import desmigratif.wsgi", environment=production | {"DESMIGRATIF_FIELD_KEYS_FILE": str(file)}
    )
    assert asked.returncode == 1
    assert asked.stderr.startswith("Not started: ")
    assert len(asked.stderr.strip().splitlines()) == 1


def test_production_never_starts_local_engines(production):
    environment = {key: value for key, value in production.items() if key != "DATABASE_URL"}
    asked = python("manage.py", "check", environment=environment)
    assert asked.returncode != 0
    assert "DATABASE_URL is not set." in asked.stderr
