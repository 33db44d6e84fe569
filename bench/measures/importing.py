"""Import a district's register of 100,000 rows, after its dry run."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import psycopg

from bench.database import EMPTY, drop, make_empty, url_of
from bench.measures.areas import watched
from bench.results import Line, at_most, left_out

COPY = "desmigratif_bench_import"
ROWS = 100_000
MOST_SECONDS = 60.0
VILLAGES = (
    ("Randu", "Pecalungan"),
    ("Bandung", "Pecalungan"),
    ("Wanar", "Tersono"),
    ("Kedungmalang", "Wonotunggal"),
    ("Gondang", "Subah"),
    ("Kemiri Barat", "Subah"),
)
_TIMES = """
    SELECT rows_imported, extract(epoch FROM checked_at - uploaded_at),
           extract(epoch FROM imported_at - started_at) FROM migrants_registerimport
"""


def importing() -> list[Line]:
    """Through the command, into a database of its own; the times of the two jobs are read from their row."""
    measure = f"import {ROWS:,} rows after the dry run"
    make_empty(COPY, template=EMPTY)
    environment = {**os.environ, "DATABASE_URL": url_of(COPY)}
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "register.xlsx"
            write_register(path, ROWS)
            environment["DESMIGRATIF_MEDIA_ROOT"] = folder
            watched(["load_known_villages"], environment)
            seconds, peak, status = watched(
                ["import_register", str(path), "--district", "33.25", "--kind", "persons"], environment
            )
        if status:
            return [left_out(measure, "import_register failed; what it said stands above")]
        with psycopg.connect(url_of(COPY)) as connection:
            imported, checked, took = connection.execute(_TIMES).fetchone()  # type: ignore[misc]
    finally:
        drop(COPY)
    if imported != ROWS:
        return [left_out(measure, f"only {imported:,} rows came in")]
    return [
        Line(
            f"dry run of {ROWS:,} rows as a job, rows stored",
            f"{checked:.1f} s",
            reached=f"{checked:.1f} s",
            goal=f"<= {MOST_SECONDS:g} s",
            verdict=at_most(float(checked), MOST_SECONDS),
            numbers={"seconds": float(checked)},
        ),
        Line(
            measure,
            f"{took:.1f} s",
            f"{seconds:.1f} s with upload and dry run",
            f"{took:.1f} s",
            f"<= {MOST_SECONDS:g} s",
            at_most(float(took), MOST_SECONDS),
            {"seconds": float(took), "whole": seconds, "peak_mb": peak},
        ),
    ]


def write_register(path: Path, rows: int) -> None:
    """A register of invented people of Batang, each with a NIK of their own, every row good."""
    from rustpy_xlsxwriter import write_worksheet

    write_worksheet([_row(n) for n in range(rows)], str(path))


def _row(n: int) -> dict[str, str]:
    day, month, year = 1 + n % 28, 1 + n // 28 % 12, 60 + n // 336 % 40
    serial, woman = 9001 + n // 13_440 % 900, n % 2
    village, subdistrict = VILLAGES[n % len(VILLAGES)]
    return {
        "No": str(n + 1),
        "NIK": f"332514{day + 40 * woman:02d}{month:02d}{year:02d}{serial:04d}",
        "Nama Lengkap": f"WARGA CONTOH {n}",
        "L/P": "P" if woman else "L",
        "Tgl Lahir": f"{day:02d}-{month:02d}-19{year}",
        "No HP": f"0810{n:08d}",
        "Desa": village,
        "Kecamatan": subdistrict,
        "Negara Tujuan": ("TAIWAN", "HONGKONG", "KORSEL", "MALAYSIA")[n % 4],
        "Jabatan": "PRT",
        "P3MI": "PT CONTOH",
        "Tgl Berangkat": f"{1 + n % 28:02d}-0{1 + n % 9}-2024",
        "Status PMI": "PMI",
    }
