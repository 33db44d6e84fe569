"""Write the list of 1,000,000 services logged: XLSX against openpyxl's write-only mode, CSV against COPY of
the same rows in the same order with as many columns."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench import database
from bench.results import Line, at_least, at_most, in_turn

PROJECT = Path(__file__).resolve().parents[2]
ROWS, FEWER = 1_000_000, 100_000
LEAST_TIMES, LEAST_OF_COPY, MOST_GROWTH = 4.0, 0.9, 1.2


def exporting() -> list[Line]:
    """Each in a process of its own, so that its memory is its own."""
    peaks: dict[tuple[str, int], int] = {}

    def measured(way: str, rows: int = ROWS) -> float:
        told = _run(way, rows)
        peaks[way, rows] = max(peaks.get((way, rows), 0), told["megabytes"])
        return float(told["seconds"])

    measured("xlsx", FEWER)
    measured("copy")  # the tables are in memory for all that follow
    sheets = in_turn(lambda: measured("openpyxl"), lambda: measured("xlsx"), rounds=1)
    texts = in_turn(lambda: measured("copy"), lambda: measured("csv"))
    growth = peaks["xlsx", ROWS] / peaks["xlsx", FEWER]
    return [
        Line(
            f"write the list of {ROWS:,} services logged as XLSX",
            f"{sheets.middle[1]:.1f} s",
            f"{sheets.middle[0]:.1f} s openpyxl, write-only",
            f"{sheets.ratio:.1f} x",
            f">= {LEAST_TIMES:g} x",
            at_least(sheets.ratio, LEAST_TIMES),
        ),
        Line(
            "its memory, of that of 100,000 rows",
            f"{peaks['xlsx', ROWS]} MB",
            f"{peaks['xlsx', FEWER]} MB",
            f"{growth:.2f}",
            f"<= {MOST_GROWTH:g}",
            at_most(growth, MOST_GROWTH),
        ),
        Line(
            "write the same list as CSV",
            f"{texts.middle[1]:.1f} s",
            f"{texts.middle[0]:.1f} s COPY of it",
            f"{texts.ratio:.2f}",
            f">= {LEAST_OF_COPY:g}",
            at_least(texts.ratio, LEAST_OF_COPY),
        ),
    ]


def _run(way: str, rows: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.exports", way, str(rows), database.url_of(database.NAME)]
    done = subprocess.run(command, cwd=PROJECT, check=True, stdout=subprocess.PIPE, text=True)
    told: dict[str, Any] = json.loads(done.stdout)
    return told
