"""One figure by two dimensions: the table, and the same table as a file."""

from django.http import Http404
from django.shortcuts import render

from accounts.roles import Permission
from reports.access import access_place, own_place, places_around
from reports.exports import check_and_record_export
from reports.forms.figures import PivotForm
from reports.queries.pivot import PIVOTED, pivot, pivot_rows
from reports.views.files import csv_answer, xlsx_answer
from reports.views.rows import about_cell
from villages.doors import page

FIRST_SHOWN = "departures"


@page("GET", may=Permission.SEE_FIGURES)
def pivot_page(request, seat):
    form, shown = asked_pivot(request, seat)
    context = {
        "form": form,
        "pivot": shown,
        "cell": shown.whole,
        "around": places_around(seat, shown.whole.place),
        "query": form.data.urlencode(),
    }
    return render(request, "reports/pivot.html", context)


@page("GET", may=Permission.SEE_FIGURES)
def pivot_csv(request, seat):
    return csv_answer(request, *asked_file(request, seat, "csv"))


@page("GET", may=Permission.SEE_FIGURES)
def pivot_xlsx(request, seat):
    name, header, values, about = asked_file(request, seat, "xlsx")
    return xlsx_answer(name, name.split("-")[0], header, values, about)


def asked_pivot(request, seat):
    """The form of the address and the table it asks for, or 404."""
    data = request.GET.copy()
    form = PivotForm(data, figures=[(code, entry.label) for code, entry in PIVOTED.items()])
    if not form.is_valid():
        raise Http404
    asked = form.cleaned_data
    place = access_place(seat, asked["place"] or own_place(seat).code)
    indicator = PIVOTED[asked["figure"] or FIRST_SHOWN]
    columns = asked["columns"] if "columns" in data else next((s.code for s in indicator.splits), "")
    made = pivot(indicator, asked["rows"], columns, place, asked["period"], seat=seat)
    shown = {"figure": indicator.code, "rows": made.rows, "columns": made.columns}
    for name, value in {**shown, "place": place.code, "period": asked["period"].slug}.items():
        data[name] = value
    form.offer(made.axes)
    return form, made


def asked_file(request, seat, kind):
    """Name, header and rows of the file, and what it holds; the export is on record."""
    _form, made = asked_pivot(request, seat)
    whole = made.whole
    what = f"{whole.indicator.code} {made.rows} x {made.columns} {whole.period.slug}"
    check_and_record_export(by=seat, rows=None, what=what, place=whole.place.code, kind=kind)
    header, values = pivot_rows(made)
    name = "-".join([whole.indicator.code, whole.place.code or "indonesia", whole.period.slug])
    return name, header, values, about_cell(whole, seat)
