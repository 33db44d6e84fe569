"""Answers that are files: rows as CSV or XLSX, each with what it holds."""

import os
from tempfile import NamedTemporaryFile
from urllib.parse import urlencode

from django.http import FileResponse, HttpResponse, StreamingHttpResponse

from reports.exports import csv_file, csv_lines, write_xlsx
from reports.queries.whole import WholeList

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
AT_ONCE = 1_000_000  # bytes


def csv_answer(request, name, header, rows, about):
    """The rows as CSV, which links to what it holds; with `about=1` in the address that, as a file too."""
    if request.GET.get("about"):
        number = rows.number if isinstance(rows, WholeList) else sum(1 for _row in rows)
        lines = csv_lines(about.header, about.lines(number))
        return _attached(
            StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8"), f"{name}-about.csv"
        )
    answer = StreamingHttpResponse(csv_file(header, rows), content_type="text/csv; charset=utf-8")
    query = urlencode(
        [*((key, value) for key, value in request.GET.items() if key != "about"), ("about", "1")]
    )
    answer["Link"] = f'<{request.path}?{query}>; rel="describedby"; type="text/csv"'
    return _attached(answer, f"{name}.csv")


def xlsx_answer(name, sheet, header, rows, about):
    """The rows as XLSX with a second sheet that says what they are. A large one is never whole in memory."""
    file = NamedTemporaryFile(suffix=".xlsx")  # noqa: SIM115 - FileResponse closes it
    write_xlsx(file.name, str(sheet), header, rows, about)
    if os.stat(file.fileno()).st_size > AT_ONCE:
        return _attached(FileResponse(file, content_type=XLSX), f"{name}.xlsx")
    with file:
        return _attached(HttpResponse(file.read(), content_type=XLSX), f"{name}.xlsx")


def _attached(answer, name):
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
