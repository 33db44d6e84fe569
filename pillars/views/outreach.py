"""Outreach sessions: list, form, one session."""

from django.shortcuts import redirect, render

from accounts.entry import bind
from accounts.paging import keyset_page
from accounts.roles import Permission
from pillars.access import access_session, visible_sessions
from pillars.actions import log_outreach
from pillars.forms import OutreachForm
from pillars.views.home import list_context
from villages.doors import page


@page("GET", may=Permission.SEE_PILLARS)
def outreach_list(request, seat):
    sessions = visible_sessions(seat).select_related("village")
    shown = keyset_page(sessions, order=("-held_on", "-id"), cursor=request.GET.get("after", ""))
    return render(request, "pillars/outreach_list.html", list_context(seat, shown))


@page("GET", "POST", may=Permission.LOG_RECORDS)
def outreach_new(request, seat):
    form = bind(request, OutreachForm)
    if request.method == "POST" and form.is_valid():
        session = log_outreach(by=seat, key=form.entry_key, **form.facts)
        return redirect("pillars:outreach-detail", session.pk)
    return render(request, "pillars/outreach_new.html", {"form": form}, status=422 if form.errors else 200)


@page("GET", may=Permission.SEE_PILLARS)
def outreach_detail(request, seat, key):
    return render(request, "pillars/outreach_detail.html", {"session": access_session(seat, key)})
