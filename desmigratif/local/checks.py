"""`./run check`: what must hold before a change is shown to others. `./run fix` mends what a machine can."""

import os
import secrets
import subprocess
import sys
import time
from collections.abc import Callable

from desmigratif.local.places import PROJECT

PYTHON = [sys.executable, "-m"]
MANAGE = [sys.executable, "manage.py"]
CHECKS: dict[str, list[str]] = {
    "style and common mistakes (ruff)": [*PYTHON, "ruff", "check", "."],
    "layout (ruff format)": [*PYTHON, "ruff", "format", "--check", "."],
    "types (mypy)": [*PYTHON, "mypy", "."],
    "the staircase (import-linter)": [*PYTHON, "importlinter.cli", "lint"],
    "templates (djlint)": [*PYTHON, "djlint", "templates", "--lint", "--quiet"],
    "migrations are complete": [*MANAGE, "makemigrations", "--check", "--dry-run"],
    "messages are translated": [*PYTHON, "desmigratif.messages", "check"],
    "the API describes itself": [
        *MANAGE,
        "spectacular",
        "--fail-on-warn",
        "--validate",
        "--file",
        os.devnull,
    ],
    "production settings (check --deploy)": [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"],
}


def check(say: Callable[[str], None]) -> int:
    """Run every check, also after one has failed; return 0 when all are good."""
    failed = []
    for name, command in CHECKS.items():
        begun = time.monotonic()
        done = subprocess.run(
            command,
            cwd=PROJECT,
            env=_production() if "--deploy" in command else None,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        say(f"{'good' if done.returncode == 0 else 'BAD '}  {name}  ({time.monotonic() - begun:.1f} s)")
        if done.returncode:
            failed.append(name)
            say(done.stdout.rstrip())
    say("Everything is good." if not failed else f"Not good: {', '.join(failed)}.")
    return 1 if failed else 0


def fix() -> int:
    """Mend the Python files. Templates are only checked: moving their spaces changes pages."""
    commands = ([*PYTHON, "ruff", "check", "--fix", "."], [*PYTHON, "ruff", "format", "."])
    return max(subprocess.run(command, cwd=PROJECT, check=False).returncode for command in commands)


def _production() -> dict[str, str]:
    """Return the environment of a production site on this copy's engines."""
    return {
        **os.environ,
        "DESMIGRATIF_MODE": "production",
        "DESMIGRATIF_SECRET_KEY": secrets.token_urlsafe(64),
        "DESMIGRATIF_HOSTS": "desmigratif.example",
    }
