"""Outreach sessions: list, form, one session."""

from django.shortcuts import redirect, render

from accounts.entry import bind, form_page
from accounts.roles import Permission
from pillars.access import access_session, visible_sessions
from pillars.actions.outreach import log_outreach
from pillars.forms.outreach import OutreachForm
from pillars.views.listing import list_page
from villages.doors import page


@page("GET", may=Permission.SEE_PILLARS)
def outreach_list(request, seat):
    sessions = visible_sessions(seat).select_related("village")
    return list_page(request, seat, "pillars/outreach_list.html", sessions, day="held_on")


@page("GET", "POST", may=Permission.LOG_RECORDS)
def outreach_new(request, seat):
    form = bind(request, OutreachForm)
    if request.method == "POST" and form.is_valid():
        session = log_outreach(by=seat, key=form.entry_key, **form.facts)
        return redirect("pillars:outreach-detail", session.pk)
    return form_page(request, "pillars/outreach_new.html", form)


@page("GET", may=Permission.SEE_PILLARS)
def outreach_detail(request, seat, key):
    return render(request, "pillars/outreach_detail.html", {"session": access_session(seat, key)})
