"""Before the site starts: messages compiled, tables up to date, static files gathered, practice data.

Each step is skipped when nothing it depends on has changed, so that a second start takes seconds.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from desmigratif.local import postgres
from desmigratif.local.places import PROJECT, Places
from desmigratif.local.trouble import Trouble
from desmigratif.messages import compile_if_changed

Say = Callable[[str], None]


def prepare(places: Places, say: Say) -> None:
    """Bring everything up to date. Raises Trouble with one sentence."""
    if compile_if_changed():
        say("Compiled the Indonesian messages.")
    _migrate(places, say)
    _collect_static(places, say)
    _load_practice(places, say)


def accounts(places: Places) -> str:
    """Return the list of practice accounts, empty when this copy has none."""
    note = _practice_note(places)
    return note.read_text(encoding="utf-8").strip() if note.exists() else ""


def _migrate(places: Places, say: Say) -> None:
    digest = _digest(PROJECT.glob("*/migrations/*.py"))
    note = places.cluster / "migrated"  # beside the data: it goes when they go
    if postgres.is_ours(places) and note.exists() and note.read_text(encoding="ascii") == digest:
        return
    say("Bringing the tables up to date.")
    _manage(
        places, "migrate", "--no-input", "--verbosity", "0", what="The tables could not be brought up to date"
    )
    if postgres.is_ours(places):
        note.write_text(digest, encoding="ascii")


def _collect_static(places: Places, say: Say) -> None:
    root = Path(os.environ["DESMIGRATIF_STATIC_ROOT"])
    files = [path for path in (PROJECT / "desmigratif" / "static").rglob("*") if path.is_file()]
    digest = _digest(files)
    note = places.stamps / "static"
    if note.exists() and note.read_text(encoding="ascii") == digest and root.is_dir():
        return
    say("Gathering the static files.")
    _manage(
        places,
        "collectstatic",
        "--no-input",
        "--clear",
        "--verbosity",
        "0",
        what="The static files could not be gathered",
    )
    note.write_text(digest, encoding="ascii")


def _load_practice(places: Places, say: Say) -> None:
    """Fill an empty local database with areas, villages and invented people; keep the list of accounts."""
    note = _practice_note(places)
    if os.environ.get("DESMIGRATIF_MODE") != "local" or note.exists():
        return
    listed = ""
    if _is_empty() and any(PROJECT.glob("*/management/commands/load_practice.py")):
        say("Loading the villages and the practice people.")
        listed = _manage(places, "load_practice", what="The practice data could not be loaded")
    note.write_text(listed, encoding="utf-8")


def _practice_note(places: Places) -> Path:
    return (places.cluster if postgres.is_ours(places) else places.stamps) / "practice"


def _is_empty() -> bool:
    import psycopg

    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        row = connection.execute("SELECT NOT EXISTS (SELECT FROM accounts_user)").fetchone()
        return bool(row and row[0])


def _manage(places: Places, *command: str, what: str) -> str:
    """Run one of Django's commands and return what it printed. Raises Trouble with its last line."""
    done = subprocess.run(
        [sys.executable, "manage.py", *command], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        log = places.logs / "preparation.log"
        log.write_text(done.stdout + done.stderr, encoding="utf-8")
        last = (done.stderr.strip() or done.stdout.strip() or "no reason given").splitlines()[-1].rstrip(".")
        raise Trouble(f"{what}: {last}. The whole story is in {log}.")
    return done.stdout


def _digest(paths: Iterable[Path]) -> str:
    """Return a digest of the named files, of the locked packages, and of the interpreter."""
    digest = hashlib.sha256(sys.version.encode() + (PROJECT / "requirements.lock").read_bytes())
    for path in sorted(paths):
        digest.update(path.relative_to(PROJECT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
