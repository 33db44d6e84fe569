"""Join printed chapters into one tagged PDF, in a child process without Django.

The frame is the PDF of the cover, the contents and then one empty page with its foot for each page of the
chapters. Its foot pages give way to the pages of the chapters and are drawn over them; links to a foot page
lead to the page that stands there now; what the frame says of itself and its claim of PDF/UA stay. The tags of
all become one tree (`reports.tagging`). The same parts give the same bytes.

`reports.rendering` starts it as `python -m reports.joining`, with the lengths of the parts as one line of JSON
and then the parts, the frame first. It writes the PDF to standard output.
"""

from __future__ import annotations

import gc
import io
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pikepdf

from reports.press import peak_kilobytes, say, shut_in
from reports.tagging import Tree

_FOOT = pikepdf.Name("/Kaki")
_TAGGED = re.compile(rb"/\w+\s*<<\s*/MCID \d+\s*>>\s*BDC")


@dataclass(frozen=True)
class Heading:
    """A bookmark of a chapter: what it says, its page, from 0, and how high it stands there, in points.
    `below`: the finer ones."""

    title: str
    page: int
    top: float
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
    """One PDF of the cover, the contents and the chapters. Raises `ValueError` when the frame has not one foot
    for each page of the chapters."""
    with pikepdf.open(io.BytesIO(frame)) as document:
        leaves = [leaves_of(body) for body in chapters]
        front = len(document.pages) - sum(len(leaf.landscape) for leaf in leaves)
        if front < 1:
            raise ValueError(f"{len(document.pages)} pages in the frame are too few")
        feet = [page.obj for page in document.pages[front:]]
        tree = Tree(document)
        with document.open_outline() as outline:
            tree.take(document, document.pages[:front])
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
    """The foot pages are gone, drawn over the pages that follow them, and links to them lead there."""
    bodies = [page.obj for page in document.pages[front + len(feet) :]]
    instead = {foot.objgen: body for foot, body in zip(feet, bodies, strict=True)}
    for number in range(front):
        _without_marks(document.pages[number], tree_keeps=True)
    for foot, body in zip(feet, bodies, strict=True):
        _lay(pikepdf.Page(body), pikepdf.Page(foot))
    del document.pages[front : front + len(feet)]
    names = document.Root.get("/Names", pikepdf.Dictionary()).get("/Dests", pikepdf.Dictionary())
    for where in list(names.get("/Names", []))[1::2]:
        where[0] = instead.get(where[0].objgen, where[0])
