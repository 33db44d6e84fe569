"""What an office writes about a year, before its report is made: causes and next steps."""

from django.shortcuts import redirect, render

from accounts.entry import bind
from accounts.paging import keyset_page
from accounts.roles import Level, Permission
from migrants.versions import ChangedMeanwhile
from migrants.views.entering import answers_conflicts, status_of
from reports.access import access_words, districts_with_words
from reports.actions.words import write_words
from reports.forms.words import WordsForm, YearForm
from villages.doors import page


@page("GET", may=Permission.REQUEST_REPORTS)
def words_list(request, seat):
    form = YearForm(request.GET)
    year = form.asked
    national = seat.level == Level.NATION
    rows = districts_with_words(seat, year)
    context = {
        "form": YearForm({"year": year}),
        "year": year,
        "nation": access_words(seat, year, "") if national else None,
        "shown": keyset_page(rows, order=("name", "code"), cursor=request.GET.get("after", "")),
    }
    return render(request, "reports/words_list.html", context)


@page("GET", "POST", may=Permission.REQUEST_REPORTS)
@answers_conflicts
def words_edit(request, seat, year, code=""):
    row = access_words(seat, year, code)
    form = bind(request, WordsForm, national=not code, initial=WordsForm.initial_of(row))
    context = {"form": form, "row": row, "edits": bool(code) and seat.level == Level.NATION}
    if request.method == "POST" and form.is_valid():
        try:
            version, words = form.cleaned_data["version"], form.words
            write_words(by=seat, year=year, district=row.district, version=version, words=words)
        except ChangedMeanwhile as changed:
            typed = request.POST.copy()
            typed["version"] = changed.now.version
            context |= {
                "form": WordsForm(typed, national=not code),
                "row": changed.now,
                "differences": form.differences(changed.now),
            }
            return render(request, "reports/words_edit.html", context, status=409)
        return redirect("reports:words-list")
    return render(request, "reports/words_edit.html", context, status=status_of(request, form))
