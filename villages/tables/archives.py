"""Look into an XLSX or ODS before anything parses it: is it small enough, whole, and free of tricks?

The reader (calamine) lays a sheet out as one rectangle from the first to the last value, so a single cell in
the last corner of a sheet would fill the memory. Here every part is unpacked once, in pieces, and counted:
what the file says of its own size is not believed.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from villages.tables.corners import Corners
from villages.tables.limits import MEGABYTE, Limits
from villages.tables.refusals import TableRefused, broken, too_big, too_many_rows, too_wide

PIECE = 1 * MEGABYTE
PROLOGUE = 4096
LEAST_CELL = 20  # bytes that a cell with a value takes at least
RATIO_FROM = 1 * MEGABYTE  # below this size nothing can be hidden that would hurt
MOST_TEXT = 256 * MEGABYTE  # what all texts of a workbook may come to once every reference is followed

_DAMAGES = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)
_ROOT = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<[?!][^>]{0,2000}>\s*){0,20}<([A-Za-z0-9_.:-]{1,60})")
_NO_SHEETS = frozenset(
    {b"styleSheet", b"Types", b"a:theme", b"Properties", b"cp:coreProperties", b"calcChain"}
)
_ENCODINGS = frozenset({b"utf-8", b"us-ascii", b"ascii"})
_ENCODING = re.compile(rb"encoding=[\"']([a-z0-9_-]{1,40})")
_LINKED = re.compile(rb"<Relationship [^>]{0,2000}>")
_REFERENCE = re.compile(rb't="s"[^>]{0,60}><v>([0-9]{1,9})</v>')


def check_archive(path: Path, limits: Limits) -> str:
    """Which of "xlsx" and "ods" it is, after every part was unpacked once. Raises `TableRefused`."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _Inspection(archive, path.stat().st_size, limits).run()
    except TableRefused:
        raise
    except _DAMAGES:
        raise broken() from None


