"""The facts of a case: change an open one, ask to correct a closed one, decide on a correction."""

from django.http import Http404
from django.shortcuts import redirect, render

from accounts.entry import bind
from accounts.roles import Permission
from migrants.access import access_case, access_correction
from migrants.actions.corrections import (
    approve_correction,
    ask_correction,
    change_case,
    refuse_correction,
)
from migrants.forms.case_facts import CaseEditForm
from migrants.forms.corrections import CorrectionForm, DecisionForm
from migrants.queries.corrections import correctable, label_of, shown
from migrants.rules import check_can_change, check_can_correct, check_can_decide
from migrants.versions import ChangedMeanwhile
from migrants.views.cases import case_form
from migrants.views.entering import answers_conflicts, status_of
from villages.doors import page


@page("GET", "POST", may=Permission.LOG_RECORDS)
@answers_conflicts
def case_edit(request, seat, key):
    case = access_case(seat, key)
    check_can_change(seat, case)
    form = bind(request, CaseEditForm, case=case, initial=CaseEditForm.initial_of(case))
    if request.method == "POST" and form.is_valid():
        try:
            change_case(by=seat, case=case, version=form.cleaned_data["version"], facts=form.changed_facts)
        except ChangedMeanwhile as changed:
            return both_versions(request, form, changed.now)
        return redirect("migrants:case-detail", case.pk)
    return case_form(request, case, form, "migrants/case_edit.html")


@page("GET", may=Permission.SEE_CASES)
@answers_conflicts
def correction_new(request, seat, key):
    case = closed_case(seat, key)
    return render(request, "migrants/correction_new.html", {"case": case, "entries": correctable(case)})


@page("GET", "POST", may=Permission.SEE_CASES)
@answers_conflicts
def correction_ask(request, seat, key, field):
    case = closed_case(seat, key)
    entry = next((entry for entry in correctable(case) if entry.name == field), None)
    if entry is None:
        raise Http404
    form = bind(request, CorrectionForm, case=case, name=field)
    if request.method == "POST" and form.is_valid():
        ask_correction(by=seat, case=case, key=form.entry_key, field=field, **form.facts)
        return redirect("migrants:case-detail", case.pk)
    return case_form(request, case, form, "migrants/correction_ask.html", entry=entry)


@page("GET", "POST", may=Permission.SEE_CASES)
@answers_conflicts
def correction_decide(request, seat, key):
    correction = access_correction(seat, key)
    check_can_decide(seat, correction)
    form = bind(request, DecisionForm)
    if request.method == "POST" and form.is_valid():
        decide = approve_correction if form.cleaned_data["decision"] == "approve" else refuse_correction
        decide(by=seat, correction=correction, words=form.cleaned_data["words"])
        return redirect("migrants:case-detail", correction.case_id)
    context = {
        "form": form,
        "correction": correction,
        "case": correction.case,
        "label": label_of(correction.field),
        "old": shown(correction.field, correction.old),
        "new": shown(correction.field, correction.new),
    }
    return render(request, "migrants/correction_decide.html", context, status=status_of(request, form))


def closed_case(seat, key):
    """A closed case the seat may write on; 409 for one that is open or was cancelled."""
    case = access_case(seat, key)
    check_can_correct(seat, case)
    return case


def both_versions(request, form, now):
    """Somebody saved in between: what differs, and the form as typed, on top of the version now known."""
    data = request.POST.copy()
    data["version"] = now.version
    again = CaseEditForm(data, case=now)
    context = {"form": again, "case": now, "differences": form.differences(now)}
    return render(request, "migrants/case_edit.html", context, status=409)
