"""Estimates of villagers abroad: list and form."""

from django.shortcuts import redirect

from accounts.entry import bind, form_page
from accounts.roles import Permission
from pillars.actions.estimates import log_estimate
from pillars.forms.estimates import EstimateForm
from pillars.queries.estimates import estimates_in_list
from pillars.views.listing import list_page
from villages.doors import page


@page("GET", may=Permission.SEE_PILLARS)
def estimate_list(request, seat):
    return list_page(request, seat, "pillars/estimate_list.html", estimates_in_list(seat), day="estimated_on")


@page("GET", "POST", may=Permission.LOG_RECORDS)
def estimate_new(request, seat):
    form = bind(request, EstimateForm)
    if request.method == "POST" and form.is_valid():
        log_estimate(by=seat, key=form.entry_key, **form.facts)
        return redirect("pillars:estimate-list")
    return form_page(request, "pillars/estimate_new.html", form)
