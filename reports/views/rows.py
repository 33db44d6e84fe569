"""The records behind a figure: the list, and the same list as a file."""

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from accounts.roles import Permission
from reports.access import (
    access_indicator,
    access_place,
    may_list_rows,
    may_see_names,
    own_place,
    places_below,
)
from reports.exports import check_and_record_export, csv_lines, xlsx_bytes
from reports.figures import figure_table
from reports.forms import RowsForm
from reports.queries.frozen import frozen_as
from reports.queries.listing import columns_for, lines, listing, records
from villages.doors import page

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page("GET", may=Permission.SEE_FIGURES)
def rows(request, seat, code):
    cell = asked_cell(request, seat, code)
    opens = may_list_rows(seat, cell.indicator)
    context = {
        "cell": cell,
        "frozen": frozen_as(cell),
        "opens_names": may_see_names(seat, cell.indicator),
        "listing": listing(cell, seat=seat, cursor=request.GET.get("after", "")) if opens else None,
        "parts": [] if opens else parts_of(cell, seat),
        "query": request.GET.urlencode(),
    }
    return render(request, "reports/rows.html", context)


@page("GET", may=Permission.SEE_FIGURES)
def rows_csv(request, seat, code):
    header, values, name = asked_file(request, seat, code, "csv")
    response = StreamingHttpResponse(csv_lines(header, values), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@page("GET", may=Permission.SEE_FIGURES)
def rows_xlsx(request, seat, code):
    header, values, name = asked_file(request, seat, code, "xlsx")
    response = HttpResponse(xlsx_bytes(code, header, values), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def asked_cell(request, seat, code):
    """The cell the address names, or 404."""
    indicator = access_indicator(code)
    form = RowsForm(request.GET, indicator=indicator)
    if not form.is_valid():
        raise Http404
    place = access_place(seat, form.cleaned_data["place"] or own_place(seat).code)
    when = {"period": form.cleaned_data["period"], "day": form.cleaned_data["day"]}
    table = figure_table([form.figure.name], [place], seat=seat, **when)
    return table.cell(form.figure.name, place, form.cleaned_data["value"])


def parts_of(cell, seat):
    """The same figure one level down, for whoever sees numbers only."""
    places = places_below(seat, cell.place)
    if not places:
        return []
    table = figure_table([cell.figure.name], places, cell.period, seat=seat, day=cell.day)
    return table.column(cell.figure.name, cell.value)


def asked_file(request, seat, code, kind):
    """Header, rows and name of the file the address names; the export is on record."""
    cell = asked_cell(request, seat, code)
    rows_of_cell = records(cell, seat=seat)
    when = cell.period.slug + (f"-{cell.day:%Y-%m-%d}" if cell.day else "")
    what = f"{cell.figure.name} {when} {cell.value}".strip()
    check_and_record_export(by=seat, rows=rows_of_cell, what=what, place=cell.place.code, kind=kind)
    columns = columns_for(cell.indicator, seat)
    found = lines(rows_of_cell.iterator(chunk_size=1000), columns, cell.indicator, seat)
    values = ([value for _column, value in line.values] for line in found)
    name = "-".join(filter(None, [code, cell.place.code or "indonesia", when, cell.value]))
    return [column.label for column in columns], values, f"{name}.{kind}"
