"""A report of more than some pages: cut into chapters, printed in parallel children, joined.

Chapters of villages hold whole districts of one province and at most 500 rows, so a district that changed
changes one chapter of villages, and memory stays what so many rows take (performance.md section 7). The frame
(cover, contents and the feet of all pages) is printed last, because only then the pages are known.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from reports.enums import MakingStep
from reports.joining import leaves_of
from reports.press import STYLES
from reports.rendering import Rendering, join_pdf, render_pdf
from reports.yearly.content import Content
from reports.yearly.document import ANNEX, AREAS, chapters, compose, context, fits_one_document
from reports.yearly.shelf import Shelf

ROWS_A_CHAPTER = 500
STYLE = "chapter.css"
LOOK_SECONDS = 0.5


class Stopped(Exception):
    """The work was called off while children were still printing."""


@dataclass(frozen=True)
class Part:
    """One document to be printed."""

    html: str

    @property
    def key(self) -> str:
        """Changes with everything that decides about the bytes: the text, the styles, the engine."""
        styles = "".join((STYLES / name).read_text(encoding="utf-8") for name in ("report.css", STYLE))
        return sha256("\0".join((self.html, styles, version("weasyprint"))).encode()).hexdigest()


def printed(content: Content, *, show: Callable[..., None]) -> Rendering:
    """The report as PDF: one document, or joined chapters when it is long.

    `show` is called with the step, and every few seconds; when it raises, the children are killed and the
    error goes on. Raises what `render_pdf` raises, `TooManyRows` and `OSError`.
    """
    if not fits_one_document(content):
        show(step=MakingStep.PRINT)
        return print_joined(content, show=show)
    html = compose(content)
    show(step=MakingStep.PRINT)
    return render_pdf(html, while_waiting=show, every_seconds=settings.REPORT_HEART_SECONDS)


def print_joined(content: Content, *, show: Callable[..., None]) -> Rendering:
    """The whole report as one PDF, from chapters that lie on the shelf already or are printed now.

    `show` is called every few seconds with `chapters` and `chapters_done`; when it raises, the children are
    killed and the error goes on. Raises what `render_pdf` raises, and `OSError`.
    """
    began, shelf = time.monotonic(), Shelf(Path(settings.MEDIA_ROOT))
    with translation.override(content["language"]):
        parts = list(parts_of(content))
        found = _print_all(parts, shelf, show)
        bodies = [rendering.pdf for rendering in found]
        frame = render_pdf(_frame(content, bodies), while_waiting=show)
    whole = join_pdf(frame.pdf, bodies, while_waiting=show)
    shelf.sweep()
    every = [*found, frame, whole]
    return Rendering(
        pdf=whole.pdf,
        seconds=time.monotonic() - began,
        cpu_seconds=sum(rendering.cpu_seconds for rendering in every),
        peak_megabytes=max(rendering.peak_megabytes for rendering in every),
        warnings=[warning for rendering in every for warning in rendering.warnings],
    )


def parts_of(content: Content) -> Iterator[Part]:
    """The documents of the report in order, without the frame. Nothing in them names the edition, but for
    the list of changes, so that a later edition finds on the shelf what did not change."""
    every = chapters(content)
    yield _part(content, [chapter for chapter in every if chapter.anchor not in ANNEX | AREAS])
    yield _part(content, [chapter for chapter in every if chapter.anchor in AREAS])
    villages = [chapter for chapter in every if chapter.anchor == "desa"]
    bundles = list(_bundles(content["figures"]["villages"])) if villages else []
    for rows in bundles:
        yield _part(content, villages, rows=rows, bundle=_named(rows) if len(bundles) > 1 else "")
    yield _part(content, [chapter for chapter in every if chapter.anchor in ANNEX - {"desa"}])


def _part(content: Content, shown: Sequence[Any], **more: Any) -> Part:
    said = context(content) | {"chapters": shown} | more
    return Part(render_to_string("reports/pdf/chapter.html", said))


def _bundles(rows: Sequence[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """All villages where they are at most 500 rows; else whole districts of one province, at most 500 rows
    together; a larger district is cut."""
    if len(rows) <= ROWS_A_CHAPTER:
        yield list(rows)
        return
    for _province, in_province in groupby(rows, key=lambda row: row["code"][:2]):
        bundle: list[dict[str, Any]] = []
        for _district, found in groupby(in_province, key=lambda row: row["code"][:5]):
            district = list(found)
            if bundle and len(bundle) + len(district) > ROWS_A_CHAPTER:
                yield bundle
                bundle = []
            bundle += district
            while len(bundle) > ROWS_A_CHAPTER:
                yield bundle[:ROWS_A_CHAPTER]
                bundle = bundle[ROWS_A_CHAPTER:]
        if bundle:
            yield bundle


def _named(rows: Sequence[dict[str, Any]]) -> str:
    first, last = rows[0]["district"], rows[-1]["district"]
    province = rows[0]["province"]
    return f"{province}: {first}" if first == last else f"{province}: {first} – {last}"


def _print_all(parts: Sequence[Part], shelf: Shelf, show: Callable[..., None]) -> list[Rendering]:
    """The longest first: then the children end at about the same time."""
    stop = threading.Event()
    with ThreadPoolExecutor(settings.REPORT_CHILDREN) as pool:
        by_length = sorted(parts, key=lambda part: len(part.html), reverse=True)
        asked = {part: pool.submit(_print, part, shelf, stop) for part in by_length}
        waiting: set[Future[Rendering]] = set(asked.values())
        try:
            while waiting:
                show(chapters=len(parts), chapters_done=len(parts) - len(waiting))
                done, waiting = wait(
                    waiting, timeout=settings.REPORT_HEART_SECONDS, return_when=FIRST_COMPLETED
                )
                for finished in done:
                    finished.result()
            show(chapters=len(parts), chapters_done=len(parts))
        except BaseException:
            stop.set()
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return [asked[part].result() for part in parts]


def _print(part: Part, shelf: Shelf, stop: threading.Event) -> Rendering:
    def look() -> None:
        if stop.is_set():
            raise Stopped

    key = part.key
    if (kept := shelf.taken(key)) is not None:
        return Rendering(kept, 0.0, 0.0, 0, [])
    look()
    rendering = render_pdf(part.html, STYLE, while_waiting=look, every_seconds=LOOK_SECONDS)
    shelf.put(key, rendering.pdf)
    return rendering


@dataclass(frozen=True)
class Entry:
    """A line of the contents, and the name of the place it leads to."""

    anchor: str
    title: str


@dataclass
class Foot:
    """A page of a chapter, as the frame leaves it empty. `anchors`: what begins there."""

    wide: bool
    anchors: list[str]


def _frame(content: Content, bodies: Sequence[bytes]) -> str:
    """Cover, contents, and as many empty pages as the chapters have, each with its foot."""
    entries: list[Entry] = []
    feet: list[Foot] = []
    for leaves in map(leaves_of, bodies):
        pages = [Foot(wide, []) for wide in leaves.landscape]
        for heading in leaves.headings:
            entries.append(Entry(f"bab-{len(entries) + 1}", heading.title))
            pages[heading.page].anchors.append(entries[-1].anchor)
        feet += pages
    return render_to_string("reports/pdf/report.html", context(content) | {"chapters": entries, "feet": feet})
