"""A district's register of 100,000 invented people, as untidy as real ones, written once for the bench."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter

ROWS = 100_000
HEADING = [
    "NO",
    "N I K",
    "NAMA LENGKAP",
    "L/P",
    "TEMPAT LAHIR",
    "TGL LAHIR",
    "STATUS KAWIN",
    "PENDIDIKAN",
    "DUSUN",
    "RT",
    "RW",
    "DESA",
    "KECAMATAN",
    "NO. HP",
    "NEGARA TUJUAN",
    "JABATAN",
    "P3MI",
    "NO. PASPOR",
    "TGL BERANGKAT",
    "TGL HABIS KONTRAK",
    "STATUS PMI",
    "KET.",
]
_SYLLABLES = [
    "SI",
    "TI",
    "A",
    "MI",
    "NA",
    "WA",
    "RI",
    "SU",
    "PAR",
    "NI",
    "NGSIH",
    "MU",
    "HA",
    "MAD",
    "RAH",
    "MAN",
    "DE",
    "WI",
    "YU",
    "LI",
    "ANI",
    "KAR",
    "NO",
    "RO",
    "YAH",
    "SLA",
    "MET",
    "BU",
    "DI",
    "AN",
    "TO",
    "JO",
]
_COUNTRIES = (
    "HONGKONG",
    "TAIWAN",
    "Malaysia",
    "SINGAPURA",
    "KORSEL",
    "Saudi Arabia",
    "JEPANG",
    "UEA",
    "Brunei",
)
_JOBS = ("PRT", "OPERATOR", "CAREGIVER", "BURUH PERKEBUNAN", "NELAYAN", "HOUSE MAID", "TUKANG KEBUN")
_AGENCIES = [f"PT. CONTOH MIGRAN {number}" for number in range(1, 60)]
VILLAGES = [(f"DESA CONTOH {number}", f"KECAMATAN {number % 17}") for number in range(240)]


def write_register(path: Path, rows: int = ROWS) -> None:
    """An XLSX with a title, a heading and `rows` rows; one row in forty has a fault of some kind."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": False, "strings_to_formulas": False})
    sheet = book.add_worksheet("DATA PMI")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_string(0, 0, "DATA PEKERJA MIGRAN KABUPATEN CONTOH")
    sheet.write_row(2, 0, HEADING)
    for number, row in enumerate(people(rows), 3):
        for at, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(number, at, cell, day)
            elif isinstance(cell, str):
                if cell:
                    sheet.write_string(number, at, cell)
            else:
                sheet.write_number(number, at, cell)
    book.close()


def people(rows: int) -> Iterator[list[Any]]:
    """Rows of the register, the same at every run."""
    chance = random.Random(1712)
    for number in range(1, rows + 1):
        born = date(1965, 1, 1) + timedelta(days=chance.randrange(10_900))
        woman = chance.random() < 0.6
        left = date(2012, 1, 1) + timedelta(days=chance.randrange(5_000))
        digits = f"332501{born.day + (40 if woman else 0):02d}{born:%m%y}{1 + number % 9998:04d}"
        name = " ".join("".join(chance.choices(_SYLLABLES, k=chance.choice((2, 3)))) for _part in range(2))
        village, subdistrict = VILLAGES[chance.randrange(len(VILLAGES))]
        row = [
            number, digits, name,
            chance.choice(("P", "PEREMPUAN", "Pr") if woman else ("L", "LAKI-LAKI", "Lk")),
            "CONTOH", _day(chance, born), chance.choice(("KAWIN", "BK", "CERAI HIDUP")),
            chance.choice(("SD", "SMP", "SLTA", "SMK")), f"DUSUN {chance.randrange(9)}",
            chance.randrange(1, 9),
            f"00{chance.randrange(1, 6)}", village, subdistrict, f"0810{chance.randrange(10**8):08d}",
            chance.choice(_COUNTRIES), chance.choice(_JOBS), chance.choice(_AGENCIES),
            f"C{chance.randrange(10**7):07d}", _day(chance, left), _day(chance, left + timedelta(days=730)),
            chance.choice(("PMI", "PURNA", "EKS", "AKTIF")), "",
        ]  # fmt: skip
        if number % 40 == 0:
            _spoil(chance, row)
        yield row


def _day(chance: random.Random, day: date) -> Any:
    kind = chance.randrange(10)
    if kind < 6:
        return day
    return f"{day:%d/%m/%Y}" if kind < 8 else f"{day:%d-%m-%y}" if kind < 9 else f"{day:%Y-%m-%d}"


def _spoil(chance: random.Random, row: list[Any]) -> None:
    at, value = chance.choice(
        (
            (1, ""),
            (1, "33250112"),
            (1, "3.32501E+15"),
            (2, ""),
            (3, "?"),
            (5, "31/02/1990"),
            (14, "LN"),
            (13, "08"),
        )
    )
    row[at] = value
