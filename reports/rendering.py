"""Make a PDF from finished HTML, or one PDF from several, in a child process that can neither reach out nor
outgrow its limits.

The child is `reports.press` or `reports.joining`. This side gives it its order and two numbers, waits, and
turns what can go wrong into one of four refusals. The same order gives the same bytes: the fonts are ours,
the system's fonts are hidden from the child, and no clock is asked.
"""

from __future__ import annotations

import ctypes
import json
import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from reports import joining, press

log = logging.getLogger(__name__)

PROJECT = Path(__file__).resolve().parent.parent
PANGO_ADVICE = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"

# No font of the machine may slip in: what it has differs from what the next one has.
_NO_SYSTEM_FONTS = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig/>'


class RenderRefused(Exception):
    """No PDF was made, and trying again will not help. The text is for the log, not for a page."""


class ForbiddenRequest(RenderRefused):
    """The document asked for something outside the packaged files."""


class PangoMissing(RenderRefused):
    """The system libraries that WeasyPrint needs are not installed; `PANGO_ADVICE` installs them."""


class RenderFailed(Exception):
    """The child ended without a PDF: out of time, out of memory, or killed. Trying again may help."""


@dataclass(frozen=True)
class Rendering:
    """A finished PDF. `seconds` is wall time with the child's start; the child's own are `cpu_seconds` and
    `peak_megabytes`."""

    pdf: bytes
    seconds: float
    cpu_seconds: float
    peak_megabytes: int
    warnings: list[str]

    @property
    def sha256(self) -> str:
        return sha256(self.pdf).hexdigest()


def render_pdf(
    html: str,
    css_name: str = "report.css",
    *,
    while_waiting: Callable[[], None] | None = None,
    every_seconds: float = 5.0,
) -> Rendering:
    """A tagged PDF/UA-1 of the document, set in `reports/pdf/<css_name>`; the same bytes every time.

    `while_waiting` is called every `every_seconds` of the rendering; when it raises, the child is killed
    and the error goes on. Raises `ForbiddenRequest`, `PangoMissing`, `RenderRefused` (cannot be laid out),
    `RenderFailed`. Limits come from the settings REPORT_CPU_SECONDS, REPORT_MEMORY_MB and
    REPORT_WALL_SECONDS.
    """
    order = json.dumps({"html": html, "css": css_name, "identifier": sha256(html.encode()).hexdigest()[:32]})
    return _made("reports.press", order.encode(), while_waiting, every_seconds)


def join_pdf(
    frame: bytes,
    chapters: Sequence[bytes],
    *,
    while_waiting: Callable[[], None] | None = None,
    every_seconds: float = 5.0,
) -> Rendering:
    """The frame and the chapters as one tagged PDF/UA-1 (`reports.joining`); the same bytes every time.

    `while_waiting`, what is raised and the limits: as of `render_pdf`.
    """
    parts = [frame, *chapters]
    order = b"\n".join((json.dumps([len(part) for part in parts]).encode(), b"".join(parts)))
    return _made("reports.joining", order, while_waiting, every_seconds)


def _made(
    module: str, order: bytes, while_waiting: Callable[[], None] | None, every_seconds: float
) -> Rendering:
    started = time.monotonic()
    with TemporaryDirectory(prefix="laporan-") as folder, _start(module, Path(folder)) as child:
        try:
            out, said = _wait(child, order, started, while_waiting, every_seconds)
        except BaseException:
            child.kill()
            raise
    details = _last_line(said)
    _raise_unless_done(child.returncode, out, details)
    for warning in details.get("warnings", []):
        log.warning("WeasyPrint: %s", warning)
    return Rendering(
        pdf=out,
        seconds=time.monotonic() - started,
        cpu_seconds=details.get("cpu_seconds", 0.0),
        peak_megabytes=details.get("peak_kilobytes", 0) // 1024,
        warnings=details.get("warnings", []),
    )


def _start(module: str, folder: Path) -> subprocess.Popen[bytes]:
    fonts = folder / "fonts.conf"
    fonts.write_text(_NO_SYSTEM_FONTS, encoding="ascii")
    limits = json.dumps(
        {
            "cpu_seconds": settings.REPORT_CPU_SECONDS,
            "memory_bytes": settings.REPORT_MEMORY_MB * 1024 * 1024,
        }
    )
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", module, limits],
        cwd=PROJECT,
        # Nothing of ours: no key, no password, no address of the database.
        env={
            "PATH": os.defpath,
            "HOME": str(folder),
            "TMPDIR": str(folder),
            "LANG": "C.UTF-8",
            "PYTHONUTF8": "1",
            "PYTHONHASHSEED": "0",
            "PYTHONDONTWRITEBYTECODE": "1",
            "FONTCONFIG_FILE": str(fonts),
        },
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def _wait(
    child: subprocess.Popen[bytes],
    order: bytes,
    started: float,
    while_waiting: Callable[[], None] | None,
    every_seconds: float,
) -> tuple[bytes, bytes]:
    unsent: bytes | None = order
    while True:
        try:
            return child.communicate(unsent, timeout=every_seconds)
        except subprocess.TimeoutExpired:
            unsent = None  # the rest of it is sent by the next round
            if time.monotonic() - started > settings.REPORT_WALL_SECONDS:
                raise RenderFailed(f"still at work after {settings.REPORT_WALL_SECONDS} s") from None
            if while_waiting is not None:
                while_waiting()


def _raise_unless_done(code: int, out: bytes, details: dict) -> None:
    if code == 0 and out.startswith(b"%PDF-"):
        return
    if code == press.FORBIDDEN:
        refused = details.get("refused", [])
        raise ForbiddenRequest(f"{len(refused)} request(s) refused: {', '.join(refused[:5])}")
    if code == press.NO_PANGO:
        raise PangoMissing(str(details.get("error", "")))
    if code in {press.NOT_LAID_OUT, joining.NOT_JOINED} and details.get("error") != "out of memory":
        raise RenderRefused(str(details.get("error", "")))
    raise RenderFailed(str(details.get("error") or f"the child ended with {code}"))


def _last_line(said: bytes) -> dict:
    lines = said.decode("utf-8", "replace").strip().splitlines()
    try:
        details = json.loads(lines[-1])
    except (IndexError, ValueError):
        if lines:
            log.warning("The press said: %s", lines[-1][:300])
        return {}
    return details if isinstance(details, dict) else {}


def pango_is_missing() -> bool:
    """Whether WeasyPrint lacks its system libraries.

    Loading them answers in a millisecond; where they have other names WeasyPrint itself is asked, once.
    """
    try:
        for name in ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0"):
            ctypes.CDLL(name)
    except OSError:
        return _weasyprint_cannot_start()
    return False


@cache
def _weasyprint_cannot_start() -> bool:
    asked = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", "import weasyprint"],
        capture_output=True,
        timeout=60,
        check=False,
    )
    return asked.returncode != 0
