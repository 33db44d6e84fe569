"""What a run found: one line a measure, as a table to read and as JSON to compare."""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent
FOLDER = PROJECT / "bench" / "results"
HEADINGS = ("measure", "ours", "baseline", "reached", "goal", "")
REACHED, MISSED, TOLD, LEFT_OUT = "reached", "MISSED", "told", "left out"


@dataclass(frozen=True)
class Line:
    """One measure. `reached` and `goal` are words; `verdict` compares them; `numbers` holds every round."""

    measure: str
    ours: str
    baseline: str = ""
    reached: str = ""
    goal: str = ""
    verdict: str = TOLD
    numbers: dict[str, Any] = field(default_factory=dict)


def at_least(value: float, least: float) -> str:
    """The verdict on a value that should be no smaller."""
    return REACHED if value >= least else MISSED


def at_most(value: float, most: float) -> str:
    """The verdict on a value that should be no larger."""
    return REACHED if value <= most else MISSED


def left_out(measure: str, why: str) -> Line:
    """A measure that could not be taken, and why."""
    return Line(measure, why, verdict=LEFT_OUT)


@dataclass(frozen=True)
class Rounds:
    """Two things measured in turn, A-B-A-B; the ratio is the median of the rounds' ratios."""

    ours: list[float]
    baseline: list[float]

    @property
    def ratio(self) -> float:
        return statistics.median(a / b for a, b in zip(self.ours, self.baseline, strict=True))

    @property
    def middle(self) -> tuple[float, float]:
        return statistics.median(self.ours), statistics.median(self.baseline)


def in_turn(ours: Callable[[], float], baseline: Callable[[], float], *, rounds: int = 3) -> Rounds:
    """Measure both in each round, so that whatever else the machine does meets both."""
    found = Rounds([], [])
    for _round in range(rounds):
        found.ours.append(ours())
        found.baseline.append(baseline())
    return found


def table(lines: Sequence[Line]) -> str:
    """The lines as a Markdown table that also reads well on a terminal."""
    cells = [HEADINGS, *map(_cells, lines)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(HEADINGS))]
    drawn = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in cells
    ]
    drawn.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(drawn)


def _cells(line: Line) -> tuple[str, ...]:
    return line.measure, line.ours, line.baseline, line.reached, line.goal, line.verdict


def machine() -> dict[str, str]:
    """What it ran on, and which versions."""
    memory = next((line.split()[1] for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), "0")
    model = next(
        (line.split(":", 1)[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")),
        "",
    )
    packages = ("Django", "psycopg", "gunicorn", "weasyprint")
    return {
        "processor": model or platform.processor() or platform.machine(),
        "cores": str(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()),
        "memory": f"{int(memory) / 1024 / 1024:.0f} GiB",
        "load before": f"{os.getloadavg()[0]:.1f}",
        "system": f"{platform.system()} {platform.release()}",
        "Python": platform.python_version(),
        "PostgreSQL": _postgres(),
        **{name: version(name) for name in packages},
    }


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return []


def processor_seconds(process: int) -> float:
    """Seconds of processor time a process of this machine has used; 0 where the system does not tell."""
    words = " ".join(_lines(f"/proc/{process}/stat")).rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK") if len(words) > 12 else 0.0


def _postgres() -> str:
    import psycopg

    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        return (
            str(connection.info.server_version // 10000) + "." + str(connection.info.server_version % 10000)
        )


def commit() -> str:
    """The short name of the commit, with a + when the working copy differs from it; "" outside git."""
    asked = subprocess.run(
        ["git", "describe", "--always", "--dirty=+", "--exclude=*"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    return asked.stdout.strip()


def write(lines: Sequence[Line], about: dict[str, str], notes: Sequence[str]) -> Path:
    """Write `<date>-<commit>.md` and `.json` into bench/results; return the first."""
    name = f"{date.today():%Y-%m-%d}-{commit().rstrip('+') or 'nogit'}"
    facts = "\n".join(f"- {key}: {value}" for key, value in about.items())
    remarks = "".join(f"- {note}\n" for note in notes)
    heading = f"# Bench of {date.today():%Y-%m-%d}, commit {commit() or 'unknown'}"
    page = "\n\n".join((heading, facts, table(lines), remarks))
    FOLDER.mkdir(exist_ok=True)
    found = FOLDER / f"{name}.md"
    found.write_text(page.rstrip() + "\n", encoding="utf-8")
    (FOLDER / f"{name}.json").write_text(
        json.dumps(
            {
                "commit": commit(),
                "machine": about,
                "notes": list(notes),
                "lines": [asdict(line) for line in lines],
            },
            indent=1,
            ensure_ascii=False,
        )
        + "\n",
        encoding="utf-8",
    )
    return found
