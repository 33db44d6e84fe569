"""The log of who did what, for the auditor."""

from django.shortcuts import render

from accounts.roles import Permission
from reports.forms.trail import TrailForm
from reports.queries.trail import books_checked, trail_page
from villages.doors import page


@page("GET", may=Permission.READ_AUDIT)
def trail(request, seat):
    form = TrailForm(request.GET)
    shown = trail_page(form, zone=seat.zone, after=request.GET.get("after", ""))
    context = {"filter": form, "trail": shown, **books_checked()}
    return render(request, "reports/audit_list.html", context, status=422 if form.errors else 200)
