"""The yearly report of 402 villages as a PDF, against the same content laid out as nobody measured it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils import translation

from bench.results import Line, Rounds, at_most, in_turn, left_out

PROJECT = Path(__file__).resolve().parents[2]
YEAR = 2019
MEASURE = f"yearly report {YEAR}, 402 villages"
OURS, NAIVE = "reports.press", "bench.baseline.naive_press"
MOST_MB, GUIDE_SECONDS, MOST_RATIO = 200, 6.0, 0.85
_NO_SYSTEM_FONTS = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig/>'


def report() -> list[Line]:
    """Count and compose once; print in turn with the product's press and with the naive one."""
    try:
        made = _make()
    except ImportError:
        return [left_out(MEASURE, "the report is not built yet")]
    presses = _Presses(made.html)
    found = in_turn(lambda: presses.printed(OURS), lambda: presses.printed(NAIVE))
    return [_print_line(found, presses), _memory_line(presses), _whole_line(made, found.middle[0])]


@dataclass(frozen=True)
class _Made:
    """The report before it is printed, and the seconds that counting and composing took."""

    html: str
    counted: float
    composed: float


def _make() -> _Made:
    from reports.models import ReportEdition
    from reports.yearly.agreement import check_agreement
    from reports.yearly.content import build_content, snapshot
    from reports.yearly.document import compose

    began = time.monotonic()
    with translation.override("id"), snapshot() as moment:
        content = build_content(ReportEdition(year=YEAR, number=1), moment=moment)
    check_agreement(content)
    counted = time.monotonic() - began
    began = time.monotonic()
    html = compose(content)
    return _Made(html, counted, time.monotonic() - began)


@dataclass(frozen=True)
class _Presses:
    """Prints the same page with either press; keeps what each printing took of memory and processor."""

    html: str
    peaks: dict[str, list[int]] = field(default_factory=lambda: {OURS: [], NAIVE: []})
    cpu: dict[str, list[float]] = field(default_factory=lambda: {OURS: [], NAIVE: []})

    def printed(self, press: str) -> float:
        seconds, told = _print(press, self.html)
        self.peaks[press].append(told["peak_kilobytes"] // 1024)
        self.cpu[press].append(told.get("cpu_seconds", 0.0))
        return seconds


def _print_line(found: Rounds, presses: _Presses) -> Line:
    ours, naive = found.middle
    return Line(
        f"print the {MEASURE}",
        f"{ours:.1f} s",
        f"{naive:.1f} s automatic columns, borders, unbreakable rows",
        f"{found.ratio:.2f}",
        f"<= {MOST_RATIO}",
        at_most(found.ratio, MOST_RATIO),
        {
            "ours": found.ours,
            "baseline": found.baseline,
            "cpu": presses.cpu,
            "peak_mb": presses.peaks,
            "html_kb": len(presses.html) // 1024,
        },
    )


def _memory_line(presses: _Presses) -> Line:
    peak = max(presses.peaks[OURS])
    return Line(
        "its memory",
        f"{peak} MB",
        f"{max(presses.peaks[NAIVE])} MB",
        f"{peak} MB",
        f"<= {MOST_MB} MB",
        at_most(peak, MOST_MB),
    )


def _whole_line(made: _Made, printed: float) -> Line:
    whole = made.counted + made.composed + printed
    return Line(
        "count, compose and print it",
        f"{whole:.1f} s",
        f"count {made.counted:.1f} s, compose {made.composed:.1f} s",
        f"{whole:.1f} s",
        f"guide {GUIDE_SECONDS:g} s",
        at_most(whole, GUIDE_SECONDS),
        {"count": made.counted, "compose": made.composed, "print": printed},
    )


def _print(press: str, html: str) -> tuple[float, dict[str, int]]:
    """Seconds and what the press told, run as `reports.rendering` runs it."""
    order = json.dumps(
        {"html": html, "css": "report.css", "identifier": sha256(html.encode()).hexdigest()[:32]}
    )
    limits = json.dumps({"cpu_seconds": 120, "memory_bytes": 2 * 1024**3})
    with TemporaryDirectory() as folder:
        fonts = Path(folder) / "fonts.conf"
        fonts.write_text(_NO_SYSTEM_FONTS, encoding="ascii")
        began = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-m", press, limits],
            cwd=PROJECT,
            env={"PATH": os.defpath, "HOME": folder, "TMPDIR": folder, "LANG": "C.UTF-8", "PYTHONUTF8": "1",
                 "PYTHONHASHSEED": "0", "FONTCONFIG_FILE": str(fonts)},
            input=order.encode(), capture_output=True, check=False,
        )  # fmt: skip
        seconds = time.monotonic() - began
    if done.returncode or not done.stdout.startswith(b"%PDF-"):
        raise RuntimeError(f"{press} ended with {done.returncode}: {done.stderr.decode()[-300:]}")
    return seconds, json.loads(done.stderr.decode().strip().splitlines()[-1])
