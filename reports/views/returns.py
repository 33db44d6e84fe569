"""Monthly returns: the village's list, one return, what is written into it, and its steps to the district."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.entry import bind, form_page
from accounts.paging import keyset_page
from accounts.roles import Level, Permission
from migrants.case_states import IllegalStep
from migrants.versions import ChangedMeanwhile
from migrants.views.entering import answers_conflicts, refused_page, status_of
from periods.month import Month, PeriodRefused
from reports.actions.returns import (
    accept_return,
    check_return,
    log_call,
    open_return,
    send_back_return,
    submit_return,
    write_return,
)
from reports.forms.returns import (
    CallForm,
    CheckReturnForm,
    ReturnFilterForm,
    ReturnWordsForm,
    SendBackForm,
    StepForm,
)
from reports.queries.returns import (
    calls_of,
    line_of,
    months_to_begin,
    return_page,
    returns_in_list,
    sent_back_of,
    village_line,
    villages_of_month,
)
from reports.return_forms import form_of
from reports.return_states import LINKS, Way
from reports.rules import check_can_log_call, check_makes_step
from villages.access import access_return, access_village
from villages.doors import page
from villages.enums import ReturnStatus


@page("GET", may=Permission.SEE_RETURNS)
def return_list(request, seat):
    """The village's months; for the district its villages of a month, those that never report too."""
    if seat.level == Level.DISTRICT:
        return villages_list(request, seat)
    today, cursor = timezone.localdate(), request.GET.get("after", "")
    shown = keyset_page(returns_in_list(seat), order=("-month", "-id"), cursor=cursor)
    context = {
        "shown": shown,
        "lines": [line_of(row, today) for row in shown.rows],
        "to_begin": months_to_begin(seat, today),
    }
    return render(request, "reports/return_list.html", context)


def villages_list(request, seat):
    form = ReturnFilterForm(request.GET)
    if not form.is_valid():
        raise Http404
    month, today = form.cleaned_data["month"], timezone.localdate()
    rows = villages_of_month(seat, month, state=form.cleaned_data["state"])
    shown = keyset_page(rows, order=("village__name", "pk"), cursor=request.GET.get("after", ""))
    asked = request.GET.copy()
    asked["month"] = month.slug
    context = {
        "form": ReturnFilterForm(asked),
        "month": month,
        "shown": shown,
        "lines": [village_line(row, month, today) for row in shown.rows],
    }
    return render(request, "reports/return_villages.html", context)


@page("POST", may=Permission.SEE_RETURNS)
def return_begin(request, seat):
    try:
        month = Month.from_text(request.POST.get("month", ""))
    except PeriodRefused:
        raise Http404 from None
    return redirect("reports:return-detail", open_return(by=seat, village=seat.village, month=month).pk)


@page("GET", may=Permission.SEE_RETURNS)
def return_detail(request, seat, key):
    shown = return_page(access_return(seat, key), seat=seat, today=timezone.localdate())
    back = sent_back_of(shown.row)
    context = {"shown": shown, "row": shown.row, "step": StepForm(), "sent_back": back}
    return render(request, "reports/return_detail.html", context)


@page("GET", may=Permission.SEE_RETURNS)
def return_sheet(request, seat, key):
    """The return on paper, to be signed."""
    shown = return_page(access_return(seat, key), seat=seat, today=timezone.localdate())
    return render(request, "reports/paper_return.html", {"shown": shown, "row": shown.row})


@page("GET", "POST", may=Permission.SEE_RETURNS)
@answers_conflicts
def return_edit(request, seat, key):
    row = access_return(seat, key)
    month_form = form_of(row.period)
    check_makes_step(seat, row, month_form.link("submit"))
    if request.method != "POST" and not row.is_open:
        return redirect("reports:return-detail", row.pk)
    form = bind(request, ReturnWordsForm, form_of_month=month_form, initial=ReturnWordsForm.initial_of(row))
    context = {"form": form, "row": row, "sent_back": sent_back_of(row)}
    if request.method == "POST" and form.is_valid():
        try:
            write_return(by=seat, row=row, version=form.cleaned_data["version"], words=form.words)
        except ChangedMeanwhile as changed:
            typed = request.POST.copy()
            typed["version"] = changed.now.version
            context |= {
                "form": ReturnWordsForm(typed, form_of_month=month_form),
                "differences": form.differences(changed.now),
            }
            return render(request, "reports/return_edit.html", context, status=409)
        return redirect("reports:return-detail", row.pk)
    return render(request, "reports/return_edit.html", context, status=status_of(request, form))


@page("POST", may=Permission.SEE_RETURNS)
def return_submit(request, seat, key):
    return stepped(request, seat, key, submit_return)


@page("POST", may=Permission.SEE_RETURNS)
def return_accept(request, seat, key):
    return stepped(request, seat, key, accept_return)


@page("GET", "POST", may=Permission.SEE_RETURNS)
@answers_conflicts
def return_send_back(request, seat, key):
    return with_note(request, seat, key, SendBackForm, send_back_return, Way.SEND_BACK)


@page("GET", "POST", may=Permission.SEE_RETURNS)
@answers_conflicts
def return_check(request, seat, key):
    return with_note(request, seat, key, CheckReturnForm, check_return, Way.CHECK)


def stepped(request, seat, key, step):
    """A step of one press."""
    row, form = access_return(seat, key), StepForm(request.POST)
    if not form.is_valid():
        raise Http404
    page_of_row = reverse("reports:return-detail", args=[row.pk])
    try:
        step(by=seat, row=row, key=form.entry_key)
    except IllegalStep as refused:
        return refused_page(request, refused, page_of_row)
    return redirect(page_of_row)


def with_note(request, seat, key, form_class, step, way):
    """A step that says something."""
    row = access_return(seat, key)
    check_makes_step(seat, row, form_of(row.period).link(LINKS[way]))
    if request.method != "POST" and row.status != ReturnStatus.SUBMITTED:
        return redirect("reports:return-detail", row.pk)
    form = bind(request, form_class)
    if request.method == "POST" and form.is_valid():
        step(by=seat, row=row, key=form.entry_key, **form.facts)
        return redirect("reports:return-detail", row.pk)
    return form_page(request, "reports/return_note.html", form, row=row, way=way)


@page("GET", "POST", may=Permission.SEE_RETURNS)
def village_calls(request, seat, code):
    """Who called a village that does not report, and what it said."""
    village = access_village(seat, code)
    check_can_log_call(seat, village)
    form = bind(request, CallForm, initial={"called_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        log_call(by=seat, village=village, key=form.entry_key, **form.facts)
        return redirect("reports:village-calls", village.code)
    shown = keyset_page(calls_of(village), order=("-called_on", "-id"), cursor=request.GET.get("after", ""))
    return form_page(request, "reports/village_calls.html", form, village=village, shown=shown)
