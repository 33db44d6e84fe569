"""What titles, sheet names and lines between the rows say of the place: "KECAMATAN : SUBAH"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import zip_longest

from migrants.registers.kinds import Column
from migrants.registers.places import PlaceWords

LONGEST = 300
MOST_WORDS = 4

_NO_PLACE = re.compile(
    r"desa migran produktif|desa migran|desa */ *kelurahan|kabupaten */ *kota"
    r"|(?:kepala|perangkat|tingkat|per|se|pemerintah) (?:desa|kecamatan|kabupaten)",
    re.IGNORECASE,
)
_MARK = re.compile(
    r"\b(?:(?P<village>desa adat|desa|ds|kelurahan|kel)|(?P<subdistrict>kecamatan|kec|distrik)"
    r"|(?P<district>kabupaten|kab|kota)|(?P<province>provinsi|propinsi|prov))\b[ .:]{0,5}",
    re.IGNORECASE,
)
_END = re.compile(
    r"[,;()|\n]| - |\b(?:dan|bulan|tahun|periode|keadaan|s/d|per|tanggal|triwulan|semester|se|yang|di|ke"
    r"|sampai|data|pmi|tki|nomor|telp|alamat)\b|[0-9]",
    re.IGNORECASE,
)
_WORDS_OF_SHEETS = re.compile(
    r"data|sheet|lembar|pmi|tki|cpmi|tkw|purna|calon|aktif|register|rekap|daftar|form|format|template|desa|list"
    r"|kecamatan|kabupaten|januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember"
    r"|tahun|bulan|worksheet|table|tabel|nama|baru|lama|all|semua|total|keluarga|hasil|export|laporan|siskop|sisko"
    r"|siskotkln|penempatan|kepulangan|kedatangan|pengaduan|p3mi|master|input|final|fix|copy|salinan|dari|edit"
    r"|update|revisi|sip|perusahaan|migran"
)
_BLOCK = {
    "namaperusahaan": Column.AGENCY,
    "namap3mi": Column.AGENCY,
    "p3mi": Column.AGENCY,
    "namapptkis": Column.AGENCY,
    "negaratujuan": Column.COUNTRY,
    "negarapenempatan": Column.COUNTRY,
}


def marked_places(text: str) -> PlaceWords:
    """The places a line names with a word before them. A level named twice differently is left open."""
    clean = _NO_PLACE.sub(" ; ", text[:LONGEST])
    found: dict[str, set[str]] = {}
    marks = list(_MARK.finditer(clean))
    for mark, following in zip_longest(marks, marks[1:]):
        rest = clean[mark.end() : following.start() if following else len(clean)]
        words = _END.split(rest, maxsplit=1)[0].strip(" .:-_/").split()
        if words and len(words) <= MOST_WORDS and mark.lastgroup:
            found.setdefault(mark.lastgroup, set()).add(" ".join(words).upper())
    return PlaceWords(**{level: next(iter(names)) for level, names in found.items() if len(names) == 1})


def place_of_titles(lines: Iterable[str], sheet: str) -> PlaceWords:
    """What the lines above a heading and the name of the sheet say together; the sheet's name counts more."""
    found = PlaceWords()
    for text in (*lines, sheet):
        found = merged(marked_places(text), found)
    return found


def name_of_sheet(sheet: str) -> str:
    """A bare place name that a sheet may be called by ("WANAR"); "" for DATA PMI, Sheet1, 2025."""
    words = re.sub(r"[^A-Za-z]+", " ", sheet).lower().split()
    if (
        not words
        or len(words) > MOST_WORDS
        or re.search(r"[0-9]", sheet)
        or marked_places(sheet) != PlaceWords()
    ):
        return ""
    return "" if any(map(_WORDS_OF_SHEETS.fullmatch, words)) else sheet.strip()


def block_of(lines: Iterable[list[str]]) -> dict[Column, str]:
    """What a block above the heading says for all rows: company and country of a monthly report."""
    found: dict[Column, str] = {}
    for cells in lines:
        label, _colon, value = " ".join(cells).partition(":")
        if not value and len(cells) > 1:
            label, value = cells[0], " ".join(cells[1:])
        column = _BLOCK.get(re.sub(r"[^a-z0-9]", "", label.lower()[:60]))
        if column and value.strip(" :.-_"):
            found.setdefault(column, value.strip(" :"))
    return found


def merged(first: PlaceWords, second: PlaceWords) -> PlaceWords:
    """The words of the first, filled up with those of the second."""
    return PlaceWords(*(one or other for one, other in zip(first, second, strict=True)))
