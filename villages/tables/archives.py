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
RATIO_FROM = 1 * MEGABYTE  # below this size nothing can be hidden that would hurt
MOST_TEXT = 256 * MEGABYTE  # what all texts of a workbook may come to once every reference is followed

_DAMAGES = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)
_ROW = re.compile(rb'<row r="([0-9]{1,7})"')
_ROOT = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<[?!][^>]{0,2000}>\s*){0,20}<([A-Za-z0-9_.:-]{1,60})")
_NO_SHEETS = frozenset(
    {b"styleSheet", b"Types", b"a:theme", b"Properties", b"cp:coreProperties", b"calcChain"}
)
_ENCODINGS = frozenset({b"utf-8", b"us-ascii", b"ascii"})
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
        if self.longest * self.cells > MOST_TEXT:
            self._check_spread()
        return "xlsx"

    def _root(self, part: zipfile.ZipInfo) -> bytes:
        """The name of the first element; empty when the part is no XML."""
        with self.archive.open(part) as stream:
            found = _ROOT.match(stream.read(4096))
        return found[1] if found else b""

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
        is_text = bool(self._root(part))
        tail = b""
        with self.archive.open(part) as stream:
            while piece := stream.read(PIECE):
                self.unpacked += len(piece)
                self._check_size(self.unpacked)
                if is_text:
                    if not tail:
                        _check_encoding(piece)
                    if b"<!DOCTYPE" in piece or b"<!DOCTYPE" in tail + piece[:10] or b"<!ENTITY" in piece:
                        raise TableRefused(
                            "dtd", _("The file holds definitions that are not allowed. Save it anew as XLSX.")
                        )
                    tail = piece[-10:]
                yield piece

    def _check_sheet(self, part: zipfile.ZipInfo) -> None:
        """Rows and columns that hold values lie within the limits."""
        self.with_cells.append(part.filename)
        odd = _odd_cell(self.limits)
        rest = b""
        careful = False
        for piece in self._pieces(part):
            rest += piece
            cut = rest.rfind(b"<row")
            if cut <= 0 and len(rest) < 8 * PIECE:
                continue
            whole, rest = (rest[:cut], rest[cut:]) if cut > 0 else (rest, b"")
            careful = careful or self._is_odd(whole, odd)
        careful = careful or self._is_odd(rest, odd)
        if careful:
            corners = self._corners(part)
            if corners.rows > self.limits.rows:
                raise too_many_rows(self.limits.rows)
            if corners.columns > self.limits.columns:
                raise too_wide(self.limits.columns)

    def _is_odd(self, whole: bytes, odd: re.Pattern[bytes]) -> bool:
        """Whether a careful look is due: a cell or row outside the limits, or written in an unusual way."""
        rows = _ROW.findall(whole)
        if len(rows) != whole.count(b"<row") - whole.count(b"<rowBreaks"):
            return True
        self.cells += whole.count(b"<v>")
        if rows and max(map(int, rows)) > self.limits.rows:
            return True
        return b":c " in whole or b":row" in whole or b":c>" in whole or odd.search(whole) is not None

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


def _check_encoding(piece: bytes) -> None:
    head = piece[:200].lower()
    named = re.search(rb"encoding=[\"']([a-z0-9_-]{1,40})", head)
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"} or (
        named and named[1] not in {b"utf-8", b"us-ascii", b"ascii"}
    ):
        raise broken()


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
