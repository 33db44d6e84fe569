"""The yearly report of 402 and of 1,000 villages as the worker prints it, with the codes beside its numbers,
against the same in one document, laid out as nobody measured it; of 4,000 villages, and made again after one
district changed."""

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
from typing import Any

from django.utils import translation

from bench.results import Line, Rounds, at_most, in_turn, left_out

PROJECT = Path(__file__).resolve().parents[2]
YEAR = 2019
MEASURE = f"yearly report {YEAR}, 402 villages"
NAIVE = "bench.baseline.naive_press"
MOST_MB, GUIDE_SECONDS, MOST_RATIO = 200, 10.0, 0.85
LONGER, MOST_RATIO_LONGER = 1000, 0.75
LONG, MOST_A_ROW = 4000, 1.3
_NO_SYSTEM_FONTS = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig/>'


def report() -> list[Line]:
    """Count and compose once; print in turn as the product does and with the naive press."""
    try:
        made = _make()
    except ImportError:
        return [left_out(MEASURE, "the report is not built yet")]
    presses, longer = _Presses(made.content), _Presses(_grown(made.content, LONGER))
    found = in_turn(presses.ours, presses.naive)
    found_longer = in_turn(longer.ours, longer.naive, rounds=2)
    return [
        _print_line(MEASURE, found, presses, MOST_RATIO),
        _memory_line(presses),
        _print_line(f"same of {LONGER:,} villages", found_longer, longer, MOST_RATIO_LONGER),
        _whole_line(made, found.middle[0]),
        *_chapter_lines(made, found.middle[0]),
    ]


@dataclass(frozen=True)
class _Made:
    """The report before it is printed, and the seconds that counting and composing took."""

    content: dict[str, Any]
    counted: float
    composed: float


def _make() -> _Made:
    from reports.freezing.collecting import collect
    from reports.freezing.keeping import codes_for
    from reports.models import ReportEdition
    from reports.places import Place
    from reports.yearly.agreement import check_agreement, check_records
    from reports.yearly.content import build_content, day_of, snapshot
    from reports.yearly.document import compose

    began = time.monotonic()
    with translation.override("id"), snapshot() as moment:
        content = build_content(ReportEdition(year=YEAR, number=1), moment=moment)
        frozen = collect(content["figures"], place=Place("", ""), today=day_of(moment))
    check_agreement(content)
    check_records(frozen)
    content["codes"] = codes_for(None, frozen)
    counted = time.monotonic() - began
    began = time.monotonic()
    compose(content)
    return _Made(content, counted, time.monotonic() - began)


def _grown(content: dict[str, Any], villages: int) -> dict[str, Any]:
    """The same report with so many villages: those of the set again and again, under codes of their own."""
    rows = content["figures"]["villages"]
    found = []
    for n in range(villages):
        row, turn = rows[n % len(rows)], n // len(rows)
        district, village = f"{int(row['code'][3:5]) + 10 * turn:02d}"[-2:], row["code"][6:]
        found.append({**row, "code": f"{row['code'][:2]}.{district}.{village}"})
    found.sort(key=lambda row: row["code"])
    return {**content, "figures": {**content["figures"], "villages": found}}


@dataclass(frozen=True)
class _Presses:
    """Prints the same report either way; keeps what each printing took: the processor of all children,
    the memory of the largest."""

    content: dict[str, Any]
    peaks: tuple[list[int], list[int]] = field(default_factory=lambda: ([], []))
    cpu: tuple[list[float], list[float]] = field(default_factory=lambda: ([], []))

    def ours(self) -> float:
        from django.test.utils import override_settings

        from reports.yearly.chapters import printed

        with TemporaryDirectory() as folder, override_settings(MEDIA_ROOT=folder):
            began = time.monotonic()
            made = printed(self.content, show=lambda **_shown: None)
            seconds = time.monotonic() - began
        self.peaks[0].append(made.peak_megabytes)
        self.cpu[0].append(made.cpu_seconds)
        return seconds

    def naive(self) -> float:
        from reports.yearly.document import compose

        seconds, told = _print(NAIVE, compose(self.content))
        self.peaks[1].append(told["peak_kilobytes"] // 1024)
        self.cpu[1].append(told.get("cpu_seconds", 0.0))
        return seconds


def _print_line(what: str, found: Rounds, presses: _Presses, most: float) -> Line:
    ours, naive = found.middle
    return Line(
        f"print the {what}",
        f"{ours:.1f} s",
        f"{naive:.1f} s automatic columns, borders, unbreakable rows",
        f"{found.ratio:.2f}",
        f"<= {most}",
        at_most(found.ratio, most),
        {
            "ours": found.ours,
            "baseline": found.baseline,
            "cpu": presses.cpu,
            "peak_mb": presses.peaks,
        },
    )


def _memory_line(presses: _Presses) -> Line:
    peak = max(presses.peaks[0])
    return Line(
        "memory of its largest child",
        f"{peak} MB",
        f"{max(presses.peaks[1])} MB",
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


def _chapter_lines(made: _Made, printed: float) -> list[Line]:
    """4,000 villages in chapters, and again as the next edition after one district changed."""
    from django.test.utils import override_settings

    from reports.yearly.chapters import print_joined

    content = _grown(made.content, LONG)
    seen: list[dict[str, int]] = []

    def show(**shown: int) -> None:
        seen.append(shown)

    with TemporaryDirectory() as folder, override_settings(MEDIA_ROOT=folder):
        first = print_joined(content, show=show)
        chapters = seen[-1]["chapters"]
        shelf = set(Path(folder).rglob("[0-9a-f]*"))
        rows = content["figures"]["villages"]
        rows[LONG // 2] = {**rows[LONG // 2], "stage_label": "Mandiri"}
        again = print_joined({**content, "edition": 2, "reference": f"DMP-{YEAR}-02"}, show=show)
        new = len(set(Path(folder).rglob("[0-9a-f]*")) - shelf)
    ours, baseline = 1000 * first.seconds / LONG, 1000 * printed / len(made.content["figures"]["villages"])
    return [
        Line(
            f"print the report of {LONG:,} villages in {chapters} chapters",
            f"{first.seconds:.1f} s, {ours:.1f} ms a village",
            f"{baseline:.1f} ms a village of 402",
            f"{ours / baseline:.2f}",
            f"<= {MOST_A_ROW}",
            at_most(ours / baseline, MOST_A_ROW),
            {"cpu": first.cpu_seconds, "bytes": len(first.pdf)},
        ),
        Line(
            "memory of its largest child",
            f"{first.peak_megabytes} MB",
            "",
            f"{first.peak_megabytes} MB",
            f"<= {MOST_MB} MB",
            at_most(first.peak_megabytes, MOST_MB),
        ),
        Line(
            "its next edition after one district changed",
            f"{again.seconds:.1f} s, {new} of {chapters} chapters printed",
            f"{first.seconds:.1f} s for all of them",
            f"{new} chapter",
            "1 chapter",
            at_most(new, 1),
        ),
    ]


def _print(press: str, html: str) -> tuple[float, dict[str, int]]:
    """Seconds and what the press told, run as `reports.rendering` runs it."""
    order = json.dumps(
        {"html": html, "css": "report.css", "identifier": sha256(html.encode()).hexdigest()[:32]}
    )
    limits = json.dumps({"cpu_seconds": 300, "memory_bytes": 2 * 1024**3})
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
