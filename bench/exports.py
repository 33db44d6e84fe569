"""Write a file of a million rows one way, in a process of its own: `python -m bench.exports WAY ROWS URL`."""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from tempfile import TemporaryFile
from typing import Any

import psycopg

HEADER = [f"kolom {number}" for number in range(1, 13)]
VISITS = """
    SELECT visited_on, village_id, district_id, province_id, topic, channel, outcome, minutes, visitor_sex,
           id::text, logged_at::date, person_id::text
    FROM migrants_servicevisit LIMIT %s
"""


def invented(rows: int) -> Iterator[list[Any]]:
    """Rows as a list behind a figure has them: days, codes, words, numbers and nothing."""
    first = date(2016, 12, 1)
    for number in range(rows):
        day = first + timedelta(days=number % 3650)
        village = f"33.25.14.{2001 + number % 20}"
        yield [
            *(day, "Desa Randu", village, "Kabupaten Batang", "33.25", "Jawa Tengah", "33"),
            ("Informasi", "Dokumen", "Pengaduan")[number % 3],
            ("Datang sendiri", "WhatsApp")[number % 2],
            number % 90,
            None,
            f"catatan {number}",
        ]


def ours_xlsx(rows: int, _url: str) -> None:
    from reports.exports import write_xlsx

    with TemporaryFile() as file:
        write_xlsx(file, "Data", HEADER, invented(rows))


def openpyxl_xlsx(rows: int, _url: str) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Data")
    sheet.append(HEADER)
    for row in invented(rows):
        sheet.append([f"{cell:%d-%m-%Y}" if isinstance(cell, date) else cell for cell in row])
    with TemporaryFile() as file:
        book.save(file)


def ours_csv(rows: int, url: str) -> None:
    from reports.exports import csv_lines

    with psycopg.connect(url) as own, own.cursor(name="visits") as cursor, TemporaryFile("w") as file:
        cursor.itersize = 1000
        cursor.execute(VISITS, [rows])
        file.writelines(csv_lines(HEADER, cursor))


def copy_csv(rows: int, url: str) -> None:
    with psycopg.connect(url) as own, own.cursor() as cursor, TemporaryFile() as file:
        text = psycopg.ClientCursor(own).mogrify(VISITS, [rows])
        with cursor.copy(f"COPY ({text}) TO STDOUT (FORMAT csv, HEADER)") as copy:  # type: ignore[arg-type]
            for piece in copy:
                file.write(piece)


WAYS = {"xlsx": ours_xlsx, "openpyxl": openpyxl_xlsx, "csv": ours_csv, "copy": copy_csv}


def main(way: str, rows: str, url: str = "") -> None:
    """Write the file and print how long it took and the most memory it needed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "desmigratif.settings")
    import django

    django.setup()
    began = time.monotonic()
    WAYS[way](int(rows), url)
    seconds = time.monotonic() - began
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stdout.write(json.dumps({"seconds": seconds, "megabytes": megabytes}))


if __name__ == "__main__":
    main(*sys.argv[1:])
