"""Lists of job orders and training offers as offices send them round: read line by line, wrong lines named.

The first sheet, whatever stands above the line with the headings. Each line passes the same form as a notice
typed by hand; words for kind, destination and job are those of the register import.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from accounts.keys import new_key
from migrants.registers.cells import line, read_country, read_job
from migrants.registers.words import word_key
from pillars.enums import NoticeKind
from pillars.forms.notices import NoticeForm
from villages.tables import Limits, TableRefused, open_table

MEGABYTE = 1024 * 1024
LIST = Limits(packed=2 * MEGABYTE, unpacked=20 * MEGABYTE, rows=1_000, entries=40, columns=40, sheets=14)
HEADINGS_WITHIN = 15  # lines above the headings: a letterhead, a title
HEADINGS: dict[str, tuple[str, ...]] = {
    "kind": ("jenis", "jenis pengumuman", "kind"),
    "title": ("judul", "nama lowongan", "nama pelatihan", "lowongan", "title"),
    "words": ("uraian", "keterangan", "syarat", "words"),
    "destination": ("negara", "negara tujuan", "negara penempatan", "tujuan", "destination"),
    "job": ("jabatan", "pekerjaan", "job"),
    "source": ("sumber", "source"),
    "valid_from": ("berlaku dari", "berlaku mulai", "mulai", "valid from"),
    "valid_until": ("berlaku sampai", "sampai", "penutupan", "batas akhir", "valid until"),
    "district": ("kode kabupaten", "kode kabupaten kota", "kode kab kota", "district code"),
}
NEEDED = ("title", "words", "valid_until")
KINDS = {
    **dict.fromkeys(("lowongan", "lowongankerja", "joborder", "job", "loker"), NoticeKind.JOB.value),
    **dict.fromkeys(("pelatihan", "tawaranpelatihan", "training"), NoticeKind.TRAINING.value),
}


@dataclass(frozen=True)
class WrongLine:
    """A line that does not come in: its number as the spreadsheet counts, and what to mend."""

    number: int
    sentence: str


@dataclass
class ReadList:
    """What a list says. `offers`: the district's code and the facts of each good line."""

    offers: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    wrong: list[WrongLine] = field(default_factory=list)


def read_list(path: Path, *, name: str, today: date, district: str | None) -> ReadList:
    """The lines of a list. `name` is the source where a line tells none; `district` the code of the only
    district it may speak of, None where each line names its own. Raises `TableRefused`."""
    found = ReadList()
    with open_table(path, limits=LIST) as table:
        rows = enumerate(table.rows(0), start=1)
        columns = _columns_of(rows)
        if district is None and "district" not in columns:
            raise TableRefused(
                "no_district", _("Add a column with the code of the district, for example 33.25.")
            )
        for number, row in rows:
            cells = {column: row[at] if at < len(row) else "" for column, at in columns.items()}
            if any(line(_plain(cell)) for cell in cells.values()):
                _read_line(found, number, cells, name=name, today=today, district=district)
    return found


def _columns_of(rows: Iterator[tuple[int, list[Any]]]) -> dict[str, int]:
    """Where each column stands; the rows are left behind the headings."""
    known = {word_key(word): name for name, words in HEADINGS.items() for word in words}
    for number, row in rows:
        columns: dict[str, int] = {}
        for at, cell in enumerate(row):
            name = known.get(word_key(line(_plain(cell))))
            if name:
                columns.setdefault(name, at)
        if all(name in columns for name in NEEDED):
            return columns
        if number >= HEADINGS_WITHIN:
            break
    raise TableRefused("no_headings", _("The list needs the columns Judul, Uraian and Berlaku sampai."))


def _read_line(
    found: ReadList, number: int, cells: dict[str, Any], *, name: str, today: date, district: str | None
) -> None:
    typed = {column: line(_plain(cell)) for column, cell in cells.items()}
    typed.pop("district", None)
    code = _code_of(cells.get("district", "")) or district or ""
    typed["kind"] = _kind_of(typed)
    typed["source"] = typed.get("source") or name
    typed["valid_from"] = typed.get("valid_from") or f"{today:%d-%m-%Y}"
    wrong = _unknown(typed, code, district)
    if not wrong:
        form = NoticeForm({"key": str(new_key()), **typed})
        if form.is_valid():
            found.offers.append((code, form.facts))
            return
        column, sentences = next(iter(form.errors.items()))
        wrong = f"{form.fields[column].label}: {sentences[0]}"
    found.wrong.append(WrongLine(number, wrong))


def _code_of(cell: Any) -> str:
    """The code of a district; a spreadsheet takes 33.10 for a number."""
    return f"{cell:.2f}" if isinstance(cell, float) else line(_plain(cell))


def _kind_of(typed: dict[str, str]) -> str:
    """The kind as written; without one a line with a job is a job order."""
    word = word_key(typed.get("kind", ""))
    return KINDS.get(word, "?") if word else (NoticeKind.JOB if typed.get("job") else NoticeKind.TRAINING)


def _unknown(typed: dict[str, str], code: str, district: str | None) -> str:
    """Why the words of a line are none of ours; "" when they are. Puts the codes in their place."""
    if district is not None and code != district:
        return _("This line is for another district.")
    if typed["kind"] == "?":
        return _("Write Lowongan or Pelatihan as the kind.")
    if typed.get("destination"):
        country = read_country(typed["destination"])
        if not isinstance(country, str):
            return _("The destination is not on the list. Write the name of the country.")
        typed["destination"] = country
    if typed.get("job"):
        typed["job"], _words = read_job(typed["job"])
        if not typed["job"]:
            return _("The job is not on the list. Write it as in the list of jobs.")
    return ""


def _plain(cell: Any) -> Any:
    """A day of a spreadsheet as people write it."""
    if isinstance(cell, datetime):
        cell = cell.date()
    return f"{cell:%d-%m-%Y}" if isinstance(cell, date) else cell
