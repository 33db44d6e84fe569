"""Empty registers to download, for people who start clean: what they fill in comes back without a doubt."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from migrants import vocabulary
from migrants.registers.kinds import RegisterKind

ROWS = 5_000
HEADING_ROW = 2  # from 0: title, blank, heading
LISTS = "Pilihan"
SHEETS = {
    RegisterKind.PERSONS: "Data PMI",
    RegisterKind.EXTRACT: "Data SISKOP2MI",
    RegisterKind.COMPANIES: "Data P3MI",
    RegisterKind.MEMBERS: "Daftar anggota",
}

TEXT, DAY, CHOICE = "text", "day", "choice"


@dataclass(frozen=True)
class _Field:
    """One column of a template. Headings stay Indonesian in every language: files travel between offices."""

    heading: str
    width: int
    kind: str = "general"
    choices: tuple[str, ...] = ()


def template_xlsx(kind: RegisterKind, *, place: str = "") -> bytes:
    """An XLSX with heading, drop-downs, dates as dates and the NIK as text. `place`: for the title, as
    "DESA WANAR KECAMATAN TERSONO KABUPATEN BATANG", which the importer understands."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    bold = book.add_format({"bold": True, "font_size": 13})
    head = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1, "bg_color": "#E9EFEA"}
    )
    formats = {TEXT: book.add_format({"num_format": "@"}), DAY: book.add_format({"num_format": "dd-mm-yyyy"})}
    sheet = book.add_worksheet(SHEETS[kind])
    lists = book.add_worksheet(LISTS)
    lists.hide()
    sheet.write_string(0, 0, f"{SHEETS[kind].upper()} {place.upper()}".strip(), bold)
    sheet.set_row(HEADING_ROW, 32)
    for at, field in enumerate(_fields(kind)):
        sheet.set_column(at, at, field.width, formats.get(field.kind))
        sheet.write_string(HEADING_ROW, at, field.heading, head)
        rule = _rule(field, at, lists)
        if rule:
            sheet.data_validation(HEADING_ROW + 1, at, HEADING_ROW + ROWS, at, rule)
    sheet.freeze_panes(HEADING_ROW + 1, 3)
    book.close()
    return file.getvalue()


def _rule(field: _Field, at: int, lists: Any) -> dict[str, Any]:
    if field.kind == CHOICE:
        lists.write_column(0, at, field.choices)
        letter = chr(ord("A") + at)
        return {
            "validate": "list",
            "source": f"={LISTS}!${letter}$1:${letter}${len(field.choices)}",
            "error_title": field.heading,
            "error_message": _("Choose one from the list."),
        }
    if field.kind == DAY:
        return {
            "validate": "date",
            "criteria": "between",
            "minimum": date(1900, 3, 1),
            "maximum": date(2100, 12, 31),
            "error_title": field.heading,
            "error_message": _("Enter the date as day, month, year, for example 17/8/2026."),
        }
    if field.heading == "NIK":
        return {
            "validate": "length",
            "criteria": "==",
            "value": 16,
            "error_title": field.heading,
            "error_message": _("Enter the NIK with 16 digits."),
        }
    return {}


def _fields(kind: RegisterKind) -> list[_Field]:
    countries = tuple(each.name_id for each in vocabulary.destinations().values())
    jobs = tuple(job.name_id for job in vocabulary.jobs().values())
    nik = _Field("NIK", 19, TEXT)
    name = _Field("Nama Lengkap", 28, TEXT)
    country = _Field("Negara Tujuan", 18, CHOICE, countries)
    place = [_Field("Desa", 18, TEXT), _Field("Kecamatan", 18, TEXT)]
    if kind is RegisterKind.EXTRACT:
        return [
            _Field("No", 5), nik, name, *place, country, _Field("SK Penempatan", 22, TEXT),
            _Field("Tanggal Kontrak Mulai", 14, DAY), _Field("Tanggal Kontrak Selesai", 14, DAY),
        ]  # fmt: skip
    if kind is RegisterKind.COMPANIES:
        return [
            _Field("No", 5), _Field("Nama Perusahaan", 32, TEXT), _Field("Nomor SIP3MI", 24, TEXT),
            _Field("Berlaku Sampai", 14, DAY), _Field("Alamat", 40, TEXT), _Field("Telepon", 18, TEXT),
            _Field("Status", 14, CHOICE, ("Aktif", "Tidak aktif", "Dicabut")),
        ]  # fmt: skip
    if kind is RegisterKind.MEMBERS:
        money = ("Simpanan Pokok", "Simpanan Wajib", "Simpanan Sukarela", "SHU Belum Dibayar")
        return [
            _Field("No Anggota", 9), name, _Field("L/P", 6, CHOICE, ("L", "P")),
            _Field("Tanggal Masuk", 13, DAY), _Field("Status PMI", 13, CHOICE, ("Purna PMI", "Keluarga")),
            *(_Field(heading, 16) for heading in money),
        ]  # fmt: skip
    return [
        _Field("No", 5), nik, name, _Field("L/P", 6, CHOICE, ("L", "P")), _Field("Tempat Lahir", 16, TEXT),
        _Field("Tanggal Lahir", 13, DAY),
        _Field("Status Perkawinan", 15, CHOICE, ("Belum kawin", "Kawin", "Cerai hidup", "Cerai mati")),
        _Field("Pendidikan", 14, CHOICE, ("Tidak sekolah", "SD", "SMP", "SMA", "SMK", "D3", "S1", "S2")),
        _Field("Dusun", 16, TEXT), _Field("RT", 6, TEXT), _Field("RW", 6, TEXT), *place,
        _Field("No HP", 17, TEXT),
        _Field("Status PMI", 13, CHOICE, ("Calon PMI", "PMI", "Purna PMI", "Keluarga")),
        country, _Field("Jabatan", 26, CHOICE, jobs), _Field("P3MI", 26, TEXT), _Field("No Paspor", 13, TEXT),
        _Field("Tanggal Berangkat", 14, DAY), _Field("Tanggal Habis Kontrak", 14, DAY),
        _Field("Tanggal Pulang", 13, DAY), _Field("Nama Keluarga", 22, TEXT),
        _Field("Hubungan Keluarga", 14, CHOICE, ("Suami", "Istri", "Ayah", "Ibu", "Anak", "Kakak", "Adik")),
        _Field("No HP Keluarga", 17, TEXT), _Field("Keterangan", 30, TEXT),
    ]  # fmt: skip
