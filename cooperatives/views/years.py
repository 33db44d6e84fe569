"""The end of a book year: its result, closing it, the annual meeting, sharing the surplus out."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.entry import bind, form_page
from accounts.roles import Permission
from cooperatives.access import access_books, access_meeting, access_share
from cooperatives.actions.reading import note_books_read
from cooperatives.actions.years import close_year, share_surplus, write_meeting
from cooperatives.forms.years import MeetingForm, SharingForm, YearCloseForm
from cooperatives.models.meetings import last_day_for
from cooperatives.queries.years import (
    closing_of,
    meeting_of,
    parts_of,
    percentages_of,
    result_of,
    share_explained,
    sharing_of,
    years_of,
)
from cooperatives.year_rules import year_is_closed
from periods.percent import percent_text
from villages.doors import page
from villages.forms import refusals_on

EARLIEST, LATEST = 1990, 2200


def year_asked(request):
    """The book year of the address; last year when it names none."""
    text = request.GET.get("year", "") or str(timezone.localdate().year - 1)
    if not (text.isascii() and text.isdigit() and EARLIEST <= int(text) <= LATEST):
        raise Http404
    return int(text)


@page("GET", may=Permission.SEE_BOOKS)
def year_detail(request, seat, key):
    body, year = access_books(seat, key), year_asked(request)
    sharing = sharing_of(body, year)
    context = {
        "body": body,
        "year": year,
        "years": years_of(body),
        "result": result_of(body, year),
        "months_closed": year_is_closed(body, year),
        "closing": closing_of(body, year),
        "meeting": meeting_of(body, year),
        "meeting_by": last_day_for(year),
        "today": timezone.localdate(),
        "sharing": sharing,
        "parts": parts_of(sharing) if sharing else [],
        "may_keep": seat.may(Permission.KEEP_BOOKS),
        "may_close": seat.may(Permission.CLOSE_BOOKS),
    }
    return render(request, "cooperatives/year_detail.html", context)


@page("GET", "POST", may=Permission.KEEP_BOOKS)
def year_close(request, seat, key):
    body, year = access_books(seat, key), year_asked(request)
    form = bind(request, YearCloseForm, body=body, year=year)
    context = {"body": body, "year": year}
    if request.method == "POST" and form.is_valid():
        if form.is_confirmed:
            with refusals_on(form):
                close_year(by=seat, body=body, key=form.entry_key, year=year, **form.facts)
                return _to_year(body, year)
        elif "change" not in request.POST:
            return form_page(request, "cooperatives/year_check.html", form, **context)
    return form_page(request, "cooperatives/year_close.html", form, **context)


@page("GET", "POST", may=Permission.CLOSE_BOOKS)
def meeting_new(request, seat, key):
    body, year = access_books(seat, key), year_asked(request)
    form = bind(request, MeetingForm, body=body, year=year)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            write_meeting(by=seat, body=body, key=form.entry_key, year=year, **form.facts)
            return _to_year(body, year)
    return form_page(request, "cooperatives/meeting_new.html", form, body=body, year=year)


@page("GET", may=Permission.SEE_BOOKS)
def meeting_detail(request, seat, key):
    meeting = access_meeting(seat, key)
    context = {
        "meeting": meeting,
        "body": meeting.body,
        "percentages": percentages_of(meeting),
    }
    return render(request, "cooperatives/meeting_detail.html", context)


@page("GET", "POST", may=Permission.KEEP_BOOKS)
def surplus_share(request, seat, key):
    meeting = access_meeting(seat, key)
    form = bind(request, SharingForm, meeting=meeting)
    context = {"meeting": meeting, "body": meeting.body, "year": meeting.year}
    if request.method == "POST" and form.is_valid():
        if form.is_confirmed:
            with refusals_on(form):
                share_surplus(by=seat, meeting=meeting, key=form.entry_key, **form.facts)
                return _to_year(meeting.body, meeting.year)
        elif "change" not in request.POST:
            return form_page(request, "cooperatives/surplus_check.html", form, **context)
    return form_page(request, "cooperatives/surplus_share.html", form, **context)


@page("GET", may=Permission.SEE_BOOKS)
def share_detail(request, seat, key):
    share = access_share(seat, key)
    note_books_read(by=seat, body=share.sharing.body, member=share.member)
    explained = share_explained(share)
    context = {
        "share": share,
        "member": share.member,
        "body": share.sharing.body,
        "explained": explained,
        "percent": {name: percent_text(hundredths) for name, hundredths in share.sharing.percentages.items()},
    }
    return render(request, "cooperatives/share_detail.html", context)


def _to_year(body, year):
    return redirect(f"{reverse('cooperatives:year-detail', args=[body.pk])}?year={year}")
