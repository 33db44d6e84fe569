"""Join printed chapters into one tagged PDF, in a child process without Django.

The frame is the PDF of the cover, the contents and then an empty page with its foot for each page of the
chapters. The foot pages give way to the pages of the chapters and are drawn over them, and links to them lead
to the pages that stand there now. What the frame says of itself, PDF/UA too, the whole says. The tags of all
become one tree (`reports.tagging`). The same parts give the same bytes.

`reports.rendering` starts it as `python -m reports.joining`. It reads the lengths of the parts as one line of
JSON and then the parts, the frame first, and writes the PDF to standard output.
"""

from __future__ import annotations

import gc
import io
import json
import os
import re
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pikepdf

from reports.press import peak_kilobytes, say, shut_in
from reports.tagging import NoTree, Tree

_MARKED = re.compile(rb"/\w+\s*<<\s*/MCID (\d+)\s*>>\s*BDC\b")
NOT_JOINED = 6

# Of more pages (some 7,500 villages) the tags would take more memory than the goal of 200 MB (docs/adr/0026).
MOST_TAGGED_PAGES = 500


@dataclass(frozen=True)
class Heading:
    """A bookmark of a chapter: what it says, and its page, from 0. `below`: the finer ones."""

    title: str
    page: int
    below: tuple[Heading, ...] = ()


@dataclass(frozen=True)
class Leaves:
    """How the pages of a PDF lie, and its bookmarks."""

    landscape: tuple[bool, ...]
    headings: tuple[Heading, ...]


def leaves_of(pdf: bytes) -> Leaves:
    """The pages and bookmarks of a printed chapter."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return _leaves(document)


def joined(frame: bytes, chapters: Sequence[bytes]) -> bytes:
    """One PDF of the cover, the contents and the chapters. Raises `ValueError` when the frame has fewer pages
    than they need feet."""
    with pikepdf.open(io.BytesIO(frame)) as document:
        leaves = [leaves_of(body) for body in chapters]
        front = len(document.pages) - sum(len(leaf.landscape) for leaf in leaves)
        if front < 1:
            raise ValueError(f"{len(document.pages)} pages of a frame are too few")
        feet = [page.obj for page in document.pages[front:]]
        tree = Tree(document) if len(feet) <= MOST_TAGGED_PAGES else NoTree(document)
        for page, kept in zip(document.pages, tree.take(document, document.pages[:front]), strict=False):
            page.Contents.write(_as_decoration(page.Contents.read_bytes(), kept))
        with document.open_outline() as outline:
            for body, leaf in zip(chapters, leaves, strict=True):
                first = len(document.pages)
                with pikepdf.open(io.BytesIO(body)) as chapter:
                    document.pages.extend(chapter.pages)
                    tree.take(chapter, document.pages[first:])
                outline.root += [_item(heading, first - len(feet)) for heading in leaf.headings]
            _exchange(document, feet, front)
        tree.finish()
        made = io.BytesIO()
        document.save(made, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return made.getvalue()


def _exchange(document: pikepdf.Pdf, feet: Sequence[pikepdf.Object], front: int) -> None:
    """The foot pages are gone, drawn over the pages behind them, and links to them lead there."""
    bodies = [page.obj for page in document.pages[front + len(feet) :]]
    for number, (foot, body) in enumerate(zip(feet, bodies, strict=True), start=front + 1):
        _lay(pikepdf.Page(body), pikepdf.Page(foot), pikepdf.Name(f"/Kaki{number}"))
    del document.pages[front : front + len(feet)]
    instead = {foot.objgen: body for foot, body in zip(feet, bodies, strict=True)}
    for where in list(document.Root.Names.Dests.Names)[1::2]:
        where[0] = instead.get(where[0].objgen, where[0])


def _lay(page: pikepdf.Page, foot: pikepdf.Page, name: pikepdf.Name) -> None:
    """The foot is drawn over the page, under a name of its own: all pages of a chapter share their resources.
    (`Page.add_overlay` names it at random: other bytes each time.)"""
    drawn = foot.as_form_xobject()
    drawn.write(_as_decoration(drawn.read_bytes(), frozenset()))
    page.add_resource(drawn, pikepdf.Name.XObject, name)
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(f"\nQ q {name} Do Q".encode())


def _as_decoration(content: bytes, kept: frozenset[int]) -> bytes:
    """The content with its marked pieces as decoration, but for those of these numbers."""

    def marked(found: re.Match[bytes]) -> bytes:
        return found[0] if int(found[1]) in kept else b"/Artifact BMC"

    return _MARKED.sub(marked, content)


def _leaves(document: pikepdf.Pdf) -> Leaves:
    with document.open_outline() as outline:
        numbers = {page.obj.objgen: number for number, page in enumerate(document.pages)}
        wide = tuple(bool(page.mediabox[2] > page.mediabox[3]) for page in document.pages)
        return Leaves(wide, tuple(_headings(outline.root, numbers)))


def _headings(items: Iterable[pikepdf.OutlineItem], numbers: dict[tuple[int, int], int]) -> Iterator[Heading]:
    for item in items:
        where = item.destination
        page = numbers.get(where[0].objgen, 0) if isinstance(where, pikepdf.Array) else 0
        yield Heading(str(item.title), page, tuple(_headings(item.children, numbers)))


def _item(heading: Heading, first: int) -> pikepdf.OutlineItem:
    item = pikepdf.OutlineItem(heading.title, first + heading.page)
    item.is_closed = True
    item.children.extend(_item(finer, first) for finer in heading.below)
    return item


def main() -> int:
    shut_in(**json.loads(sys.argv[1]))
    gc.disable()
    lengths = json.loads(sys.stdin.buffer.readline())
    frame, *chapters = [sys.stdin.buffer.read(length) for length in lengths]
    try:
        made = joined(frame, chapters)
    except MemoryError:
        return say(NOT_JOINED, error="out of memory")
    except (pikepdf.PdfError, ValueError) as error:
        return say(NOT_JOINED, error=f"{type(error).__name__}: {error}"[:300])
    say(0, peak_kilobytes=peak_kilobytes(), cpu_seconds=time.process_time())
    sys.stdout.buffer.write(made)
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    done = main()
    sys.stderr.flush()
    os._exit(done)
