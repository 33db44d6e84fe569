"""The code beside a printed number: the frozen records behind it, and a form to type it into."""

from django.http import Http404
from django.shortcuts import redirect, render

from accounts.guesses import count_guess, may_guess
from accounts.roles import Permission
from reports.access import access_frozen
from reports.forms.checking import CodeForm
from reports.freezing.keys import OVER
from reports.queries.frozen import open_figure
from villages.doors import page

GUESSES = "reports.code"
MOST_GUESSES = 20


@page("GET", may=Permission.SEE_FIGURES)
def code_asked(request, _seat):
    form = CodeForm(request.GET or None)
    if form.is_bound and form.is_valid():
        return redirect("reports:frozen-figure", form.cleaned_data["code"])
    status = 422 if form.is_bound else 200
    return render(request, "reports/code_asked.html", {"form": form}, status=status)


@page("GET", may=Permission.SEE_FIGURES)
def frozen_figure(request, seat, code):
    if not may_guess(GUESSES, str(seat.pk), most=MOST_GUESSES):
        return render(request, "reports/guesses_used_up.html", status=429)
    try:
        figure = access_frozen(seat, code)
    except Http404:
        count_guess(GUESSES, str(seat.pk))
        raise
    part = OVER if request.GET.get("part") == OVER else ""
    opened = open_figure(figure, seat=seat, part=part, after=request.GET.get("after", ""))
    if opened is None:
        raise Http404
    context = {"opened": opened, "figure": figure, "edition": figure.edition, "part": part}
    return render(request, "reports/frozen_figure.html", context)
