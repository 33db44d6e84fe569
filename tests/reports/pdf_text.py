"""Read the text of our own PDFs without another program: glyphs through each font's ToUnicode table."""

from __future__ import annotations

import io
import re

import pikepdf


def pdf_text(body: bytes) -> str:
    """All text of the document, pages in order, blanks and line ends folded away."""
    with pikepdf.open(io.BytesIO(body)) as pdf:
        return "".join(page_text(page) for page in pdf.pages)


def squeezed(text: str) -> str:
    """A text as `pdf_text` gives it."""
    return re.sub(r"\s+", "", text)


def page_text(page: pikepdf.Page | pikepdf.Object) -> str:
    """All text of a page as `pdf_text` gives it."""
    tables = {str(name): unicode_table(font) for name, font in page.Resources.get("/Font", {}).items()}
    found, table = [], {}
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Do":  # the foot of a joined report
            drawn = page.Resources.XObject[operands[0]]
            found.append(page_text(drawn) if drawn.get("/Subtype") == "/Form" else "")
        elif str(operator) == "Tf":
            table = tables[str(operands[0])]
        elif str(operator) in {"Tj", "TJ"}:
            parts = operands[0] if str(operator) == "TJ" else [operands[0]]
            for part in parts:
                if isinstance(part, pikepdf.String):
                    codes = bytes(part)
                    found += [table.get(codes[at : at + 2], "\ufffd") for at in range(0, len(codes), 2)]
    return squeezed("".join(found))


def unicode_table(font: pikepdf.Dictionary) -> dict[bytes, str]:
    """What each glyph of the font says."""
    text = font.ToUnicode.read_bytes().decode("ascii")
    table = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.DOTALL):
        for code, char in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block):
            table[bytes.fromhex(code)] = bytes.fromhex(char).decode("utf-16-be")
    return table
