"""The press: turns one HTML document into one tagged PDF, alone in a limited child process.

`reports.rendering` starts it as `python -m reports.press`, with nothing in its environment but what it
needs. It reads one JSON order from standard input and writes the PDF to standard output. What it may read
while at work is a fixed list of packaged names (stylesheets, two fonts); anything else a document asks for
is refused, counted, and spoils the whole order: WeasyPrint swallows some refusals (an `<image>` inside an
SVG), the count does not (quality.md F1, F2). Imports neither Django nor settings: no key, no password, no
connection is at hand here.

Exit codes: 0 done, 3 forbidden request, 4 Pango is missing, 5 cannot be laid out. The last line on standard
error says more, as JSON.
"""

import contextlib
import ctypes
import gc
import json
import logging
import os
import resource
import signal
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

FORBIDDEN, NO_PANGO, NOT_LAID_OUT = 3, 4, 5

# The only names a document may ask for, as `packaged:report.css`.
SCHEME = "packaged:"
STYLES = Path(__file__).with_name("pdf")
FONTS = {"regular.ttf": "SourceSansPro-Regular.ttf", "bold.ttf": "SourceSansPro-Semibold.ttf"}

SVG = "{http://www.w3.org/2000/svg}"
LARGEST_FILE = 4 * 1024 * 1024  # WeasyPrint lays the fonts into its own temporary folder
OPEN_FILES = 64
_PR_SET_PDEATHSIG = 1
_CLONE_NEWNET, _CLONE_NEWUSER = 0x40000000, 0x10000000


class Forbidden(Exception):
    """A document asked for something outside the packaged names."""


def packaged(url: str) -> tuple[bytes, str]:
    """The content and media type of a packaged file. Raises `Forbidden` for any other address."""
    name = url.removeprefix(SCHEME) if url.startswith(SCHEME) else ""
    if name in FONTS:
        spec = find_spec("font_source_sans_pro")
        if spec is None or spec.origin is None:
            raise Forbidden(name)
        return (Path(spec.origin).with_name("files") / FONTS[name]).read_bytes(), "font/ttf"
    if name in {style.name for style in STYLES.glob("*.css")}:
        return (STYLES / name).read_bytes(), "text/css"
    raise Forbidden(url)


def shut_in(*, cpu_seconds: int, memory_bytes: int) -> None:
    """Limit this process for good: time, memory, files, network where Linux allows; die with the parent."""
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        # An empty network of its own. Refused inside some containers; the fetcher below holds without it.
        if libc.unshare(_CLONE_NEWNET) != 0:
            libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)


def name_pictures(tree: Any) -> None:
    """Every SVG has a title, which becomes its text in the PDF: its label, or the row it decorates.

    On a page `aria-label` and `aria-hidden` say this; WeasyPrint reads neither.
    """
    rows = {svg: row for name in ("tr", "li") for row in tree.iter(name) for svg in row.iter(SVG + "svg")}
    for svg in tree.iter(SVG + "svg"):
        if svg.find(SVG + "title") is None:
            around = " ".join("".join(rows[svg].itertext()).split()) if svg in rows else ""
            title = Element(SVG + "title")
            title.text = svg.get("aria-label") or around or "–"
            svg.insert(0, title)


class Press:
    """WeasyPrint behind a fetcher that knows packaged names only. Raises `OSError` when Pango is missing."""

    def __init__(self) -> None:
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher, URLFetcherResponse

        refused: list[str] = []
        warnings: list[str] = []

        class PackagedOnly(URLFetcher):
            def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002
                try:
                    body, media_type = packaged(url)
                except Forbidden:
                    refused.append(url[:200])
                    raise
                return URLFetcherResponse(url, body, {"Content-Type": media_type})

        class Listener(logging.Handler):
            def emit(self, record: logging.LogRecord) -> None:
                warnings.append(record.getMessage()[:300])

        logger = logging.getLogger("weasyprint")
        logger.handlers = [Listener(logging.WARNING)]
        logger.propagate = False
        self.weasyprint = weasyprint
        self.fetcher = PackagedOnly(fail_on_errors=True)
        self.fonts = FontConfiguration()
        self.refused, self.warnings = refused, warnings

    def print(self, *, html: str, css: str, identifier: str) -> bytes:
        """The PDF, tagged and without a date of its own. What was refused on the way is in `refused`."""
        style = self.weasyprint.CSS(url=SCHEME + css, url_fetcher=self.fetcher, font_config=self.fonts)
        document = self.weasyprint.HTML(
            string=html,
            base_url="https://forbidden.invalid/",  # a relative reference becomes one that is refused
            url_fetcher=self.fetcher,
            media_type="print",
        )
        name_pictures(document.etree_element)
        made: bytes = document.write_pdf(
            stylesheets=[style],
            font_config=self.fonts,
            pdf_variant="pdf/ua-1",
            pdf_identifier=identifier.encode("ascii"),
            presentational_hints=False,
            pdf_forms=False,
        )
        return made


def main() -> int:
    limits = json.loads(sys.argv[1])
    shut_in(cpu_seconds=limits["cpu_seconds"], memory_bytes=limits["memory_bytes"])
    order = json.load(sys.stdin)
    gc.disable()  # a sixth of the time, for a few megabytes: little goes round in circles here
    try:
        press = Press()
    except OSError as missing:
        return say(NO_PANGO, error=str(missing)[:300])
    failure = ""
    try:
        made = press.print(html=order["html"], css=order["css"], identifier=order["identifier"])
    except MemoryError:
        failure = "out of memory"
    except RecursionError:
        failure = "nested too deeply"
    except BaseException as error:  # the fatal refusal of WeasyPrint is no Exception
        failure = f"{type(error).__name__}: {error}"[:300]
    if press.refused:
        return say(FORBIDDEN, refused=press.refused)
    if failure:
        return say(NOT_LAID_OUT, error=failure)
    say(0, warnings=press.warnings, peak_kilobytes=peak_kilobytes(), cpu_seconds=time.process_time())
    sys.stdout.buffer.write(made)
    sys.stdout.buffer.flush()
    return 0


def peak_kilobytes() -> int:
    """The most memory this process held. Linux counts the parent's too in `ru_maxrss`, from before it became
    this one, so its own mark is read where there is one."""
    with contextlib.suppress(OSError, StopIteration):
        told = Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines()
        return int(next(line for line in told if line.startswith("VmHWM:")).split()[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def say(code: int, **details: object) -> int:
    with contextlib.suppress(OSError):
        print(json.dumps(details), file=sys.stderr, flush=True)  # noqa: T201
    return code


if __name__ == "__main__":
    done = main()
    # Leaving through the libraries' own clean-up costs time and can only go wrong; the temporary folder is
    # the parent's to remove.
    sys.stderr.flush()
    os._exit(done)
