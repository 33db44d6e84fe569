"""Read a register of 100,000 rows with all checks, against calamine alone and a plain openpyxl loop."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.registers import ROWS
from bench.results import Line, at_least, at_most, in_turn

PROJECT = Path(__file__).resolve().parents[2]
MOST_SECONDS, MOST_MB = 60.0, 400
LEAST_OF_CALAMINE, LEAST_TIMES = 0.4, 4.0


def registers() -> list[Line]:
    """Each reading in a process of its own, so that its memory is its own."""
    with TemporaryDirectory(prefix="desmigratif-bench-") as folder:
        path = Path(folder) / "register.xlsx"
        _run("write", path)  # its memory must not be counted to anybody else
        peaks: dict[str, int] = {}
        counts: dict[str, Any] = {}

        def measured(way: str) -> float:
            told = _run(way, path)
            peaks[way] = max(peaks.get(way, 0), told["megabytes"])
            counts[way] = told["counts"]
            return float(told["seconds"])

        alone = in_turn(lambda: measured("calamine"), lambda: measured("ours"))
        plain = in_turn(lambda: measured("openpyxl"), lambda: measured("ours"), rounds=1)
    ours, _calamine = alone.middle[1], alone.middle[0]
    return [
        Line(
            f"read a register of {ROWS:,} rows, all checks",
            f"{ours:.1f} s",
            f"{alone.middle[0]:.1f} s calamine alone",
            f"{ours:.1f} s",
            f"<= {MOST_SECONDS:g} s",
            at_most(ours, MOST_SECONDS),
            {"ours": alone.baseline, "calamine": alone.ours, "counts": counts["ours"]},
        ),
        Line(
            "its rate, of calamine's alone",
            "",
            "",
            f"{alone.ratio:.2f}",
            f">= {LEAST_OF_CALAMINE}",
            at_least(alone.ratio, LEAST_OF_CALAMINE),
        ),
        Line(
            "against a plain openpyxl loop, same checks",
            f"{plain.middle[1]:.1f} s",
            f"{plain.middle[0]:.1f} s",
            f"{plain.ratio:.1f} x",
            f">= {LEAST_TIMES:g} x",
            at_least(plain.ratio, LEAST_TIMES),
        ),
        Line(
            "its memory",
            f"{peaks['ours']} MB",
            f"{peaks['openpyxl']} MB openpyxl",
            f"{peaks['ours']} MB",
            f"<= {MOST_MB} MB",
            at_most(peaks["ours"], MOST_MB),
        ),
    ]


def _run(way: str, path: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.registers", way, str(path)]
    done = subprocess.run(command, cwd=PROJECT, check=True, stdout=subprocess.PIPE, text=True)
    told: dict[str, Any] = json.loads(done.stdout)
    return told
