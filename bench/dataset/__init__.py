"""The set of the programme's size ("S"): 402 villages, 100,000 people, a million visits, all invented.

Everything follows from row numbers through a hash, so two runs of one day give the same set. Identity numbers
and what was told are sealed as the product seals them, so that pages can open them. Days end today and reach
seven years back.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils import timezone
from psycopg import Cursor

from bench.dataset.casework import CASE_TABLES, add_cases
from bench.dataset.people import PEOPLE_TABLES, add_people, seal_everything
from bench.dataset.pillar_records import PILLAR_TABLES, add_pillar_records
from bench.dataset.places import add_places
from bench.dataset.shape import M, S, Size, helpers
from bench.dataset.visits import VISIT_TABLES, add_visits
from bench.writing import bare
from reports.actions.keeping import MEND_COUNTS

__all__ = ["M", "S", "Size", "generate", "prepare"]

Say = Callable[[str], None]
_SETTINGS = (
    "SET synchronous_commit = off",
    "SET maintenance_work_mem = '256MB'",
    "SET work_mem = '256MB'",
    "SET jit = off",
    "SET statement_timeout = 0",
    "SET lock_timeout = 0",
    "SET timezone = 'Asia/Jakarta'",
    "SET CONSTRAINTS ALL IMMEDIATE",
)


def generate(
    cursor: Cursor[Any],
    size: Size = S,
    *,
    today: date | None = None,
    say: Say = lambda _sentence: None,
) -> dict[str, float]:
    """Fill an empty, migrated database; return the seconds of each part. Analyses what it wrote.

    `today`: the last day of the set; this day when None.
    """
    prepare(cursor, today=today)
    seconds: dict[str, float] = {}
    for name, part in _PARTS.items():
        began = time.monotonic()
        part(cursor, size)
        seconds[name] = time.monotonic() - began
        say(f"  {name}: {seconds[name]:.1f} s")
    return seconds


def prepare(cursor: Cursor[Any], *, today: date | None = None) -> None:
    """The session waits for nothing, and knows the functions that the parts of a set are written with."""
    for words in (*_SETTINGS, helpers(today or timezone.localdate())):
        cursor.execute(words)


def _add_records(cursor: Cursor[Any], size: Size) -> None:
    with bare(cursor, (*PEOPLE_TABLES, *VISIT_TABLES, *CASE_TABLES, *PILLAR_TABLES)):
        add_people(cursor)
        add_visits(cursor, size)
        add_cases(cursor, size)
        add_pillar_records(cursor)


def _keep_counts(cursor: Cursor[Any], _size: Size) -> None:
    """The counts that triggers would have kept."""
    cursor.execute(MEND_COUNTS)


def _analyse(cursor: Cursor[Any], _size: Size) -> None:
    """Statistics and visibility maps as after a quiet night; inside a transaction (tests) the first alone."""
    cursor.execute("VACUUM (ANALYZE)" if cursor.connection.autocommit else "ANALYZE")


_PARTS: dict[str, Callable[[Cursor[Any], Size], None]] = {
    "villages, officers, offices": add_places,
    "sealed numbers and words": seal_everything,
    "people, visits, cases, pillars, with their indexes": _add_records,
    "kept counts": _keep_counts,
    "statistics": _analyse,
}
