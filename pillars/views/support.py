"""Mentoring, marketing partners, contributions of partners: list, form, one record."""

from django.shortcuts import redirect, render

from accounts.entry import bind, form_page
from accounts.keys import as_key
from accounts.roles import Permission
from pillars.access import access_contribution, access_market, access_mentoring
from pillars.actions.support import end_market, log_contribution, log_market, log_mentoring
from pillars.forms.ending import EndForm
from pillars.forms.support import ContributionForm, MarketForm, MentoringForm
from pillars.queries.support import (
    contributions_in_list,
    markets_in_list,
    mentoring_in_list,
    mentoring_like,
)
from pillars.views.aid import for_whom
from pillars.views.listing import list_page
from villages.doors import page


@page("GET", may=Permission.SEE_PILLARS)
def mentoring_list(request, seat):
    visits = mentoring_in_list(seat)
    return list_page(request, seat, "pillars/mentoring_list.html", visits, day="visited_on")


@page("GET", "POST", may=Permission.LOG_RECORDS)
def mentoring_new(request, seat):
    """A new visit; `like` names an earlier one to start from."""
    start = mentoring_like(seat, as_key(request.GET.get("like"))) or for_whom(request)
    form = bind(request, MentoringForm, seat=seat, initial=start)
    if request.method == "POST" and form.is_valid():
        visit = log_mentoring(by=seat, key=form.entry_key, **form.facts)
        return redirect("pillars:mentoring-detail", visit.pk)
    return form_page(request, "pillars/mentoring_new.html", form)


@page("GET", may=Permission.SEE_PILLARS)
def mentoring_detail(request, seat, key):
    context = {"visit": access_mentoring(seat, key), "may_log": seat.may(Permission.LOG_RECORDS)}
    return render(request, "pillars/mentoring_detail.html", context)


@page("GET", may=Permission.SEE_PILLARS)
def mentoring_sheet(request, seat, key):
    """What was agreed, for both to sign."""
    return render(request, "pillars/paper_mentoring.html", {"visit": access_mentoring(seat, key)})


@page("GET", may=Permission.SEE_PILLARS)
def market_list(request, seat):
    return list_page(request, seat, "pillars/market_list.html", markets_in_list(seat), day="since")


@page("GET", "POST", may=Permission.LOG_RECORDS)
def market_new(request, seat):
    form = bind(request, MarketForm, seat=seat, initial=for_whom(request))
    if request.method == "POST" and form.is_valid():
        market = log_market(by=seat, key=form.entry_key, **form.facts)
        return redirect("pillars:market-detail", market.pk)
    return form_page(request, "pillars/market_new.html", form)


@page("GET", may=Permission.SEE_PILLARS)
def market_detail(request, seat, key):
    context = {"market": access_market(seat, key), "may_log": seat.may(Permission.LOG_RECORDS)}
    return render(request, "pillars/market_detail.html", context)


@page("GET", "POST", may=Permission.LOG_RECORDS)
def market_end(request, seat, key):
    market = access_market(seat, key)
    form = bind(request, EndForm, began_on=market.since)
    if request.method == "POST" and form.is_valid():
        end_market(by=seat, market=market, until=form.cleaned_data["ended_on"])
        return redirect("pillars:market-detail", market.pk)
    return form_page(request, "pillars/market_end.html", form, market=market)


@page("GET", may=Permission.SEE_PILLARS)
def contribution_list(request, seat):
    rows = contributions_in_list(seat)
    return list_page(request, seat, "pillars/contribution_list.html", rows, day="given_on")


@page("GET", "POST", may=Permission.LOG_RECORDS)
def contribution_new(request, seat):
    form = bind(request, ContributionForm)
    if request.method == "POST" and form.is_valid():
        row = log_contribution(by=seat, key=form.entry_key, **form.facts)
        return redirect("pillars:contribution-detail", row.pk)
    return form_page(request, "pillars/contribution_new.html", form)


@page("GET", may=Permission.SEE_PILLARS)
def contribution_detail(request, seat, key):
    context = {"contribution": access_contribution(seat, key)}
    return render(request, "pillars/contribution_detail.html", context)