class _Inspection:
    """One walk through an archive."""

    def __init__(self, archive: zipfile.ZipFile, packed: int, limits: Limits) -> None:
        self.archive, self.packed, self.limits = archive, packed, limits
        self.unpacked = 0
        self.cells = 0
        self.longest = 0  # of the shared texts, in bytes
        self.texts: list[str] = []
        self.with_cells: list[str] = []

    def run(self) -> str:
        parts = self.archive.infolist()
        names = [part.filename for part in parts]
        self._check_parts(parts, names)
        if "content.xml" in names:
            return self._check_ods()
        if "[Content_Types].xml" not in names or any(name.endswith("workbook.bin") for name in names):
            raise TableRefused(
                "not_a_table", _("This file holds no table. Save the register as XLSX and send it again.")
            )
        for part in parts:  # told by what they hold: a hostile file may call its sheets anything
            root = self._root(part)
            if part.filename.endswith(".rels"):
                self._check_links(part)
            elif root.endswith(b"sst"):
                self._check_texts(part)
            elif root and root not in _NO_SHEETS:
                self._check_sheet(part)
            else:
                for _piece in self._pieces(part):
                    pass
        if self.longest * self.cells > 2 * MOST_TEXT:
            self._check_spread()
        return "xlsx"

    def _root(self, part: zipfile.ZipInfo) -> bytes:
        """The name of the first element; empty when the part is no XML. A document type definition stands
        before the first element or nowhere."""
        with self.archive.open(part) as stream:
            head = stream.read(PROLOGUE)
        if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise broken()
        if not head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
            return b""
        if b"<!DOCTYPE" in head:
            raise TableRefused(
                "dtd", _("The file holds definitions that are not allowed. Save it anew as XLSX.")
            )
        found = _ROOT.match(head)
        named = _ENCODING.search(head[:200].lower())
        if found is None or (named and named[1] not in _ENCODINGS):
            raise broken()
        return found[1]

    def _check_parts(self, parts: list[zipfile.ZipInfo], names: list[str]) -> None:
        if any(part.flag_bits & 1 for part in parts):
            raise encrypted()
        if len(parts) > self.limits.entries:
            raise TableRefused(
                "too_many_parts",
                _("The file has too many parts. Copy the register to a new workbook without pictures."),
            )
        if len(set(map(str.lower, names))) != len(names):
            raise broken()
        if any(name.startswith("xl/externalLinks/") for name in names):
            raise linked()
        self._check_size(sum(part.file_size for part in parts))

    def _check_size(self, unpacked: int) -> None:
        if unpacked > self.limits.unpacked:
            raise too_big()
        if unpacked > RATIO_FROM and unpacked > self.packed * self.limits.ratio:
            raise too_big()

    def _pieces(self, part: zipfile.ZipInfo) -> Iterator[bytes]:
        """The part in pieces, every byte counted."""
        with self.archive.open(part) as stream:
            while piece := stream.read(PIECE):
                self.unpacked += len(piece)
                self._check_size(self.unpacked)
                yield piece

    def _check_sheet(self, part: zipfile.ZipInfo) -> None:
        """Rows and columns that hold values lie within the limits."""
        self.with_cells.append(part.filename)
        odd = _odd_cell(self.limits)
        rest, size, is_odd = b"", 0, False
        for piece in self._pieces(part):
            size += len(piece)
            cut = piece.rfind(b"<")  # a tag is never looked at in two halves
            is_odd = is_odd or _is_odd(rest + piece[:cut], odd)
            rest = piece[cut:] if cut >= 0 else rest + piece
        self.cells += size // LEAST_CELL
        if is_odd or _is_odd(rest, odd):
            corners = self._corners(part)
            if corners.rows > self.limits.rows:
                raise too_many_rows(self.limits.rows)
            if corners.columns > self.limits.columns:
                raise too_wide(self.limits.columns)

    def _corners(self, part: zipfile.ZipInfo) -> Corners:
        corners = Corners()
        with self.archive.open(part) as stream:
            corners.read_sheet(stream)
        return corners

    def _check_links(self, part: zipfile.ZipInfo) -> None:
        """Links a person clicks on are harmless; links the workbook itself would follow are refused."""
        text = b"".join(self._pieces(part))
        for link in _LINKED.findall(text):
            if b"External" in link and b"/hyperlink" not in link:
                raise linked()

    def _check_texts(self, part: zipfile.ZipInfo) -> None:
        self.texts.append(part.filename)
        rest = b""
        for piece in self._pieces(part):
            texts = (rest + piece).split(b"</si>")
            rest = texts.pop()
            if texts and b"<si" in texts[0]:
                texts[0] = texts[0][texts[0].index(b"<si") :]
            self.longest = max(self.longest, max(map(len, texts), default=0))

    def _check_spread(self) -> None:
        """A long text that many cells refer to is copied into each of them."""
        lengths = [len(text) for name in self.texts for text in self.archive.read(name).split(b"</si>")]
        total = 0
        for name in self.with_cells:
            for number in _references(self.archive.open(name)):
                total += lengths[number] if number < len(lengths) else 0
                if total > MOST_TEXT:
                    raise too_big()

    def _check_ods(self) -> str:
        for part in self.archive.infolist():
            self._root(part)
            is_list = part.filename == "META-INF/manifest.xml"
            for piece in self._pieces(part):
                if is_list and b"encryption-data" in piece:
                    raise encrypted()
        corners = Corners()
        with self.archive.open("content.xml") as stream:
            corners.read_ods(stream)
        if corners.rows > self.limits.rows:
            raise too_many_rows(self.limits.rows)
        if corners.columns > self.limits.columns:
            raise too_wide(self.limits.columns)
        return "ods"


def _is_odd(whole: bytes, odd: re.Pattern[bytes]) -> bool:
    """Whether a careful look is due: a cell beyond the limits, or written in an unusual way."""
    return b":row" in whole or b":c " in whole or b":c>" in whole or odd.search(whole) is not None


def encrypted() -> TableRefused:
    """The file asks for a password."""
    return TableRefused(
        "encrypted", _("The file has a password. Open it, remove the password, save it and send it again.")
    )


def linked() -> TableRefused:
    """The workbook takes values from other files."""
    return TableRefused(
        "external_links",
        _("The file takes values from other files. Copy it as values to a new workbook."),
    )


def _odd_cell(limits: Limits) -> re.Pattern[bytes]:
    """A cell that is not written as `<c r="A1"`, or lies beyond the columns or clearly beyond the rows."""
    digits = str(limits.rows)
    lead = digits[0].encode()
    rows = rb"[0-9]{1,%d}|[1-%s][0-9]{%d}" % (len(digits) - 1, lead, len(digits) - 1)
    first = chr(ord("A") + (limits.columns - 1) // 26 - 1).encode()
    return re.compile(rb'<c(?! r="[A-%s]?[A-Z](?:%s)"|[a-zA-Z])' % (first, rows))


def _references(stream: IO[bytes]) -> Iterator[int]:
    rest = b""
    with stream:
        while piece := stream.read(PIECE):
            rest += piece
            cut = rest.rfind(b"<c ")
            if cut < 0:
                continue
            yield from map(int, _REFERENCE.findall(rest[:cut]))
            rest = rest[cut:]
        yield from map(int, _REFERENCE.findall(rest))
