"""Opening balances: what the paper book says, checked, then recorded."""

from django.shortcuts import redirect

from accounts.entry import bind, form_page
from accounts.roles import Permission
from cooperatives.access import access_books
from cooperatives.actions.opening import enter_opening
from cooperatives.forms.opening import OpeningForm
from cooperatives.views.collections import first_asked
from villages.doors import page
from villages.forms import refusals_on


@page("GET", "POST", may=Permission.KEEP_BOOKS)
def opening_new(request, seat, key):
    body = access_books(seat, key)
    form = bind(request, OpeningForm, body=body, first=first_asked(request))
    if request.method == "POST" and form.is_valid():
        if form.is_confirmed:
            with refusals_on(form):
                posted = enter_opening(by=seat, body=body, key=form.entry_key, lines=form.lines)
                address = redirect("cooperatives:entry-detail", posted.row.pk).url
                return redirect(address if posted.made else f"{address}?again=1")
        elif "change" not in request.POST:
            return form_page(request, "cooperatives/opening_check.html", form, body=body)
    return form_page(request, "cooperatives/opening_new.html", form, body=body)
