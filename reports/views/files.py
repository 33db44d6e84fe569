"""Answers that are files: rows as CSV or XLSX, each with what it holds.

A file is made before its first byte is sent. A slow reader then keeps no question and no snapshot open, a
list that breaks off is an error page, and whoever gets less than was made sees it by the length.
"""

import os
from io import BytesIO
from tempfile import NamedTemporaryFile, TemporaryFile
from urllib.parse import urlencode

from django.http import FileResponse, HttpResponse, StreamingHttpResponse

from accounts.middleware import CompressMiddleware
from reports.exports import csv_file, csv_lines, write_xlsx
from reports.queries.whole import WholeList

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
AT_ONCE = 1_000_000  # bytes that may be laid up in memory


def csv_answer(request, name, header, rows, about):
    """The rows as CSV, which links to what it holds; with `about=1` in the address that, as a file too."""
    if request.GET.get("about"):
        number = rows.number if isinstance(rows, WholeList) else sum(1 for _row in rows)
        return _made(request, csv_lines(about.header, about.lines(number)), f"{name}-about.csv")
    answer = _made(request, csv_file(header, rows), f"{name}.csv")
    query = urlencode(
        [*((key, value) for key, value in request.GET.items() if key != "about"), ("about", "1")]
    )
    answer["Link"] = f'<{request.path}?{query}>; rel="describedby"; type="text/csv"'
    return answer


def _made(request, pieces, name):
    """The CSV, packed for whoever reads that: a million rows are 8 MB then instead of 120."""
    streamed = StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8")
    packed = CompressMiddleware(lambda _request: streamed).process_response(request, streamed)
    file = TemporaryFile()  # noqa: SIM115 - FileResponse closes it
    file.writelines(packed)
    small = file.tell() < AT_ONCE
    file.seek(0)
    answer = FileResponse(_laid_up(file) if small else file)
    for header, value in packed.items():
        answer[header] = value
    return _attached(answer, name)


def _laid_up(file):
    with file:
        return BytesIO(file.read())


def xlsx_answer(name, sheet, header, rows, about):
    """The rows as XLSX with a last sheet that says what they are. A large one is never whole in memory."""
    file = NamedTemporaryFile(suffix=".xlsx")  # noqa: SIM115 - FileResponse closes it
    write_xlsx(file.name, str(sheet), header, rows, about)
    if os.stat(file.fileno()).st_size > AT_ONCE:
        return _attached(FileResponse(file, content_type=XLSX), f"{name}.xlsx")
    with file:
        return _attached(HttpResponse(file.read(), content_type=XLSX), f"{name}.xlsx")


def _attached(answer, name):
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
