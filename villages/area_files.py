"""Read lists of Kemendagri areas as people publish them, line by line, and name every line that is wrong.

Two shapes: one flat CSV (`kode,kode_induk,tingkat,jenis,nama,lat,lng`, also as `.gz`, or the same columns on
the first sheet of an XLSX, XLS or ODS), or a folder with the four CSV files of the npm package
`idn-area-data` (provinces, regencies, districts, villages: code, parent's code, name). Codes may be dotted or
bare digits. Nothing here touches the database.
"""

from __future__ import annotations

import csv
import gzip
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path
from typing import TextIO

from django.utils.translation import gettext as _

from villages.enums import DistrictKind, VillageKind

MOST_PROBLEMS = 10
LONGEST_NAME = 100
FIRST_CITY = 71  # district numbers from 71 on are kota
VILLAGE_KINDS = {"1": VillageKind.KELURAHAN, "2": VillageKind.DESA, "3": VillageKind.DESA_ADAT}
WORKBOOKS = frozenset({".xlsx", ".xls", ".ods"})
FLAT_COLUMNS = ("kode", "kode_induk", "tingkat", "jenis", "nama", "lat", "lng")

_CODE = re.compile(r"[0-9]{2}(?:\.[0-9]{2}(?:\.[0-9]{2}(?:\.[123][0-9]{3})?)?)?", re.ASCII)
_BARE = re.compile(r"[0-9]{2}(?:[0-9]{2}(?:[0-9]{2}(?:[123][0-9]{3})?)?)?", re.ASCII)
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffd]")
_DEGREE = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]+)?", re.ASCII)
_ROMAN = re.compile(r"[IVXL]+", re.ASCII)


class AreaLevel(IntEnum):
    PROVINCE = 0
    DISTRICT = 1
    SUBDISTRICT = 2
    VILLAGE = 3


LEVEL_WORDS = {
    "provinsi": AreaLevel.PROVINCE,
    "kabupaten_kota": AreaLevel.DISTRICT,
    "kecamatan": AreaLevel.SUBDISTRICT,
    "desa_kelurahan": AreaLevel.VILLAGE,
}
FOLDER_FILES = (
    ("provinces.csv", AreaLevel.PROVINCE, ("code", "name")),
    ("regencies.csv", AreaLevel.DISTRICT, ("code", "province_code", "name")),
    ("districts.csv", AreaLevel.SUBDISTRICT, ("code", "regency_code", "name")),
    ("villages.csv", AreaLevel.VILLAGE, ("code", "district_code", "name")),
)


class AreaFileRefused(ValueError):
    """The file cannot be loaded. `problems`: one sentence each, with file and line."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One area as a file gives it. `kind` is empty where the level has none; coordinates may be unknown."""

    level: AreaLevel
    code: str
    name: str
    kind: str
    latitude: str | None = None
    longitude: str | None = None


def dotted(text: str) -> str | None:
    """The dotted Kemendagri code (`33.25.14.2004`) of a code with or without dots; None when it is none."""
    code = text.strip()[:14]
    if _CODE.fullmatch(code):
        return code
    if not _BARE.fullmatch(code):
        return None
    return ".".join(part for part in (code[:2], code[2:4], code[4:6], code[6:]) if part)


def level_of(code: str) -> AreaLevel:
    """The level a dotted code names: the number of its dots."""
    return AreaLevel(code.count("."))


def parent_of(code: str) -> str:
    """The code one level up; empty for a province."""
    return code.rpartition(".")[0]


def kind_of(code: str) -> str:
    """What the code itself says an area is: kabupaten or kota, kelurahan, desa or desa adat; else empty."""
    level = level_of(code)
    if level == AreaLevel.DISTRICT:
        return DistrictKind.KOTA if int(code[3:]) >= FIRST_CITY else DistrictKind.KABUPATEN
    return VILLAGE_KINDS[code[9]] if level == AreaLevel.VILLAGE else ""


