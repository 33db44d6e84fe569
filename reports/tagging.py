"""One tree of tags from the trees of several chapters, for `reports.joining`.

WeasyPrint wraps every piece of text in an element of its own and names the headers of each cell one by one,
by ids that repeat from page to page and from chapter to chapter. Here text hangs on the cell or paragraph it
stands in, and a header says by its scope what it heads: half of the elements, and no ids to keep apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

# What only carries text says nothing within a bearer of text that the bearer does not say.
_CARRIERS = frozenset({"/Span", "/NonStruct"})
_BEARERS = frozenset(
    {"/P", "/H1", "/H2", "/H3", "/TD", "/TH", "/LBody", "/Lbl", "/Link", "/Span", "/Caption"}
)
_CELLS = frozenset({"/TD", "/TH"})
_HEADS = {"/THead": Name.Column, "/TBody": Name.Row}


class Tree:
    """The tree of tags of a document that is being joined."""

    def __init__(self, document: pikepdf.Pdf) -> None:
        self.document = document
        self.root = self._new(Dictionary(Type=Name.StructTreeRoot))
        self.top = self._new(Dictionary(S=Name.Document, P=self.root))
        self._kids: list[pikepdf.Object] = []
        self._pages: list[tuple[pikepdf.Object, pikepdf.Object]] = []
        self._links: list[tuple[pikepdf.Object, pikepdf.Object]] = []

    def take(self, chapter: pikepdf.Pdf, pages: Iterable[pikepdf.Page]) -> list[frozenset[int]]:
        """The tags of the first pages of a chapter, which stand in the document as `pages`, follow those
        taken before. For each page: the numbers of its marked pieces that belong to an element.
        """
        leaves = [_Leaf(old.obj, new.obj) for old, new in zip(chapter.pages, pages, strict=False)]
        taken = {leaf.number: leaf for leaf in leaves}
        for old in _kids(chapter.Root.StructTreeRoot.K[0]):
            self._kids += self._grown(old, self.top, taken)
        for leaf in leaves:
            last = max(leaf.bearers, default=-1)
            bearers = Array([leaf.bearers.get(number) for number in range(last + 1)])
            self._pages.append((leaf.page, self._new(bearers)))
        return [frozenset(leaf.bearers) for leaf in leaves]

    def finish(self) -> None:
        """The document has the tree, and its pages and links know their place in it."""
        numbers: list[Any] = []
        for page, bearers in self._pages:
            page["/StructParents"], page["/Tabs"] = len(numbers) // 2, Name.S
            numbers += [len(numbers) // 2, bearers]
        for link, bearer in self._links:
            link["/StructParent"] = len(numbers) // 2
            numbers += [len(numbers) // 2, bearer]
        self.top["/K"] = Array(self._kids)
        self.root["/K"] = Array([self.top])
        self.root["/ParentTree"] = self._new(Dictionary(Nums=Array(numbers)))
        self.root["/ParentTreeNextKey"] = len(numbers) // 2
        self.document.Root["/StructTreeRoot"] = self.root

    def _grown(self, old: pikepdf.Object, parent: pikepdf.Object, taken: _Leaves) -> list[Any]:
        """What stands for an element under `parent`: one like it, what is in it, or nothing when it is empty
        or of a page that was not taken."""
        leaf = taken.get(old["/Pg"].objgen)
        if leaf is None:
            return []
        kind, within = str(old["/S"]), str(parent["/S"])
        if within in _BEARERS and (kind in _CARRIERS or kind == within == "/Link"):
            return self._filled(old, parent, leaf, taken)
        made = self._new(Dictionary(S=old["/S"], P=parent))
        kids = self._filled(old, made, leaf, taken)
        if not kids and kind not in _CELLS:
            return []
        if kids:
            made["/K"] = kids[0] if len(kids) == 1 else Array(kids)
        _describe(made, old, kind)
        return [made]

    def _filled(self, old: pikepdf.Object, parent: pikepdf.Object, leaf: _Leaf, taken: _Leaves) -> list[Any]:
        kids: list[Any] = []
        for kid in _kids(old):
            if isinstance(kid, int):
                leaf.bearers[kid] = parent
                parent["/Pg"] = leaf.page
                kids.append(kid)
            elif "/Obj" in kid:
                link = leaf.links[kid["/Obj"].objgen]
                self._links.append((link, parent))
                kids.append(self._new(Dictionary(Type=Name.OBJR, Obj=link, Pg=leaf.page)))
            else:
                kids += self._grown(kid, parent, taken)
        return kids

    def _new(self, thing: Any) -> pikepdf.Object:
        made: pikepdf.Object = self.document.make_indirect(thing)
        return made


class NoTree:
    """What a document has that is too long for tags: none, and it does not claim them."""

    def __init__(self, document: pikepdf.Pdf) -> None:
        self.document = document

    def take(self, _chapter: pikepdf.Pdf, pages: Iterable[pikepdf.Page]) -> list[frozenset[int]]:
        """The pages have no place in a tree."""
        for page in pages:
            for thing in (page.obj, *page.get("/Annots", ())):
                for name in ("/StructParents", "/StructParent", "/Tabs"):
                    if name in thing:
                        del thing[name]
        return []

    def finish(self) -> None:
        """The document says nowhere that it is tagged."""
        del self.document.Root["/StructTreeRoot"], self.document.Root["/MarkInfo"]
        with self.document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as said:
            del said["pdfuaid:part"]


class _Leaf:
    """A page as it now stands, the element each of its marked pieces belongs to, and its links by the numbers
    they had."""

    def __init__(self, old: pikepdf.Object, page: pikepdf.Object) -> None:
        self.number, self.page = old.objgen, page
        self.bearers: dict[int, pikepdf.Object] = {}
        news = page.get("/Annots", ())
        self.links = {was.objgen: new for was, new in zip(old.get("/Annots", ()), news, strict=True)}


_Leaves = dict[tuple[int, int], _Leaf]  # by the numbers their pages had


def _kids(element: pikepdf.Object) -> Iterator[Any]:
    kids = element.get("/K", ())
    yield from kids if isinstance(kids, Array) else (kids,)


def _describe(made: pikepdf.Object, old: pikepdf.Object, kind: str) -> None:
    """What the element says of itself: the text of a picture, the reach of a cell, the scope of a header."""
    said: Any = old.get("/A", {})
    if kind == "/Figure":
        made["/Alt"] = old.get("/Alt", pikepdf.String("–"))
        made["/A"] = Dictionary(O=Name.Layout, BBox=Array(list(said["/BBox"])))
    elif kind in _CELLS:
        about = {name: said[name] for name in ("/ColSpan", "/RowSpan") if name in said}
        if kind == "/TH":
            about["/Scope"] = _HEADS.get(str(made["/P"]["/P"]["/S"]), Name.Row)
        if about:
            made["/A"] = Dictionary({"/O": Name.Table, **about})
