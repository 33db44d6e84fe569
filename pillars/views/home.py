"""Kegiatan: the four pillars on one page."""

from django.shortcuts import render

from accounts.roles import Permission
from pillars.enums import Pillar
from villages.doors import page


@page("GET", may=Permission.SEE_PILLARS)
def home(request, seat):
    """Each pillar with the list it keeps; cooperatives stand a step higher and are linked by name."""
    pillars = [
        (Pillar.SERVICE_CENTRE, "pillars:outreach-list", "pillars:outreach-new", "buku"),
        (Pillar.PRODUCTIVE_BUSINESS, "pillars:group-list", "pillars:group-new", "uang"),
        (Pillar.COMMUNITY_PARENTING, "pillars:centre-list", "pillars:centre-new", "orang"),
        (Pillar.COOPERATIVE, "cooperatives:body-list", "cooperatives:body-new", "kegiatan"),
    ]
    return render(
        request, "pillars/home.html", {"pillars": pillars, "may_log": seat.may(Permission.LOG_RECORDS)}
    )
