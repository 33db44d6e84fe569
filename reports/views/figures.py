"""Angka: every figure of a place, one of them compared between the places below; and what they mean."""

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.roles import Permission
from reports.access import access_place, may_list_rows, own_place, places_around, places_below
from reports.exports import check_and_record_export, csv_lines, xlsx_bytes
from reports.figures import figure_table
from reports.forms import FiguresForm
from reports.indicators import CATALOGUE, GROUPS
from reports.queries.overview import compared, figure_rows
from reports.views.rows import XLSX
from villages.doors import page


@page("GET", may=Permission.SEE_FIGURES)
def figures(request, seat):
    form, place = asked_place(request, seat)
    below = places_below(seat, place)
    period = form.cleaned_data["period"]
    table = figure_table(CATALOGUE, [place], period, seat=seat)
    context = {
        "form": form,
        "place": place,
        "around": places_around(seat, place),
        "table": table,
        "groups": [(heading, [table.cell(entry.code) for entry in entries]) for heading, entries in GROUPS],
        "comparison": compared(form.cleaned_data["figure"] or "visits", place, below, period, seat=seat),
        "query": request.GET.urlencode(),
    }
    return render(request, "reports/figures.html", context)


@page("GET", may=Permission.SEE_FIGURES)
def definitions(request, seat):
    opens = [code for code, indicator in CATALOGUE.items() if may_list_rows(seat, indicator)]
    return render(request, "reports/definitions.html", {"groups": GROUPS, "opens": opens})


@page("GET", may=Permission.SEE_FIGURES)
def figures_csv(request, seat):
    header, values, name = asked_table(request, seat, "csv")
    response = StreamingHttpResponse(csv_lines(header, values), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@page("GET", may=Permission.SEE_FIGURES)
def figures_xlsx(request, seat):
    header, values, name = asked_table(request, seat, "xlsx")
    response = HttpResponse(xlsx_bytes(_("Figures"), header, values), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def asked_place(request, seat):
    """The form of the address and the place it names, or 404."""
    data = request.GET.copy()
    form = FiguresForm(data, figures=[(code, entry.label) for code, entry in CATALOGUE.items()])
    if not form.is_valid():
        raise Http404
    data.setdefault("period", form.cleaned_data["period"].slug)
    data.setdefault("figure", "visits")
    return form, access_place(seat, form.cleaned_data["place"] or own_place(seat).code)


def asked_table(request, seat, kind):
    """Header, rows and name of the table of figures; the export is on record."""
    form, place = asked_place(request, seat)
    period = form.cleaned_data["period"]
    places = [place, *places_below(seat, place)]
    check_and_record_export(by=seat, rows=None, what=f"figures {period.slug}", place=place.code, kind=kind)
    header, values = figure_rows(figure_table(CATALOGUE, places, period, seat=seat))
    return header, values, f"figures-{place.code or 'indonesia'}-{period.slug}.{kind}"
