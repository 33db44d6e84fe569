"""Import all areas of the country, against only reading the file."""

from __future__ import annotations

import csv
import gzip
import os
import subprocess
import sys
import time
from pathlib import Path

from bench.database import EMPTY, drop, make_empty, url_of
from bench.results import Line, at_most, left_out

PROJECT = Path(__file__).resolve().parents[2]
FILE = PROJECT.parent / "shared" / "data" / "wilayah_2025.csv.gz"
COPY = "desmigratif_bench_areas"
MOST_SECONDS, MOST_MB = 20.0, 300


def areas() -> list[Line]:
    """Into a database of its own, so that the villages of the set stay as they are."""
    measure = "import 91,599 areas"
    if not FILE.exists():
        return [left_out(measure, f"{FILE.name} is not beside the project")]
    make_empty(COPY, template=EMPTY)
    try:
        command = ["import_areas", str(FILE)]
        seconds, peak, status = watched(command, {**os.environ, "DATABASE_URL": url_of(COPY)})
        again, _peak, _status = watched(command, {**os.environ, "DATABASE_URL": url_of(COPY)})
    finally:
        drop(COPY)
    if status:
        return [left_out(measure, "import_areas failed; what it said stands above")]
    began = time.monotonic()
    with gzip.open(FILE, "rt", encoding="utf-8", newline="") as file:
        rows = sum(1 for _row in csv.reader(file))
    reading = time.monotonic() - began
    return [
        Line(
            f"{measure}, with Django's start",
            f"{seconds:.1f} s",
            f"{reading:.1f} s only reading {rows:,} rows",
            f"{seconds:.1f} s",
            f"<= {MOST_SECONDS:g} s",
            at_most(seconds, MOST_SECONDS),
            {"seconds": seconds, "again": again, "reading": reading},
        ),
        Line("its memory", f"{peak} MB", "", f"{peak} MB", f"<= {MOST_MB} MB", at_most(peak, MOST_MB)),
        Line("import the same file again", f"{again:.1f} s"),
    ]


def watched(command: list[str], environment: dict[str, str]) -> tuple[float, int, int]:
    """Seconds, peak memory in megabytes and exit code of one of Django's commands."""
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "manage.py", *command], cwd=PROJECT, env=environment, stdout=subprocess.DEVNULL
    )
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return time.monotonic() - began, used.ru_maxrss // 1024, process.returncode
