"""One member: her account as a page, on paper and as words to send; leaving; whose record it is."""

from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.entry import bind, form_page
from accounts.roles import Permission
from cooperatives.access import access_member
from cooperatives.actions.bodies import leave_body, link_person
from cooperatives.actions.reading import note_books_read
from cooperatives.forms.bodies import LeaveForm, PersonLinkForm
from cooperatives.queries.statements import statement_of
from cooperatives.queries.years import shares_of
from migrants.forms.warned import as_typed
from migrants.views.entering import unpicked, wants_people, with_people
from villages.doors import page
from villages.forms import refusals_on

LINK = "cooperatives/member_person.html"


@page("GET", may=Permission.SEE_BOOKS)
def member_detail(request, seat, key):
    context = {
        "may_keep": seat.may(Permission.KEEP_BOOKS),
        "may_link": seat.may(Permission.LOG_RECORDS),
        "may_see_people": seat.may(Permission.SEE_PEOPLE),
    }
    return _statement(request, seat, key, "cooperatives/member_detail.html", **context)


@page("GET", may=Permission.SEE_BOOKS)
def member_paper(request, seat, key):
    return _statement(request, seat, key, "cooperatives/paper_member.html")


@page("GET", may=Permission.SEE_BOOKS)
def member_words(request, seat, key):
    return _statement(request, seat, key, "cooperatives/member_words.html")


def _statement(request, seat, key, template, **context):
    """The member's own account; that somebody from outside the body read it is recorded."""
    member = access_member(seat, key)
    note_books_read(by=seat, body=member.body, member=member)
    context |= {
        "member": member,
        "shares": shares_of(member),
        "body": member.body,
        "statement": statement_of(member, timezone.localdate()),
    }
    return render(request, template, context)


@page("GET", "POST", may=Permission.KEEP_BOOKS)
def member_leave(request, seat, key):
    member = access_member(seat, key)
    form = bind(request, LeaveForm, member=member)
    context = {"member": member, "body": member.body}
    if request.method == "POST" and form.is_valid():
        if form.is_confirmed:
            with refusals_on(form):
                leave_body(by=seat, member=member, **form.facts)
                return redirect("cooperatives:member-detail", member.pk)
        elif "change" not in request.POST:
            return form_page(request, "cooperatives/member_leave_check.html", form, **context)
    return form_page(request, "cooperatives/member_leave.html", form, **context)


@page("GET", "POST", may=Permission.LOG_RECORDS)
def member_person(request, seat, key):
    member = access_member(seat, key)
    context = {"member": member, "body": member.body}
    if wants_people(request):
        form = PersonLinkForm(seat=seat, initial=as_typed(request, **unpicked(request)))
        return with_people(request, seat, LINK, form, **context)
    form = bind(request, PersonLinkForm, seat=seat, initial={"person": member.person_id or ""})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            link_person(by=seat, member=member, person=form.cleaned_data["person"])
            return redirect("cooperatives:member-detail", member.pk)
    return with_people(request, seat, LINK, form, **context)
