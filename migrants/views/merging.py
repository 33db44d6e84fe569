"""Two records of one person: find the other, look at both, put together, take apart."""

from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.entry import bind
from accounts.roles import Permission
from migrants.access import access_merge, access_person, kept_of
from migrants.actions.merging import merge_people, undo_merge
from migrants.actions.people import note_search
from migrants.forms.merging import MergeForm, UndoMergeForm
from migrants.forms.who import FOUND_AT_MOST
from migrants.queries.duplicates import records_alike
from migrants.queries.merging import side_by_side
from migrants.queries.people import LONGEST, SearchKind, order_of, people_found, read_search
from migrants.views.entering import answers_conflicts, status_of
from villages.doors import page


@page("GET", "POST", may=Permission.MERGE_PEOPLE)
def person_twin(request, seat, key):
    """Find the other record of this person: those alike, and a search in the same village."""
    person = access_person(seat, key)
    text = request.POST.get("q", "")
    search = read_search(text, timezone.localdate())
    if search.kind not in (SearchKind.NOTHING, SearchKind.TOO_SHORT):
        note_search(by=seat, kind=search.kind, name=search.value if search.kind == SearchKind.NAME else "")
    found = people_found(seat, search).filter(village=person.village_id).exclude(pk=person.pk)
    context = {
        "person": person,
        "alike": records_alike(seat, person),
        "text": text[:LONGEST],
        "search": search,
        "found": found.order_by(*order_of(search))[:FOUND_AT_MOST],
    }
    return render(request, "migrants/person_twin.html", context)


@page("GET", "POST", may=Permission.MERGE_PEOPLE)
@answers_conflicts
def person_merge(request, seat, key, other):
    joined = kept_of(seat, key) or kept_of(seat, other)
    if joined is not None:  # sent twice, or a colleague was quicker
        return redirect("migrants:person-detail", joined)
    left, right = access_person(seat, key), access_person(seat, other)
    form = bind(request, MergeForm, left=left, right=right)
    if request.method == "POST" and form.is_valid():
        kept, merged = form.kept_and_merged
        reason = form.cleaned_data["reason"]
        merge_people(by=seat, key=form.entry_key, kept=kept, merged=merged, reason=reason)
        return redirect("migrants:person-detail", kept.pk)
    context = {"form": form, "left": left, "right": right, "lines": side_by_side(left, right)}
    return render(request, "migrants/person_merge.html", context, status=status_of(request, form))


@page("GET", "POST", may=Permission.MERGE_PEOPLE)
@answers_conflicts
def merge_undo(request, seat, key):
    merge = access_merge(seat, key)
    form = bind(request, UndoMergeForm)
    if request.method == "POST" and form.is_valid():
        undo_merge(by=seat, merge=merge, reason=form.cleaned_data["reason"])
        return redirect("migrants:person-detail", merge.merged_id)
    context = {"form": form, "merge": merge}
    return render(request, "migrants/merge_undo.html", context, status=status_of(request, form))
