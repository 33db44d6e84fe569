"""What `./run` says when something is wrong: one sentence that says what to do, never a traceback."""

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.desmigratif.outside import PROJECT, clean_environment, python

RUN = PROJECT / "run"


def run(*words: str, **values: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, RUN, *words],
        env=clean_environment(**values),
        capture_output=True,
        text=True,
        check=False,
    )


def test_run_is_executable_and_needs_only_the_standard_library():
    assert os.access(RUN, os.X_OK)
    imported = re.findall(r"^(?:import|from) (\w+)", RUN.read_text(), re.MULTILINE)
    assert set(imported) <= sys.stdlib_module_names


def test_help_names_every_command():
    shown = run("--help")
    assert shown.returncode == 0
    for command in ("stop", "test", "check", "fix", "bench", "manage", "--port", "--detach"):
        assert command in shown.stdout


def test_unknown_command_is_one_sentence():
    asked = run("strat")
    assert (asked.returncode, asked.stdout) == (1, "")
    assert asked.stderr == "./run: There is no command 'strat'. ./run --help lists them.\n"


def test_old_python_is_one_sentence():
    pretend = (
        "import importlib.machinery, importlib.util, shutil, sys;"
        f"loader = importlib.machinery.SourceFileLoader('run', {str(RUN)!r});"
        "run = importlib.util.module_from_spec(importlib.util.spec_from_loader('run', loader));"
        "loader.exec_module(run); shutil.which = lambda name: None; run.LEAST = (99, 1);"
        "run.check_python()"
    )
    asked = python("-c", pretend, environment=clean_environment())
    have = f"{sys.version_info.major}.{sys.version_info.minor}"
    last = asked.stderr.strip().splitlines()[-1]
    assert (
        last == f"run.Trouble: Python 3.11 or newer is needed, but this is {have}. Install a newer python3."
    )


@pytest.mark.parametrize("port", ["0", "70000", "eight", "-1"])
def test_impossible_port_is_refused(port, tmp_path):
    asked = python(
        "-m",
        "desmigratif.local",
        "start",
        "--port",
        port,
        environment=clean_environment(DESMIGRATIF_STATE=str(tmp_path)),
    )
    assert asked.returncode == 2
    assert "Traceback" not in asked.stderr


def test_taken_port_is_named_before_anything_starts(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        environment = clean_environment(DESMIGRATIF_STATE=str(tmp_path / "s"))
        asked = python("-m", "desmigratif.local", "start", "--port", str(port), environment=environment)
    assert (asked.returncode, asked.stdout) == (1, "")
    assert asked.stderr == f"./run: Port {port} is taken by another program. Try ./run --port {port + 1}.\n"


def test_folder_without_postgresql_is_named(tmp_path):
    environment = clean_environment(DESMIGRATIF_STATE=str(tmp_path / "s"), DESMIGRATIF_PG_BIN=str(tmp_path))
    asked = python("manage.py", "check", environment=environment)
    assert asked.returncode == 1
    assert asked.stderr == f"DESMIGRATIF_PG_BIN: {tmp_path} holds no PostgreSQL >= 15. Correct or unset it.\n"


def test_stop_of_a_copy_that_never_ran_is_quiet(tmp_path):
    asked = python(
        "-m",
        "desmigratif.local",
        "stop",
        environment=clean_environment(DESMIGRATIF_STATE=str(tmp_path / "s")),
    )
    assert (asked.returncode, asked.stdout, asked.stderr) == (0, "Stopped.\n", "")


def test_lock_names_no_host_and_pins_every_hash():
    lock = Path(PROJECT / "requirements.lock").read_text()
    assert "://" not in lock
    blocks = re.split(r"\n(?=\S)", lock.strip())
    pinned = [block for block in blocks if "==" in block.splitlines()[0]]
    assert [block.splitlines()[0] for block in pinned if "--hash=sha256:" not in block] == []
    assert any(block.startswith("uv==") for block in pinned)
