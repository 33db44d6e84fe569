"""A district's register of 100,000 invented people, as untidy as real ones, written once for the bench."""

from __future__ import annotations

import json
import random
import resource
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter

ROWS = 100_000
TODAY = date(2026, 11, 22)
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


def write_register(path: Path, rows: int = ROWS) -> dict[str, int]:
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
    return {"rows": rows}


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


# --- three ways to read it, each in a process of its own ---------------------------------------------------


class Places:
    """The invented villages of the register."""

    default = ""

    def find(self, words: Any) -> Any:
        from migrants.registers.places import PlaceAnswer, PlaceFound

        if (words.village, words.subdistrict) in VILLAGES:
            return PlaceFound(PlaceAnswer.FOUND, "33.25.06.2008")
        return PlaceFound(PlaceAnswer.NOTHING)


def ours(path: Path) -> dict[str, int]:
    """The product's reading, batch by batch."""
    from migrants.registers.kinds import RegisterKind
    from migrants.registers.plans import Plan
    from migrants.registers.reading import RegisterReading
    from villages.tables import DISTRICT

    plan = Plan(RegisterKind.PERSONS)
    reading = RegisterReading(path, plan=plan, places=Places(), today=TODAY, limits=DISTRICT)
    for _batch in reading.batches():
        pass
    return {outcome.value: count for outcome, count in reading.counts.items()}


def calamine(path: Path) -> dict[str, int]:
    """Only the cells."""
    from python_calamine import CalamineWorkbook

    return {"rows": len(CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python())}


def openpyxl(path: Path) -> dict[str, int]:
    """Row by row with openpyxl, each row through the product's own checks: what one would write first."""
    from openpyxl import load_workbook

    from migrants.registers.headings import find_heading
    from migrants.registers.kinds import RegisterKind
    from migrants.registers.people import PeopleReader
    from migrants.registers.places import PlaceWords
    from migrants.registers.rows import Sheet

    sheet = load_workbook(path, read_only=True, data_only=True).worksheets[0]
    rows = (["" if cell is None else cell for cell in row] for row in sheet.iter_rows(values_only=True))
    top = [next(rows) for _row in range(3)]
    heading = find_heading(top, [], RegisterKind.PERSONS)
    assert heading is not None
    columns = {column: at for at, (column, _sure) in enumerate(heading.columns)}
    reader = PeopleReader(RegisterKind.PERSONS, Places(), TODAY)
    about = Sheet(0, "DATA PMI", heading, columns, {})
    counts: dict[str, int] = {}
    for number, row in enumerate(rows, 4):
        (assessed,) = reader.assess(about, [number], [row], [PlaceWords()])
        counts[assessed.outcome.value] = counts.get(assessed.outcome.value, 0) + 1
    return counts


def main(way: str, path: Path) -> None:
    """Run one way and tell seconds, memory and counts as JSON."""
    import django

    django.setup()
    began = time.monotonic()
    ways = {"ours": ours, "calamine": calamine, "openpyxl": openpyxl, "write": write_register}
    counts = ways[way](path)
    seconds = time.monotonic() - began
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"seconds": seconds, "megabytes": megabytes, "counts": counts}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
