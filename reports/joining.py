"""Join printed chapters into one PDF: pages in order, page numbers stamped, bookmarks kept.

The tags of the chapters are lost on the way, so a joined report is not PDF/UA; its accessible twin is the
XLSX beside it (design.md section 5). The same chapters give the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pikepdf

_STAMP = pikepdf.Name("/Kaki")
_TAGGED = ("/StructParents", "/Tabs")  # of a page; they mean nothing without the tree


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


@dataclass(frozen=True)
class Facts:
    """What the joined document says of itself."""

    title: str
    author: str
    subject: str
    language: str


def leaves_of(pdf: bytes) -> Leaves:
    """The pages and bookmarks of a printed chapter."""
    with pikepdf.open(io.BytesIO(pdf)) as document, document.open_outline() as outline:
        numbers = {page.obj.objgen: number for number, page in enumerate(document.pages)}
        wide = tuple(bool(page.mediabox[2] > page.mediabox[3]) for page in document.pages)
        return Leaves(wide, tuple(_headings(outline.root, numbers)))


def joined(opening: bytes, chapters: Sequence[bytes], stamps: bytes, facts: Facts) -> bytes:
    """One PDF of the opening and the chapters; each page has the page of `stamps` with its number on it."""
    document = pikepdf.new()
    with document.open_outline() as outline:
        for body in (opening, *chapters):
            first = len(document.pages)
            with pikepdf.open(io.BytesIO(body)) as chapter:
                document.pages.extend(chapter.pages)
            for heading in leaves_of(body).headings:
                outline.root.append(_item(heading, first))
    with pikepdf.open(io.BytesIO(stamps)) as stamped:
        for page, stamp in zip(document.pages, stamped.pages, strict=True):
            for name in _TAGGED:
                if name in page.obj:
                    del page.obj[name]
            _lay(document, page, stamp)
    _say(document, facts)
    made = io.BytesIO()
    document.save(made, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return made.getvalue()


def _lay(document: pikepdf.Pdf, page: pikepdf.Page, stamp: pikepdf.Page) -> None:
    """The stamp is drawn over the page. (`Page.add_overlay` names it at random: other bytes each time.)"""
    drawn = document.copy_foreign(stamp.as_form_xobject())
    name = page.add_resource(drawn, pikepdf.Name.XObject, _STAMP)
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(f"\nQ q {name} Do Q".encode())


def _headings(items: Iterable[pikepdf.OutlineItem], numbers: dict[tuple[int, int], int]) -> Iterable[Heading]:
    for item in items:
        where = item.destination
        page = numbers.get(where[0].objgen, 0) if isinstance(where, pikepdf.Array) else 0
        yield Heading(str(item.title), page, tuple(_headings(item.children, numbers)))


def _item(heading: Heading, first: int) -> pikepdf.OutlineItem:
    item = pikepdf.OutlineItem(heading.title, first + heading.page)
    item.is_closed = True
    item.children.extend(_item(finer, first) for finer in heading.below)
    return item


def _say(document: pikepdf.Pdf, facts: Facts) -> None:
    document.Root["/Lang"] = facts.language
    document.Root["/PageMode"] = pikepdf.Name.UseOutlines
    document.Root["/ViewerPreferences"] = pikepdf.Dictionary(DisplayDocTitle=True)
    document.docinfo["/Title"] = facts.title
    document.docinfo["/Author"] = facts.author
    document.docinfo["/Subject"] = facts.subject
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as said:
        said["dc:title"] = facts.title
        said["dc:creator"] = [facts.author]
        said["dc:description"] = facts.subject
        said["dc:language"] = [facts.language]
