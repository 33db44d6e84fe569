"""Views a person saved: the list, a new one, and one gone."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.entry import bind, form_page
from reports.access import access_view, own_views
from reports.actions.saved import remove_view, save_view
from reports.forms.figures import SaveViewForm
from reports.saved_pages import AddressRefused, savable_address
from villages.doors import page


@page("GET")
def view_list(request, seat):
    return render(request, "reports/view_list.html", {"views": own_views(seat)})


@page("GET", "POST")
def view_new(request, seat):
    form = bind(request, SaveViewForm, initial={"address": asked_address(request)})
    if request.method == "POST" and form.is_valid():
        view = save_view(by=seat, key=form.entry_key, **form.facts)
        messages.success(request, _("“%(name)s” stands on your first page.") % {"name": view.name})
        return redirect(view.address)
    return form_page(request, "reports/view_new.html", form)


@page("POST")
def view_remove(request, seat, key):
    view = access_view(seat, key)
    remove_view(by=seat, view=view)
    messages.success(request, _("“%(name)s” is removed.") % {"name": view.name})
    return redirect("reports:view-list")


def asked_address(request):
    """The page the address names; none when the form is opened by itself. Another one is not found."""
    if not (text := request.GET.get("address", "")):
        return ""
    try:
        return savable_address(text)
    except AddressRefused:
        raise Http404 from None
