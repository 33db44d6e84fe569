"""Angka: every figure of a place, one of them compared between the places below; and what they mean."""

from django.http import Http404
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.roles import Permission
from reports.access import access_place, may_list_rows, own_place, places_around, places_below
from reports.exports import About, check_and_record_export
from reports.figures import figure_table
from reports.forms.figures import FIRST_FIGURE, DefinitionsForm, FiguresForm
from reports.indicators import CATALOGUE, GROUPS
from reports.queries.comparison import comparison
from reports.queries.definitions import definitions_with
from reports.queries.overview import broken_down, figure_rows
from reports.views.files import csv_answer, xlsx_answer
from villages.doors import page


@page("GET", may=Permission.SEE_FIGURES)
def figures(request, seat):
    form, place = asked_place(request, seat)
    below = places_below(seat, place)
    when = {"period": form.cleaned_data["period"], "day": form.cleaned_data.get("day")}
    table = figure_table(CATALOGUE, [place], seat=seat, **when)
    context = {
        "form": form,
        "place": place,
        "around": places_around(seat, place),
        "table": table,
        "groups": [(heading, [table.cell(entry.code) for entry in entries]) for heading, entries in GROUPS],
        "comparison": comparison(form.cleaned_data["figure"], place, below, seat=seat, **when),
        "breakdown": broken_down(form.part, place, seat=seat, **when) if form.part else None,
        "query": request.GET.urlencode(),
        "past": as_it_stood(when["day"]),
        "back_to": f"&day={when['day']:%Y-%m-%d}" if when["day"] else "",
    }
    return render(request, "reports/figures.html", context, status=422 if form.errors else 200)


@page("GET", may=Permission.SEE_FIGURES)
def definitions(request, seat):
    form = DefinitionsForm(request.GET)
    if not form.is_valid():
        raise Http404
    opens = [code for code, indicator in CATALOGUE.items() if may_list_rows(seat, indicator)]
    groups = definitions_with(form.cleaned_data["q"])
    return render(request, "reports/definitions.html", {"form": form, "groups": groups, "opens": opens})


@page("GET", may=Permission.SEE_FIGURES)
def figures_csv(request, seat):
    return csv_answer(request, *asked_table(request, seat, "csv"))


@page("GET", may=Permission.SEE_FIGURES)
def figures_xlsx(request, seat):
    name, header, values, about = asked_table(request, seat, "xlsx")
    return xlsx_answer(name, _("Figures"), header, values, about)


def asked_place(request, seat):
    """The form of the address and the place it names, or 404. A day that is none is left out; the form says
    so."""
    data = request.GET.copy()
    drop_split_of_another_figure(data)
    form = FiguresForm(data)
    if set(form.errors) - {"day"}:
        raise Http404
    data.setdefault("period", form.cleaned_data["period"].slug)
    data.setdefault("figure", form.cleaned_data["figure"])
    if day := form.cleaned_data.get("day"):
        data["day"] = f"{day:%d-%m-%Y}"
    return form, access_place(seat, form.cleaned_data["place"] or own_place(seat).code)


def as_it_stood(day):
    """What the page says about a past day; "" for today."""
    told = _("As it stood at the end of %(day)s, by the dates of the records as they are written today.")
    return told % {"day": date_format(day, "j F Y")} if day else ""


def drop_split_of_another_figure(data):
    """Who chooses another figure in the form still sends the dimension of the one before."""
    figure = CATALOGUE.get(data.get("figure", FIRST_FIGURE))
    every = {split.code for entry in CATALOGUE.values() for split in entry.splits}
    own = {split.code for split in figure.splits} if figure else every
    if data.get("split") in every - own:
        data["split"] = ""


def asked_table(request, seat, kind):
    """Name, header and rows of the table of figures, and what it holds; the export is on record."""
    form, place = asked_place(request, seat)
    if form.errors:
        raise Http404
    period, day = form.cleaned_data["period"], form.cleaned_data["day"]
    places = [place, *places_below(seat, place)]
    when = period.slug + (f"-{day:%Y-%m-%d}" if day else "")
    check_and_record_export(by=seat, rows=None, what=f"figures {when}", place=place.code, kind=kind)
    header, values = figure_rows(figure_table(CATALOGUE, places, period, seat=seat, day=day))
    filters = [(_("Place"), place), (_("Period"), period.label), *([(_("As of"), day)] if day else [])]
    about = About(_("Figures"), seat, filters, [(entry.label, entry.counts) for entry in CATALOGUE.values()])
    return f"figures-{place.code or 'indonesia'}-{when}", header, values, about
