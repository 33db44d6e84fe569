"""People: search, one page each, change, show a full number."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.entry import bind
from accounts.roles import Permission
from migrants.access import access_person, kept_of, visible_visits
from migrants.actions.people import (
    NikTaken,
    change_person,
    note_person_viewed,
    note_search,
    reveal_number,
)
from migrants.forms.people import PersonForm, RevealForm
from migrants.queries.cases import cases_of_person
from migrants.queries.consents import asked_of_us, consents_of
from migrants.queries.journeys import journeys_of
from migrants.queries.merging import merges_of
from migrants.queries.people import (
    SearchKind,
    household_of,
    only_alike,
    order_of,
    page_of_people,
    people_found,
    people_listed,
    read_search,
)
from migrants.rules import check_can_reveal
from migrants.versions import ChangedMeanwhile
from migrants.views.entering import answers_conflicts, list_context, status_of
from migrants.views.searching import keep_search, kept_search
from villages.doors import page

VISITS_SHOWN = 5


@page("GET", "POST", may=Permission.SEE_PEOPLE)
def person_list(request, seat):
    asked = request.POST.get("q") if request.method == "POST" else request.GET.get("q")
    if asked is not None:
        return search_kept(request, seat, asked)
    text = kept_search(request)
    search = read_search(text, timezone.localdate())
    people = people_listed(seat) if search.kind == SearchKind.NOTHING else people_found(seat, search)
    rows = page_of_people(people.select_related("village"), order_of(search), request.GET.get("after", ""))
    context = {
        "rows": rows,
        "text": text,
        "search": search,
        "only_alike": rows.is_first and only_alike(rows.rows),
        "waiting": len(asked_of_us(seat)),
        **list_context(seat),
    }
    return render(request, "migrants/person_list.html", context)


@page("GET", may=Permission.SEE_PEOPLE)
def person_detail(request, seat, key):
    try:
        person = access_person(seat, key)
    except Http404:
        kept = kept_of(seat, key)
        if kept is None:
            raise
        return redirect("migrants:person-detail", kept)
    note_person_viewed(by=seat, person=person)
    visits = visible_visits(seat).filter(person=person).order_by("-visited_on", "-id")
    context = {
        "person": person,
        "journeys": journeys_of(person),
        "visits": visits.select_related("logged_by")[:VISITS_SHOWN],
        "cases": cases_of_person(seat, person.pk),
        "household": household_of(person),
        "merges": merges_of(person),
        "consents": [(row, row.is_active_on(timezone.localdate())) for row in consents_of(person)],
        "may_merge": seat.may(Permission.MERGE_PEOPLE),
        "age": person.age_on(timezone.localdate()),
        **list_context(seat),
    }
    return render(request, "migrants/person_detail.html", context)


@page("GET", "POST", may=Permission.LOG_RECORDS)
@answers_conflicts
def person_edit(request, seat, key):
    person = access_person(seat, key)
    form = bind(request, PersonForm, seat=seat, person=person, initial=PersonForm.initial_of(person))
    if request.method == "POST" and form.is_valid():
        try:
            change_person(
                by=seat,
                person=person,
                version=form.cleaned_data["version"],
                facts=form.person_facts,
                **form.numbers_changed,
            )
        except ChangedMeanwhile as changed:
            return both_versions(request, seat, form, changed.now)
        except NikTaken as taken:
            form.refuse_nik(taken.person)
        else:
            return redirect("migrants:person-detail", person.pk)
    context = {"form": form, "person": person}
    return render(request, "migrants/person_edit.html", context, status=status_of(request, form))


@page("GET", "POST", may=Permission.REVEAL_NUMBERS)
def person_reveal(request, seat, key):
    person = access_person(seat, key)
    check_can_reveal(seat)
    form = bind(request, RevealForm, person=person)
    if request.method == "POST" and form.is_valid():
        kind = form.cleaned_data["kind"]
        number = reveal_number(by=seat, person=person, kind=kind, reason=form.reason)
        label = dict(form.fields["kind"].choices)[kind]
        context = {"person": person, "number": number, "label": label, "reason": form.reason}
        return render(request, "migrants/person_revealed.html", context)
    context = {"form": form, "person": person}
    return render(request, "migrants/person_reveal.html", context, status=status_of(request, form))


def search_kept(request, seat, asked):
    """Keep what was asked out of the address, record the search, and lead to the results."""
    search = read_search(asked, timezone.localdate())
    address = reverse("migrants:person-list")
    if search.kind == SearchKind.NOTHING:
        return redirect(address)
    if search.kind != SearchKind.TOO_SHORT:
        name = search.value if search.kind == SearchKind.NAME else ""
        note_search(by=seat, kind=search.kind, name=name)
    return redirect(f"{address}?s={keep_search(request, asked)}")


def both_versions(request, seat, form, now):
    """Somebody saved in between: show what differs, and the form as typed, on top of the version now
    known.
    """
    data = request.POST.copy()
    data["version"] = now.version
    again = PersonForm(data, seat=seat, person=now)
    context = {"form": again, "person": now, "differences": form.differences(now)}
    return render(request, "migrants/person_edit.html", context, status=409)
