"""`./run bench [--only NAME] [--keep]`: make the set, measure, print, write it down."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Sequence

from desmigratif.local.engines import ensure_running
from desmigratif.messages import compile_if_changed

GOAL_SECONDS = 60


def main(arguments: Sequence[str]) -> int:
    asked = _asked(arguments)
    ensure_running(_say)
    compile_if_changed()
    # The bench's own folder of static files: what the site of this copy serves stays as it is.
    with tempfile.TemporaryDirectory(prefix="desmigratif-bench-") as folder:
        os.environ |= {
            "DESMIGRATIF_STATIC_ROOT": f"{folder}/static",
            "DESMIGRATIF_STATEMENT_TIMEOUT_MS": "60000",
            "DJANGO_SETTINGS_MODULE": "desmigratif.settings",
        }
        return _run(asked)


def _asked(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run bench", description="Measure speed on 402 villages' data.")
    parser.add_argument(
        "--only", action="append", default=[], metavar="NAME", help="measure this alone; may be repeated"
    )
    parser.add_argument("--keep", action="store_true", help="keep the filled database for the next run")
    return parser.parse_args(arguments)


def _run(asked: argparse.Namespace) -> int:
    from bench import database, results

    began = time.monotonic()
    about = results.machine()
    site = os.environ["DATABASE_URL"]
    made, kept = _fill(database)
    os.environ["DATABASE_URL"] = database.url_of(database.NAME)
    import django

    django.setup()
    from django.core.management import call_command

    from bench.measures import MEASURES

    unknown = set(asked.only) - set(MEASURES)
    if unknown:
        _say(f"There is no measure {', '.join(sorted(unknown))}. There are: {', '.join(MEASURES)}.")
        return 2
    call_command("collectstatic", "--no-input", "--verbosity", "0")
    lines = list(made)
    try:
        for name in asked.only or MEASURES:
            _say(f"Measuring: {name}.")
            lines += _measured(name, MEASURES[name])
    finally:
        _close()
        os.environ["DATABASE_URL"] = site
        if not asked.keep:
            database.drop(database.NAME)
            database.drop(database.EMPTY)
    notes = _notes(about, kept, time.monotonic() - began)
    _say("\n" + results.table(lines) + "\n\n" + "\n".join(notes))
    _say(f"\nWritten to {results.write(lines, about, notes).relative_to(database.PROJECT)} and .json.")
    return 0


def _fill(database):
    """Make and fill the bench's database, or take the one an earlier `--keep` left. Lines on the filling."""
    import psycopg

    from bench import results

    tables = database.digest_of("*/migrations/*.py")
    mark = database.digest_of("*/migrations/*.py", "bench/dataset/*.py", "bench/writing.py")
    if not database.is_filled(database.EMPTY, tables):
        _say("Making the bench's own database.")
        database.make_empty(database.EMPTY)
        database.migrate(database.EMPTY)
        database.note_filled(database.EMPTY, tables)
    elif database.is_filled(database.NAME, mark):
        _say("Taking the database that was kept.")
        return [], True
    database.make_empty(database.NAME, template=database.EMPTY)
    import django

    os.environ["DATABASE_URL"], site = database.url_of(database.NAME), os.environ["DATABASE_URL"]
    django.setup()
    from bench.dataset import S, generate

    with (
        psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection,
        connection.cursor() as cursor,
    ):
        seconds = generate(cursor, S, say=_say)
        seconds["of the processor, PostgreSQL"] = results.processor_seconds(connection.info.backend_pid)
        seconds["of the processor, Python"] = time.process_time()
        size = cursor.execute("SELECT pg_size_pretty(pg_database_size(current_database()))").fetchone()[0]
    os.environ["DATABASE_URL"] = site
    database.note_filled(database.NAME, mark)
    busy = sum(spent for name, spent in seconds.items() if name.startswith("of the"))
    whole = sum(seconds.values()) - busy
    line = results.Line(
        f"make the set: {S.villages} villages, {S.people:,} people, {S.visits:,} visits",
        f"{whole:.0f} s",
        f"{size}; {busy:.0f} s of processor time",
        f"{whole:.0f} s",
        f"<= {GOAL_SECONDS} s",
        results.at_most(whole, GOAL_SECONDS),
        seconds,
    )
    return [line], False


def _measured(name, measure):
    from bench import results

    try:
        return measure()
    except Exception as error:  # one broken measure must not lose the others
        traceback.print_exc()
        return [results.left_out(name, f"{type(error).__name__}: {str(error)[:80]}")]


def _close() -> None:
    from django.db import connections

    connections.close_all()


def _notes(about: dict[str, str], kept: bool, seconds: float) -> list[str]:
    from bench.serving import CLIENTS, WORKERS, wrk

    busy = float(about["load before"]) > 0.5 * int(about["cores"])
    notes = [
        f"Load by {'wrk' if wrk() else 'a loop of our own'}, {CLIENTS} clients; gunicorn with {WORKERS} sync"
        " workers, PostgreSQL and the load share the machine.",
        "Ratios are medians of three rounds taken in turn; read them, not the seconds.",
        f"The whole run took {seconds:.0f} s." + (" The set was kept from an earlier run." if kept else ""),
    ]
    if busy:
        notes.insert(
            0, "THE MACHINE WAS BUSY WITH OTHER WORK when this began: take the numbers as provisional."
        )
    return notes


def _say(sentence: str) -> None:
    print(sentence, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
