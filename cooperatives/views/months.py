"""Closing months: what waits, the first person's check, the second person's count."""

from django.http import Http404
from django.shortcuts import redirect, render

from accounts.entry import bind, form_page
from accounts.roles import Permission
from cooperatives.access import access_books
from cooperatives.actions.months import check_trial_balance, close_month
from cooperatives.forms.months import CountForm
from cooperatives.queries.months import closed_months, months_waiting, standing_check
from periods import Month
from periods.month import PeriodRefused
from villages.doors import page
from villages.forms import refusals_on


@page("GET", may=Permission.SEE_BOOKS)
def month_list(request, seat, key):
    body = access_books(seat, key)
    waiting = months_waiting(body)
    context = {
        "body": body,
        "waiting": waiting,
        "closed": closed_months(body),
        "may_close": seat.may(Permission.CLOSE_BOOKS),
        "me": request.user,
    }
    return render(request, "cooperatives/month_list.html", context)


@page("POST", may=Permission.CLOSE_BOOKS)
def month_check(_request, seat, key, slug):
    body = access_books(seat, key)
    check_trial_balance(by=seat, body=body, month=_month(slug))
    return redirect("cooperatives:month-list", body.pk)


@page("GET", "POST", may=Permission.CLOSE_BOOKS)
def month_close(request, seat, key, slug):
    body, month = access_books(seat, key), _month(slug)
    form = bind(request, CountForm, body=body, month=month, seat=seat)
    context = {"body": body, "month": month, "trial": standing_check(body, month)}
    if request.method == "POST" and form.is_valid():
        if form.is_confirmed:
            with refusals_on(form):
                close_month(by=seat, body=body, month=month, key=form.entry_key, **form.facts)
                return redirect("cooperatives:month-list", body.pk)
        elif "change" not in request.POST:
            return form_page(request, "cooperatives/month_close_check.html", form, **context)
    return form_page(request, "cooperatives/month_close.html", form, **context)


def _month(slug):
    try:
        return Month.from_text(slug)
    except PeriodRefused:
        raise Http404 from None