@dataclass
class AreaReader:
    """Yields the rows of a file or folder; when the last one is out, raises if any line was wrong.

    So a caller that writes rows as they come must be able to take them back. Besides each line by itself it
    checks that no code comes twice and that every parent is there.
    """

    path: Path
    problems: list[str] = field(default_factory=list)
    _lines: dict[str, int] = field(default_factory=dict)
    _sources: list[tuple[str, int]] = field(default_factory=list)

    def rows(self) -> Iterator[AreaRow]:
        """Every good row. Raises AreaFileRefused at the end when there were bad ones, at once for a file that
        cannot be read at all."""
        parts = self._folder() if self.path.is_dir() else self._flat()
        for row in parts:
            if len(self.problems) >= MOST_PROBLEMS:
                break
            yield row
        if not self.problems:  # a broken parent would make all its children look lost
            self._check_parents()
        if not self._lines and not self.problems:
            self.problems.append(_("%(file)s holds no areas.") % {"file": self.path.name})
        if self.problems:
            raise AreaFileRefused(self.problems[:MOST_PROBLEMS])

    def _flat(self) -> Iterator[AreaRow]:
        for line, given in self._records(self.path, FLAT_COLUMNS):
            code = self._code(self.path, line, given["kode"])
            level = LEVEL_WORDS.get(given["tingkat"])
            if code is None:
                continue
            if level is None or level_of(code) != level:
                self._broken(self.path, line, _("the level does not fit the code %(code)s"), code=code)
            elif level in (AreaLevel.DISTRICT, AreaLevel.VILLAGE) and given["jenis"] != kind_of(code):
                self._broken(self.path, line, _("the kind does not fit the code %(code)s"), code=code)
            elif not self._parent_fits(code, given["kode_induk"]):
                self._broken(self.path, line, _("the parent does not fit the code %(code)s"), code=code)
            elif not (_is_degree(given["lat"], 90) and _is_degree(given["lng"], 180)):
                self._broken(self.path, line, _("the point of %(code)s is not on the globe"), code=code)
            elif (name := self._name(self.path, line, code, given["nama"])) is not None:
                yield AreaRow(level, code, name, kind_of(code), given["lat"] or None, given["lng"] or None)

    def _folder(self) -> Iterator[AreaRow]:
        for filename, level, columns in FOLDER_FILES:
            path = self.path / filename
            for line, given in self._records(path, columns):
                code = self._code(path, line, given["code"])
                if code is None:
                    continue
                if level_of(code) != level:
                    self._broken(path, line, _("the level does not fit the code %(code)s"), code=code)
                elif level and not self._parent_fits(code, given[columns[1]]):
                    self._broken(path, line, _("the parent does not fit the code %(code)s"), code=code)
                elif (name := self._name(path, line, code, given["name"])) is not None:
                    shouted = level <= AreaLevel.DISTRICT and name.isupper()
                    yield AreaRow(level, code, _said_quietly(name) if shouted else name, kind_of(code))

    def _workbook_records(self, path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
        """Number and fields of every row below the heading of the first sheet of a workbook."""
        from villages.tables import DISTRICT, TableRefused, open_table  # CSV needs none of it

        try:
            with open_table(path, limits=DISTRICT) as table:
                rows = table.rows(0)
                heading = [_cell(cell).lower() for cell in next(rows, [])]
                _check_heading(path, heading, columns)
                places = [(name, heading.index(name)) for name in columns]
                for number, row in enumerate(rows, 2):
                    if any(cell != "" for cell in row):
                        yield number, {name: _cell(row[place]) for name, place in places}
        except FileNotFoundError:
            raise AreaFileRefused([_("%(file)s does not exist.") % {"file": path}]) from None
        except TableRefused as refused:
            raise AreaFileRefused([f"{path.name}: {refused.sentence}"]) from None

    def _records(self, path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
        """Number and fields of every line behind the heading that has as many fields as the heading."""
        if path.suffix.lower() in WORKBOOKS:
            yield from self._workbook_records(path, columns)
            return
        try:
            with _opened(path) as stream:
                reader = csv.reader(stream)
                heading = [name.strip().lower() for name in next(reader, [])]
                _check_heading(path, heading, columns)
                places = [(name, heading.index(name)) for name in columns]
                line = reader.line_num + 1  # where a record begins: an open quote swallows what follows
                for fields in reader:
                    begins, line = line, reader.line_num + 1
                    if len(self.problems) >= MOST_PROBLEMS:
                        return
                    if len(fields) != len(heading):
                        if any(fields):
                            self._broken(
                                path,
                                begins,
                                _("%(found)s fields instead of %(wanted)s"),
                                found=len(fields),
                                wanted=len(heading),
                            )
                        continue
                    yield begins, {name: fields[place].strip() for name, place in places}
        except FileNotFoundError:
            raise AreaFileRefused([_("%(file)s does not exist.") % {"file": path}]) from None
        except (gzip.BadGzipFile, EOFError):
            raise AreaFileRefused([_("%(file)s is not a whole .gz file.") % {"file": path.name}]) from None
        except csv.Error:
            self._broken(path, line, _("this is not CSV"))

    def _code(self, path: Path, line: int, text: str) -> str | None:
        code = dotted(text)
        if code is None:
            shown = _UNPRINTABLE.sub("?", text)[:20]
            self._broken(path, line, _("“%(text)s” is not an area code"), text=shown)
            return None
        first = self._lines.get(code)
        if first is not None:
            self._broken(
                path, line, _("code %(code)s was given in line %(first)s already"), code=code, first=first
            )
            return None
        self._lines[code] = line
        return code

    def _parent_fits(self, code: str, given: str) -> bool:
        return (dotted(given) or "") == parent_of(code) and bool(given) == bool(parent_of(code))

    def _name(self, path: Path, line: int, code: str, text: str) -> str | None:
        if _UNPRINTABLE.search(text):
            self._broken(path, line, _("the name of %(code)s is not readable UTF-8 text"), code=code)
            return None
        name = " ".join(text.split())
        if not 0 < len(name) <= LONGEST_NAME:
            self._broken(path, line, _("%(code)s has no name, or one of over 100 letters"), code=code)
            return None
        return name

    def _check_parents(self) -> None:
        missing = (code for code in self._lines if (above := parent_of(code)) and above not in self._lines)
        for code in missing:
            path = self.path / FOLDER_FILES[level_of(code)][0] if self.path.is_dir() else self.path
            self._broken(
                path,
                self._lines[code],
                _("%(code)s lies in %(parent)s, which is not in the list"),
                code=code,
                parent=parent_of(code),
            )
            if len(self.problems) >= MOST_PROBLEMS:
                return

    def _broken(self, path: Path, line: int, what: str, **facts: object) -> None:
        self.problems.append(
            _("%(file)s, line %(line)s: %(what)s.") % {"file": path.name, "line": line, "what": what % facts}
        )


def read_successors(path: Path) -> Iterator[tuple[int, str, str]]:
    """Line, old code and new code of a two-column CSV; a heading line is passed over.

    Raises AreaFileRefused naming the first line that is not two different codes of one level, or whose old
    code came before.
    """
    seen: set[str] = set()
    try:
        with _opened(path) as stream:
            reader = csv.reader(stream)
            for fields in reader:
                line = reader.line_num
                if not any(fields) or (line == 1 and not any(dotted(text) for text in fields)):
                    continue
                codes = [dotted(text) for text in fields]
                if len(codes) != 2 or codes[0] is None or codes[1] is None:
                    what = _("write the old code, a comma and the new code")
                elif codes[0] == codes[1] or level_of(codes[0]) != level_of(codes[1]):
                    what = _("old and new must be two codes of one level")
                elif codes[0] in seen:
                    what = _("code %(code)s has a successor already") % {"code": codes[0]}
                else:
                    seen.add(codes[0])
                    yield line, codes[0], codes[1]
                    continue
                raise broken_line(path, line, what)
    except FileNotFoundError:
        raise AreaFileRefused([_("%(file)s does not exist.") % {"file": path}]) from None
    except csv.Error:
        raise broken_line(path, reader.line_num, _("this is not CSV")) from None


def broken_line(path: Path, line: int, what: str) -> AreaFileRefused:
    """The refusal of one line."""
    return AreaFileRefused(
        [_("%(file)s, line %(line)s: %(what)s.") % {"file": path.name, "line": line, "what": what}]
    )


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    # Bytes that are not UTF-8 become lone surrogates, so that the line they stand in can be named.
    with path.open("rb") as raw:
        packed = raw.read(2) == b"\x1f\x8b"
    if packed or path.suffix == ".gz":
        with gzip.open(path, "rt", encoding="utf-8-sig", errors="surrogateescape", newline="") as stream:
            yield stream
    else:
        with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as stream:
            yield stream


def _check_heading(path: Path, heading: list[str], columns: tuple[str, ...]) -> None:
    missing = [name for name in columns if name not in heading]
    if missing:
        raise AreaFileRefused(
            [
                _("%(file)s, line 1: the heading lacks %(columns)s.")
                % {"file": path.name, "columns": ", ".join(missing)}
            ]
        )


def _cell(value: object) -> str:
    """A cell of a workbook as a CSV has it. A code typed as a number loses its zeros and is refused."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _is_degree(text: str, most: int) -> bool:
    return not text or (bool(_DEGREE.fullmatch(text[:20])) and abs(float(text)) <= most)


def _said_quietly(name: str) -> str:
    """KABUPATEN ACEH SELATAN, as older editions shout it, becomes Kabupaten Aceh Selatan; DKI and II stay."""
    return " ".join(
        word if word in {"DKI", "DI"} or _ROMAN.fullmatch(word) else word.capitalize()
        for word in name.split()
    )
