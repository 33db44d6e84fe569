"""Papers: the form of each, its full number, the checklist to print, and what a district asks for."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.entry import bind
from accounts.paging import keyset_page
from accounts.roles import Permission
from migrants.access import access_migration, access_requirement, visible_requirements
from migrants.actions.documents import (
    add_requirement,
    end_requirement,
    reveal_document_number,
    set_document,
)
from migrants.actions.people import note_person_viewed
from migrants.forms.documents import DocumentForm, NumberReasonForm, RequirementEndForm, RequirementForm
from migrants.queries.documents import checklist_of
from migrants.rules import check_can_reveal
from migrants.versions import ChangedMeanwhile
from migrants.views.entering import answers_conflicts, status_of
from villages.doors import page


@page("GET", "POST", may=Permission.LOG_RECORDS)
def document_edit(request, seat, key, code):
    journey = access_migration(seat, key)
    paper = paper_or_404(journey, code)
    form = bind(request, DocumentForm, paper=paper)
    context = {"form": form, "journey": journey, "person": journey.person, "paper": paper}
    if request.method == "POST" and form.is_valid():
        try:
            set_document(by=seat, journey=journey, kind=paper.kind, extra=paper.extra, **form.entered)
        except ChangedMeanwhile as changed:
            typed = request.POST.copy()
            typed["version"] = changed.now.version
            context["differences"] = form.differences(changed.now)
            context["form"] = DocumentForm(typed, paper=paper_or_404(journey, code))
            return render(request, "migrants/document_edit.html", context, status=409)
        return redirect("migrants:migration-detail", journey.pk)
    return render(request, "migrants/document_edit.html", context, status=status_of(request, form))


@page("GET", "POST", may=Permission.REVEAL_NUMBERS)
def document_reveal(request, seat, key, code):
    journey = access_migration(seat, key)
    check_can_reveal(seat)
    paper = paper_or_404(journey, code)
    if paper.document is None or not paper.document.number_sealed:
        raise Http404
    form = bind(request, NumberReasonForm)
    context = {"form": form, "journey": journey, "person": journey.person, "paper": paper}
    if request.method == "POST" and form.is_valid():
        paper.document.migration = journey
        context["number"] = reveal_document_number(by=seat, document=paper.document, reason=form.reason)
        return render(request, "migrants/document_revealed.html", context)
    return render(request, "migrants/document_reveal.html", context, status=status_of(request, form))


@page("GET", may=Permission.SEE_PEOPLE)
def migration_checklist(request, seat, key):
    journey = access_migration(seat, key)
    note_person_viewed(by=seat, person=journey.person)
    checklist = checklist_of(journey, timezone.localdate())
    context = {"journey": journey, "person": journey.person, "checklist": checklist}
    return render(request, "migrants/migration_checklist.html", context)


@page("GET", may=Permission.SEE_PEOPLE)
def requirement_list(request, seat):
    rows = keyset_page(
        visible_requirements(seat), order=("-valid_from", "-id"), cursor=request.GET.get("after", "")
    )
    context = {
        "rows": rows,
        "today": timezone.localdate(),
        "may_set": seat.may(Permission.SET_REQUIREMENTS),
    }
    return render(request, "migrants/requirement_list.html", context)


@page("GET", "POST", may=Permission.SET_REQUIREMENTS)
def requirement_new(request, seat):
    form = bind(request, RequirementForm, initial={"valid_from": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        add_requirement(by=seat, key=form.entry_key, **form.entered)
        return redirect("migrants:requirement-list")
    return render(request, "migrants/requirement_new.html", {"form": form}, status=status_of(request, form))


@page("GET", "POST", may=Permission.SET_REQUIREMENTS)
@answers_conflicts
def requirement_end(request, seat, key):
    requirement = access_requirement(seat, key)
    today = timezone.localdate()
    form = bind(request, RequirementEndForm, requirement=requirement, initial={"last_day": today})
    if request.method == "POST" and form.is_valid():
        end_requirement(by=seat, requirement=requirement, last_day=form.cleaned_data["last_day"])
        return redirect("migrants:requirement-list")
    context = {"form": form, "requirement": requirement}
    return render(request, "migrants/requirement_end.html", context, status=status_of(request, form))


def paper_or_404(journey, code):
    """The line of the checklist with this code, or 404."""
    paper = checklist_of(journey, timezone.localdate()).paper(code)
    if paper is None:
        raise Http404
    return paper
