"""Answers that are files: rows as CSV or XLSX, each with what it holds."""

from io import BytesIO
from urllib.parse import urlencode

from django.http import HttpResponse, StreamingHttpResponse

from reports.exports import csv_lines, write_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def csv_answer(request, name, header, rows, about):
    """The rows as CSV, which links to what it holds; with `about=1` in the address that, as a file too."""
    if request.GET.get("about"):
        lines = csv_lines(about.header, about.lines(sum(1 for _row in rows)))
        return _attached(
            StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8"), f"{name}-about.csv"
        )
    answer = StreamingHttpResponse(csv_lines(header, rows), content_type="text/csv; charset=utf-8")
    query = urlencode(
        [*((key, value) for key, value in request.GET.items() if key != "about"), ("about", "1")]
    )
    answer["Link"] = f'<{request.path}?{query}>; rel="describedby"; type="text/csv"'
    return _attached(answer, f"{name}.csv")


def xlsx_answer(name, sheet, header, rows, about):
    """The rows as XLSX with a second sheet that says what they are."""
    file = BytesIO()
    write_xlsx(file, str(sheet), header, rows, about)
    return _attached(HttpResponse(file.getvalue(), content_type=XLSX), f"{name}.xlsx")


def _attached(answer, name):
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
