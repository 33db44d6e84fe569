"""The records behind a figure: the list, and the same list as a file."""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.roles import Permission
from reports.access import (
    access_indicator,
    access_place,
    may_list_rows,
    may_see_names,
    own_place,
    places_below,
)
from reports.exports import About, check_and_record_export
from reports.figures import figure_table
from reports.forms.figures import RowsForm
from reports.queries.frozen import frozen_as
from reports.queries.listing import listing, whole_list
from reports.views.files import csv_answer, xlsx_answer
from villages.doors import page


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
    return csv_answer(request, *asked_file(request, seat, code, "csv"))


@page("GET", may=Permission.SEE_FIGURES)
def rows_xlsx(request, seat, code):
    name, header, values, about = asked_file(request, seat, code, "xlsx")
    return xlsx_answer(name, code, header, values, about)


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
    """Name, header and rows of the file the address names, and what it holds; the export is on record."""
    cell = asked_cell(request, seat, code)
    whole = whole_list(cell, seat=seat)
    when = cell.period.slug + (f"-{cell.day:%Y-%m-%d}" if cell.day else "")
    what = f"{cell.figure.name} {when} {cell.value}".strip()
    check_and_record_export(by=seat, rows=whole, what=what, place=cell.place.code, kind=kind)
    name = "-".join(filter(None, [code, cell.place.code or "indonesia", when, cell.value]))
    return name, whole.header, whole, about_cell(cell, seat)


def about_cell(cell, seat):
    """What a file about a figure holds: what was chosen, what it counts and what it leaves out."""
    filters = [
        (_("Figure"), cell.indicator.label),
        (_("Place"), cell.place),
        (_("Period"), cell.period.label),
    ]
    if cell.day:
        filters.append((_("As of"), cell.day))
    if cell.figure.split:
        filters.append((cell.figure.split.label, cell.label))
    entry = cell.indicator
    meanings = [
        (_("One row"), entry.grain),
        (_("Counts"), entry.counts),
        (_("Leaves out"), entry.leaves_out),
        (_("No row"), entry.empty_means),
        (_("Day that decides"), entry.date_field),
    ]
    return About(entry.label, seat, filters, meanings)
