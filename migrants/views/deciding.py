"""Rows of a file: all of one kind with what is wrong in them, and the answer to the doubtful ones."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.keys import as_key
from accounts.paging import keyset_page
from accounts.roles import Permission
from migrants.access import access_import
from migrants.actions.imports import decide_rows, note_viewed
from migrants.enums import ImportStatus
from migrants.forms.imports import DecideForm
from migrants.intake.jobs import scope_of
from migrants.queries.imports import kind_named, kinds_of_rows, rows_of_kind, shown_row
from migrants.views.entering import answers_conflicts, status_of
from villages.access import visible_villages
from villages.doors import page


@page("GET", "POST", may=Permission.IMPORT_REGISTERS)
@answers_conflicts
def import_rows(request, seat, key):
    register = access_import(seat, key)
    kind = kind_named(kinds_of_rows(register), request.GET)
    if kind is None:
        raise Http404
    may_decide = kind.outcome == "review" and register.status == ImportStatus.CHECKED
    form = _form(request, seat, register, kind) if may_decide or request.method == "POST" else None
    if request.method == "POST" and form and form.is_valid():
        return _decide(request, seat, register, kind, form)
    rows = keyset_page(rows_of_kind(register, kind), order=("number",), cursor=request.GET.get("after", ""))
    note_viewed(by=seat, register=register)
    context = {
        "register": register,
        "kind": kind,
        "rows": rows,
        "shown": [shown_row(register, row) for row in rows],
        "form": form,
        "ticked": form.rows if form else [],
    }
    status = status_of(request, form) if form else 200
    return render(request, "migrants/import_rows.html", context, status=status)


def _form(request, seat, register, kind):
    ticked = [text for text in request.POST.getlist("row") if as_key(text)]
    villages = visible_villages(seat).order_by("name", "code") if kind.doubt.asks_village else []
    return DecideForm(
        request.POST if request.method == "POST" else None,
        kind=kind,
        scope=scope_of(register),
        rows=ticked,
        villages=villages,
    )


def _decide(request, seat, register, kind, form):
    rows = rows_of_kind(register, kind)
    if form.only_ticked:
        rows = rows.filter(pk__in=form.rows)
    decided, lacking = decide_rows(
        by=seat,
        register=register,
        rows=rows,
        decision=form.cleaned_data["decision"],
        village=form.goes_to,
        sex=form.told_sex,
    )
    if decided:
        said = ngettext("%(n)s row is decided.", "%(n)s rows are decided.", decided)
        messages.success(request, said % {"n": decided})
    if lacking:
        said = _("%(n)s rows are not complete. Open them again and say sex and village, or leave them out.")
        messages.warning(request, said % {"n": lacking})
    return redirect("migrants:import-detail", register.pk)
