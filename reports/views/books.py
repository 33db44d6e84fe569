"""The books of a body as files for an accountant: which period, then journal, ledger and trial balance."""

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from accounts.roles import Permission
from cooperatives.access import access_books
from cooperatives.actions.reading import note_books_read
from reports.exports import check_and_record_export, csv_lines, xlsx_bytes
from reports.forms import BooksFileForm
from reports.queries.books import BOOK_FILES, lines_in
from reports.views.rows import XLSX
from villages.doors import page


@page("GET", may=Permission.SEE_BOOKS)
def books_files(request, seat, key):
    body = access_books(seat, key)
    form = BooksFileForm(request.GET or {"period": BooksFileForm.newest()}, body=body)
    context = {
        "body": body,
        "form": form,
        "period": form.cleaned_data["period"] if form.is_valid() else None,
        "files": BOOK_FILES,
    }
    return render(request, "reports/books_files.html", context, status=422 if form.errors else 200)


@page("GET", may=Permission.SEE_BOOKS)
def books_csv(request, seat, key, what):
    file, rows, name = asked_book(request, seat, key, what, "csv")
    response = StreamingHttpResponse(csv_lines(file.header, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@page("GET", may=Permission.SEE_BOOKS)
def books_xlsx(request, seat, key, what):
    file, rows, name = asked_book(request, seat, key, what, "xlsx")
    response = HttpResponse(xlsx_bytes(str(file.title), file.header, rows), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def asked_book(request, seat, key, what, kind):
    """The file, its rows and its name; the export is on record, and so is who read the members' accounts."""
    body = access_books(seat, key)
    form = BooksFileForm(request.GET or {"period": BooksFileForm.newest()}, body=body)
    file = BOOK_FILES.get(what)
    if file is None or not form.is_valid():
        raise Http404
    period = form.cleaned_data["period"]
    lines = lines_in(body, period) if file.names else None
    label = f"{body.name}: {what} {period.slug}"
    check_and_record_export(by=seat, rows=lines, what=label, place=body.village_id, kind=kind)
    if file.names:
        note_books_read(by=seat, body=body)
    return file, list(file.rows(body, period)), f"{what}-{period.slug}.{kind}"
