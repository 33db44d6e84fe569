"""One copy's whole life, from outside: started from nothing, killed, started again, stopped."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from desmigratif.local import postgres
from desmigratif.local.places import Places
from tests.desmigratif.outside import answer, clean_environment, free_port, python, unready, wait_until

LAUNCHER = ("-m", "desmigratif.local")


@pytest.fixture(scope="module")
def state():
    """A state folder of its own, migrated once by whichever test starts first."""
    with tempfile.TemporaryDirectory(prefix="dm-") as folder:
        yield Path(folder) / "s"


@pytest.fixture
def copy(state):
    """Engines on that state, and no practice people (they take a while); everything stopped in the end."""
    environment = clean_environment(DESMIGRATIF_STATE=str(state))
    try:
        engines = "from desmigratif.local.engines import ensure_running; ensure_running()"
        assert python("-c", engines, environment=environment).returncode == 0
        places = Places(state)
        (places.cluster / "practice").touch()
        yield places, environment
    finally:
        python(*LAUNCHER, "stop", environment=environment)


def processes_of(places: Places) -> dict[int, str]:
    """Every living process whose command, working folder or state is this copy's, with its command."""
    found = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and int(folder.name) != os.getpid():
            try:
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode().strip()
                around = (folder / "environ").read_bytes().decode(errors="replace").split("\0")
                works_in = str((folder / "cwd").readlink())
            except OSError:
                continue
            ours = (str(places.state), str(places.cluster))
            marked = command and f"DESMIGRATIF_STATE={places.state}" in around
            if marked or works_in.startswith(ours) or any(place in command for place in ours):
                found[int(folder.name)] = command
    return found


def noted(places: Places, name: str) -> int:
    note = places.pids / name
    return int(note.read_text()) if note.exists() else 0


@pytest.mark.worker
def test_copy_lives_through_kill_and_leaves_nothing_behind(copy):
    places, environment = copy
    port = free_port()

    started = python(*LAUNCHER, "start", "--detach", "--port", str(port), environment=environment)
    assert (started.returncode, started.stderr) == (0, "")
    assert f"Desmigratif is ready: http://localhost:{port}/" in started.stdout
    status, _, body = answer(port, "/readyz")
    assert (status, unready(body)) == (200, [])
    assert (answer(port, "/healthz")[0], answer(port, "/nothing-here")[0]) == (200, 404)

    with psycopg.connect(postgres.url(places)) as connection:
        connection.execute("CREATE TABLE promise (word text)")
        connection.execute("INSERT INTO promise VALUES ('kept')")

    # A second launcher is refused with one sentence, and the first goes on.
    second = python(*LAUNCHER, "start", "--port", str(free_port()), environment=environment)
    assert (second.returncode, second.stdout) == (1, "")
    assert second.stderr == f"./run: It already runs at http://localhost:{port}/. ./run stop ends it.\n"

    # A part that dies is started again.
    web = noted(places, "web")
    os.kill(web, signal.SIGKILL)
    assert wait_until(lambda: noted(places, "web") not in {0, web} and answer(port, "/healthz")[0] == 200)

    # Everything dies at once, the database in the midst of its work.
    killed = processes_of(places)
    assert len(killed) > 10
    for process in killed:
        os.kill(process, signal.SIGKILL)
    assert wait_until(lambda: not processes_of(places))
    assert answer(port, "/healthz")[0] == 0

    again = python(*LAUNCHER, "start", "--detach", "--port", str(port), environment=environment)
    assert (again.returncode, again.stderr) == (0, "")
    assert answer(port, "/readyz")[0] == 200
    with psycopg.connect(postgres.url(places)) as connection:
        assert connection.execute("SELECT word FROM promise").fetchall() == [("kept",)]

    stopped = python(*LAUNCHER, "stop", environment=environment)
    assert (stopped.returncode, stopped.stdout) == (0, "Stopped.\n")
    assert processes_of(places) == {}
    assert answer(port, "/healthz")[0] == 0


@pytest.mark.worker
def test_parts_die_with_a_killed_launcher(copy):
    places, environment = copy
    port = free_port()
    python(*LAUNCHER, "start", "--detach", "--port", str(port), environment=environment)
    launcher = json.loads((places.state / "site.json").read_text())["process"]
    os.kill(launcher, signal.SIGKILL)
    assert wait_until(lambda: answer(port, "/healthz")[0] == 0, 30)


@pytest.mark.worker
def test_ctrl_c_stops_everything(copy):
    places, environment = copy
    port = free_port()
    with subprocess.Popen(
        [sys.executable, *LAUNCHER, "start", "--port", str(port)],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as launcher:
        said = [launcher.stdout.readline()]
        while "Ctrl-C" not in said[-1]:
            assert said[-1], "the launcher ended without being ready"
            said.append(launcher.stdout.readline())
        os.killpg(launcher.pid, signal.SIGINT)  # as a terminal does
        assert launcher.stdout.read() == "Stopping.\n"
    assert launcher.returncode == 0
    assert wait_until(lambda: processes_of(places) == {}, 10)


def test_second_caller_finds_the_engines_running(copy):
    places, environment = copy
    ask = (
        "import os; from desmigratif.local.engines import ensure_running; ensure_running(print);"
        "print(os.environ['DATABASE_URL'], os.environ['DESMIGRATIF_MODE'])"
    )
    begun = time.monotonic()
    asked = python("-c", ask, environment=environment)
    assert asked.stdout == f"{postgres.url(places)} local\n"
    assert time.monotonic() - begun < 20


def test_role_of_the_application_is_plain(copy):
    places, _ = copy
    with psycopg.connect(postgres.url(places)) as connection:
        rights = connection.execute(
            "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles"
            " WHERE rolname = current_user"
        ).fetchone()
        owner = connection.execute(
            "SELECT pg_get_userbyid(datdba) = current_user, datcollate FROM pg_database"
            " WHERE datname = current_database()"
        ).fetchone()
    assert rights == (False, False, False, True)
    assert owner == (True, "C.UTF-8")


def test_local_keys_are_private_and_made_once(copy):
    places, environment = copy
    for name in ("secret-key", "field-keys.json"):
        assert (places.state / name).stat().st_mode & 0o777 == 0o600
    before = (places.state / "field-keys.json").read_text()
    python(
        "-c",
        "from desmigratif.local.engines import ensure_running; ensure_running()",
        environment=environment,
    )
    assert (places.state / "field-keys.json").read_text() == before
    keys = json.loads(before)
    assert sorted(keys) == ["current", "keys", "lookup"]


def test_engines_that_are_given_are_not_started(tmp_path):
    given = {"DATABASE_URL": "postgresql://a@/b?host=/nowhere", "REDIS_URL": "redis://127.0.0.1:1/0"}
    environment = clean_environment(DESMIGRATIF_STATE=str(tmp_path / "s"), **given)
    ask = (
        "import os; from desmigratif.local.engines import ensure_running; ensure_running(print);"
        "print(os.environ['DATABASE_URL'], os.environ['REDIS_URL'])"
    )
    asked = python("-c", ask, environment=environment)
    assert asked.stdout == f"{given['DATABASE_URL']} {given['REDIS_URL']}\n"
