"""Learning centres: list, form, one centre."""

from django.shortcuts import redirect, render

from accounts.entry import bind, form_page
from accounts.roles import Permission
from pillars.access import access_centre, visible_centres
from pillars.actions.parenting import close_centre, open_centre
from pillars.forms.ending import EndForm
from pillars.forms.parenting import CentreForm
from pillars.views.listing import list_page
from villages.doors import page


@page("GET", may=Permission.SEE_PILLARS)
def centre_list(request, seat):
    centres = visible_centres(seat).select_related("village")
    return list_page(request, seat, "pillars/centre_list.html", centres, day="opened_on")


@page("GET", "POST", may=Permission.LOG_RECORDS)
def centre_new(request, seat):
    form = bind(request, CentreForm)
    if request.method == "POST" and form.is_valid():
        centre = open_centre(by=seat, key=form.entry_key, **form.facts)
        return redirect("pillars:centre-detail", centre.pk)
    return form_page(request, "pillars/centre_new.html", form)


@page("GET", may=Permission.SEE_PILLARS)
def centre_detail(request, seat, key):
    context = {"centre": access_centre(seat, key), "may_log": seat.may(Permission.LOG_RECORDS)}
    return render(request, "pillars/centre_detail.html", context)


@page("GET", "POST", may=Permission.LOG_RECORDS)
def centre_end(request, seat, key):
    centre = access_centre(seat, key)
    form = bind(request, EndForm, began_on=centre.opened_on)
    if request.method == "POST" and form.is_valid():
        close_centre(by=seat, centre=centre, closed_on=form.cleaned_data["ended_on"])
        return redirect("pillars:centre-detail", centre.pk)
    return form_page(request, "pillars/centre_end.html", form, centre=centre)
