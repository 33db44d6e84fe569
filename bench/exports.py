"""Write the list behind a figure one way, in a process of its own: `python -m bench.exports WAY ROWS URL`.

The list is that of services logged, as whoever sees no names gets it: the product's own rows, order, columns
and writers. Withdrawn visits are left in, so that it is as long as it is asked for.
"""

from __future__ import annotations

import json
import os
import sys
import time
from tempfile import NamedTemporaryFile, TemporaryFile
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from reports.queries.whole import WholeList

# What each of the eight columns is made of, as it is kept.
KEPT = (
    *("visited_on", "village_id", "village__name", "district__name"),
    *("person__sex", "topic", "channel", "outcome"),
)


def visits(rows: int) -> QuerySet[Any]:
    """So many visits in the order of the list."""
    from migrants.models import ServiceVisit
    from reports.indicators import CATALOGUE

    return ServiceVisit.objects.order_by(*CATALOGUE["visits"].order)[:rows]


def whole(rows: int) -> WholeList:
    """The list that the site sends as a file."""
    from reports.indicators import CATALOGUE
    from reports.queries.whole import WholeList

    return WholeList(visits(rows), [column for column in CATALOGUE["visits"].columns if not column.named])


def ours_xlsx(rows: int) -> None:
    from reports.exports import write_xlsx

    listed = whole(rows)
    with NamedTemporaryFile(suffix=".xlsx") as file:
        write_xlsx(file.name, "Data", listed.header, listed)


def openpyxl_xlsx(rows: int) -> None:
    from openpyxl import Workbook

    listed = whole(rows)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Data")
    sheet.append([str(title) for title in listed.header])
    for row in listed.cells():
        sheet.append(row)
    with TemporaryFile() as file:
        book.save(file)


def ours_csv(rows: int) -> None:
    from reports.exports import csv_file

    listed = whole(rows)
    with TemporaryFile() as file:
        for piece in csv_file(listed.header, listed):
            file.write(piece.encode() if isinstance(piece, str) else piece)


def copy_csv(rows: int) -> None:
    """The same rows in the same order with as many columns, as PostgreSQL writes them on its own."""
    from django.db import connection
    from psycopg import ClientCursor

    text, values = visits(rows).values_list(*KEPT).query.sql_with_params()
    with connection.cursor() as cursor, TemporaryFile() as file:
        asked = ClientCursor(connection.connection).mogrify(text, values)  # type: ignore[arg-type]
        with cursor.copy(f"COPY ({asked}) TO STDOUT (FORMAT csv, HEADER)") as copy:
            for piece in copy:
                file.write(piece)


WAYS = {"xlsx": ours_xlsx, "openpyxl": openpyxl_xlsx, "csv": ours_csv, "copy": copy_csv}


def main(way: str, rows: str, url: str) -> None:
    """Write the file and print how long it took and the most memory it needed."""
    os.environ["DATABASE_URL"] = url
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "desmigratif.settings")
    import django
    from django.db import connection

    from reports.press import peak_kilobytes

    django.setup()
    connection.ensure_connection()
    began = time.monotonic()
    WAYS[way](int(rows))
    seconds = time.monotonic() - began
    sys.stdout.write(json.dumps({"seconds": seconds, "megabytes": peak_kilobytes() // 1024}))


if __name__ == "__main__":
    main(*sys.argv[1:])
