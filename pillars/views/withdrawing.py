"""Withdraw a session or a sighting that was written down by mistake."""

from django.shortcuts import redirect

from accounts.entry import bind, form_page
from accounts.roles import Permission
from migrants.rules import check_in_village
from pillars.access import access_recruiter, access_session
from pillars.actions.withdrawing import (
    withdraw_carer_session,
    withdraw_child_session,
    withdraw_outreach,
    withdraw_recruiter,
)
from pillars.child_access import access_carer_session, access_child_session
from pillars.forms.withdrawing import WithdrawForm
from villages.doors import page


@page("GET", "POST", may=Permission.LOG_RECORDS)
def outreach_withdraw(request, seat, key):
    row = access_session(seat, key)
    check_in_village(seat, row)
    called = f"{row.get_topic_display()}, {row.held_on:%d-%m-%Y}"
    return asked(
        request,
        called,
        "pillars:outreach-detail",
        row,
        lambda reason: withdraw_outreach(by=seat, session=row, reason=reason),
    )


@page("GET", "POST", may=Permission.LOG_RECORDS)
def recruiter_withdraw(request, seat, key):
    row = access_recruiter(seat, key)
    check_in_village(seat, row)
    return asked(
        request,
        f"{row.called}, {row.seen_on:%d-%m-%Y}",
        "pillars:recruiter-detail",
        row,
        lambda reason: withdraw_recruiter(by=seat, sighting=row, reason=reason),
    )


@page("GET", "POST", may=Permission.SEE_CHILDREN)
def child_session_withdraw(request, seat, key):
    row = access_child_session(seat, key)
    called = f"{row.get_theme_display()}, {row.held_on:%d-%m-%Y}"
    return asked(
        request,
        called,
        "pillars:child-session-detail",
        row,
        lambda reason: withdraw_child_session(by=seat, session=row, reason=reason),
    )


@page("GET", "POST", may=Permission.SEE_CHILDREN)
def carer_session_withdraw(request, seat, key):
    row = access_carer_session(seat, key)
    called = f"{row.get_topic_display()}, {row.held_on:%d-%m-%Y}"
    return asked(
        request,
        called,
        "pillars:carer-session-detail",
        row,
        lambda reason: withdraw_carer_session(by=seat, session=row, reason=reason),
    )


def asked(request, called, detail, row, write):
    """The page that asks why; answered, it leads back to the record, which says so."""
    form = bind(request, WithdrawForm)
    if request.method == "POST" and form.is_valid():
        write(form.reason)
        return redirect(detail, row.pk)
    back = redirect(detail, row.pk).url
    return form_page(request, "pillars/withdraw.html", form, called=called, back=back)
