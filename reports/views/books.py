"""The books of a body as files for an accountant: which period, then journal, ledger and trial balance."""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.roles import Permission
from cooperatives.access import access_books
from cooperatives.actions.reading import note_books_read
from reports.exports import About, check_and_record_export
from reports.forms.files import BooksFileForm
from reports.queries.books import BOOK_FILES, lines_in
from reports.views.files import csv_answer, xlsx_answer
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
    return csv_answer(request, *asked_book(request, seat, key, what, "csv"))


@page("GET", may=Permission.SEE_BOOKS)
def books_xlsx(request, seat, key, what):
    name, header, rows, about = asked_book(request, seat, key, what, "xlsx")
    return xlsx_answer(name, about.title, header, rows, about)


def asked_book(request, seat, key, what, kind):
    """Name, header and rows of the file, and what it holds; the export is on record, and so is who read the
    members' accounts."""
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
    filters = [(_("Finance body"), body.name), (_("Period"), period.label)]
    about = About(file.title, seat, filters, [(_("One row"), file.hint), (_("Sums"), _("Whole rupiah."))])
    return f"{what}-{period.slug}", file.header, list(file.rows(body, period)), about
