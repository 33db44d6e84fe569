"""CSV as programs of many ages write it: UTF-8, with or without byte order mark, Windows-1252, UTF-16;
comma, semicolon, tab or bar between the cells."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from villages.tables.limits import Limits
from villages.tables.refusals import TableRefused, too_many_rows, too_wide

SEPARATORS = ",;\t|"
LOOKED_AT = 60  # lines, to find the separator
MOST_LINE_ENDS = 12  # in one cell; more means that a quote was never closed
LONGEST_CELL = 32_767

# What begins files that are no text; and web pages, which old programs save under the name .xls.
_MAGIC = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf")
_WEB = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<head")


class SeparatedText:
    """The rows of a CSV file. Raises `TableRefused` when it is no table."""

    def __init__(self, content: bytes, limits: Limits) -> None:
        _check_is_text(content)
        self.text = _decoded(content)
        self.limits = limits
        if self.text[:4].lower() == "sep=":  # Excel's own hint; it shows no such line
            self.separator = self.text[4:5]
            self.text = self.text.partition("\n")[2]
        else:
            self.separator = _separator(self.text)
        self.quoted = not self._has_open_quote()
        self.row_total = self.width = 0
        for row in self.rows():
            self.row_total += 1
            self.width = max(self.width, len(row))
            if len(row) > limits.columns and any(row[limits.columns :]):
                raise too_wide(limits.columns)
            if self.row_total > limits.rows:
                raise too_many_rows(limits.rows)

    def rows(self) -> Iterator[list[str]]:
        """Every record, blank ones as empty lists, so that numbers agree with what a spreadsheet shows."""
        lines = io.StringIO(self.text, newline="")
        try:
            if self.quoted:
                yield from csv.reader(lines, delimiter=self.separator)
            else:
                yield from csv.reader(lines, delimiter=self.separator, quoting=csv.QUOTE_NONE)
        except csv.Error:
            raise no_table() from None

    def _has_open_quote(self) -> bool:
        """Whether some quote is never closed, so that rows would vanish into one cell."""
        if '"' not in self.text:
            return False
        try:
            reader = csv.reader(io.StringIO(self.text, newline=""), delimiter=self.separator)
            return any(
                cell.count("\n") > MOST_LINE_ENDS or len(cell) > LONGEST_CELL
                for row in reader
                for cell in row
            )
        except csv.Error:
            return True


def no_table() -> TableRefused:
    """Neither a workbook nor lines of text."""
    return TableRefused(
        "not_a_table", _("This file holds no table. Save the register as XLSX and send it again.")
    )


def _check_is_text(content: bytes) -> None:
    head = content[:1024].lstrip(b"\xef\xbb\xbf \r\n\t")
    if head.startswith(_MAGIC):
        raise no_table()
    if head.lower().startswith(_WEB):
        raise TableRefused(
            "web_page", _("This is a web page named as a table. Open it in Excel and save it as XLSX.")
        )
    if b"\0" in content and not content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise no_table()


def _decoded(content: bytes) -> str:
    """The text; lines of a file that mixes encodings are read each in its own."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace")
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        text = content.decode()
    except UnicodeDecodeError:
        text = "".join(_line(line) for line in content.splitlines(keepends=True))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _line(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")


def _separator(text: str) -> str:
    """The sign that parts most lines into the same number of cells."""
    lines = text.split("\n", LOOKED_AT)[:LOOKED_AT]
    best, most = ",", 0
    for sign in SEPARATORS:
        widths = Counter(line.count(sign) for line in lines if sign in line)
        score = max((count * (1 + width) for width, count in widths.items()), default=0)
        if score > most:
            best, most = sign, score
    return best
