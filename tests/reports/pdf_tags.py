"""Walk the tags of our own PDFs: what a screen reader is told, and whether every mark is accounted for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf

from tests.reports.pdf_text import squeezed, unicode_table


@dataclass
class Marks:
    """The text of each marked piece of a page by its number. `loose`: painted text that is neither tagged nor
    decoration; `nested`: pieces within pieces."""

    text: dict[int, str] = field(default_factory=dict)
    loose: str = ""
    nested: int = 0


def tagged_text(pdf: pikepdf.Pdf) -> str:
    """All text in the order of the tree, blanks folded away."""
    pages = {page.obj.objgen: marks_of(page) for page in pdf.pages}
    return "".join(
        pages[page].text[kid] for _element, kid, page in leaves(pdf.Root.StructTreeRoot.K) if page in pages
    )


def leaves(
    kids: pikepdf.Object, element: pikepdf.Object | None = None
) -> Iterator[tuple[pikepdf.Object, int, tuple[int, int]]]:
    """Every marked piece in the order of the tree: its element, its number, its page."""
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            yield element, kid, element.Pg.objgen
        elif "/K" in kid:
            yield from leaves(kid.K, kid)


def elements(kids: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Every element in the order of the tree."""
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if not isinstance(kid, int) and "/S" in kid:
            yield kid
            yield from elements(kid.get("/K", pikepdf.Array()))


def linked_pages(pdf: pikepdf.Pdf) -> list[int]:
    """The page, from 1, that each link within the document leads to."""
    pages = {page.obj.objgen: n for n, page in enumerate(pdf.pages, 1)}
    names = list(pdf.Root.Names.Dests.Names)
    places = {str(name): pages[where[0].objgen] for name, where in zip(names[::2], names[1::2], strict=True)}
    return [places[str(link.Dest)] for page in pdf.pages for link in page.get("/Annots", ())]


def faults(pdf: pikepdf.Pdf) -> list[str]:
    """What is wrong with the tree of tags, in words; nothing when all is well."""
    return [*_faults_of_elements(pdf), *_faults_of_pages(pdf)]


def _faults_of_elements(pdf: pikepdf.Pdf) -> Iterator[str]:
    seen = set()
    for element in elements(pdf.Root.StructTreeRoot.K):
        kind = str(element.S)
        if element.objgen in seen:
            yield f"{kind} {element.objgen} stands twice in the tree"
        seen.add(element.objgen)
        kids = element.get("/K", pikepdf.Array())
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if not isinstance(kid, int) and "/S" in kid and kid.P.objgen != element.objgen:
                yield f"{kid.S} {kid.objgen} names another parent than {kind}"
        if kind == "/TH" and "/Scope" not in element.get("/A", {}):
            yield f"header {element.objgen} heads nothing"
        if kind == "/Figure" and not str(element.get("/Alt", "")).strip():
            yield f"picture {element.objgen} has no text"


def _faults_of_pages(pdf: pikepdf.Pdf) -> Iterator[str]:
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    keys = numbers[::2]
    if keys != sorted(set(keys)):
        yield "the keys of the parent tree are not in order"
    parents = dict(zip(keys, numbers[1::2], strict=True))
    in_tree = {(page, kid): element.objgen for element, kid, page in leaves(pdf.Root.StructTreeRoot.K)}
    for n, page in enumerate(pdf.pages, 1):
        marks, bearers = marks_of(page), parents.get(page.obj.get("/StructParents"), ())
        said = {kid: bearer.objgen for kid, bearer in enumerate(bearers) if bearer is not None}
        found = {kid: element for (where, kid), element in in_tree.items() if where == page.obj.objgen}
        if said != found:
            yield f"page {n}: the parent tree and the tree disagree"
        if set(marks.text) != set(found):
            yield f"page {n}: marked {sorted(set(marks.text) ^ set(found))} on one side only"
        if marks.loose:
            yield f"page {n}: neither tagged nor decoration: {marks.loose[:60]}"
        if marks.nested:
            yield f"page {n}: {marks.nested} pieces within pieces"
        for link in page.get("/Annots", ()):
            bearer = parents.get(link.get("/StructParent"))
            if bearer is None or bearer.S != "/Link":
                yield f"page {n}: a link without a tag"


def marks_of(page: pikepdf.Page | pikepdf.Object) -> Marks:
    """What is marked on a page, and in what is drawn over it."""
    tables = {str(name): unicode_table(font) for name, font in page.Resources.get("/Font", {}).items()}
    marks, open_, table = Marks(), [], {}
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC" | "BMC":
                number = operands[1].get("/MCID") if len(operands) > 1 else None
                marks.nested += any(kind is not None for kind in open_) or (
                    bool(open_) and number is not None
                )
                open_.append(number)
                if number is not None:
                    marks.text[int(number)] = ""
            case "EMC":
                open_.pop()
            case "Tf":
                table = tables[str(operands[0])]
            case "Tj" | "TJ" as shows:
                parts = operands[0] if shows == "TJ" else [operands[0]]
                codes = [bytes(part) for part in parts if isinstance(part, pikepdf.String)]
                text = "".join(
                    table.get(code[at : at + 2], "\ufffd") for code in codes for at in range(0, len(code), 2)
                )
                if not open_:
                    marks.loose += text
                elif open_[-1] is not None:
                    marks.text[open_[-1]] += squeezed(text)
            case "Do" if not open_:
                drawn = page.Resources.XObject[operands[0]]
                if drawn.get("/Subtype") == "/Form":
                    within = marks_of(drawn)
                    marks.loose += within.loose
                    marks.nested += within.nested + len(within.text)
    return marks
