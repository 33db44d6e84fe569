"""Businesses for programs: list, start, change, steps; their papers and their months."""

from functools import partial

from django.http import Http404
from rest_framework.response import Response

from accounts.roles import Permission
from migrants.api.writes import changed, logged, written_by
from pillars.access import access_business, visible_businesses
from pillars.actions.business import (
    change_business,
    move_business,
    note_permit,
    note_turnover,
    start_business,
)
from pillars.api.serializers.businesses import BusinessLine, PermitLine, TurnoverLine
from pillars.business_states import check_move
from pillars.enums import BusinessStatus
from pillars.forms.business import (
    BusinessEditForm,
    BusinessForm,
    BusinessMoveForm,
    PermitForm,
    TurnoverForm,
)
from pillars.queries.business import permits_of
from pillars.queries.groups import groups_alive
from pillars.views.businesses import month_named
from villages.api.answers import told
from villages.api.entering import call, filled, listed, plain_entries
from villages.api.ways import amends, changes, creates, one, rows
from villages.enums import Group

SEE, LOG = Permission.SEE_PILLARS, Permission.LOG_RECORDS
A_BUSINESS = {
    "id": "0199a1b2-c3d4-7e5f-8a6b-00000000000a",
    "group": "0199a1b2-c3d4-7e5f-8a6b-000000000003",
    "name": "Keripik Melati",
    "sector": "food",
    "product": "Keripik singkong",
    "started_on": "2026-10-15",
}
A_PERMIT = {
    "id": "0199a1b2-c3d4-7e5f-8a6b-00000000000b",
    "kind": "nib",
    "number": "9120000000001",
    "issued_on": "2026-11-02",
}
A_STEP = {"to": "paused", "on": "2026-11-20", "why": "capital"}
A_MONTH = {"version": 0, "turnover": "1500000", "costs": "900000", "women": 3, "men": 0}


@call(
    Group.PILLARS,
    GET=rows("businesses", BusinessLine, SEE),
    POST=creates(BusinessForm, BusinessLine, LOG, example=A_BUSINESS),
)
def business_list(request, seat):
    """Businesses, the newest first; or a new one, of a running `group` or of the household of a `person`."""
    own = visible_businesses(seat)
    if request.method == "POST":
        fill = partial(filled, request, BusinessForm, creates=True, seat=seat, groups=groups_alive(seat))
        return logged(request, own, fill, partial(start, seat), partial(told, request, BusinessLine))
    return listed(request, "businesses", BusinessLine, own, ("-started_on", "-id"))


def start(seat, form):
    """The business of the form runs."""
    owners = {"group": form.chosen_group, "owner": form.owner}
    return start_business(by=seat, key=form.entry_key, **owners, facts=form.told).row


@call(Group.PILLARS, GET=one(BusinessLine, SEE))
def business_detail(request, seat, key):
    """One business."""
    return Response(told(request, BusinessLine, access_business(seat, key)))


@call(
    Group.PILLARS,
    POST=amends(BusinessEditForm, answer=BusinessLine, may=LOG, example={"version": 1, "product": "Tempe"}),
)
def business_facts(request, seat, key):
    """Change facts of a business; what is left out stays. `version` is the one you saw."""
    business = access_business(seat, key)
    stands = BusinessEditForm.initial_of(business)
    del stands["version"]  # the caller says which one it has seen

    def write():
        form = filled(request, BusinessEditForm, stands=stands)
        version = form.cleaned_data["version"]
        return change_business(by=seat, business=business, version=version, facts=form.told)

    return changed(request, business, partial(told, request, BusinessLine), write)


@call(Group.PILLARS, POST=changes(BusinessMoveForm, answer=BusinessLine, may=LOG, example=A_STEP))
def business_step(request, seat, key):
    """A business pauses, runs again or closes for good. `why`: for one that stops."""
    business = access_business(seat, key)
    to = plain_entries(request.data).get("to", "")
    if to in BusinessStatus.values:
        check_move(business.status, to)  # 409 before any form: the caller's picture was older

    def write():
        form = filled(request, BusinessMoveForm, business=business)
        return move_business(by=seat, business=business, **form.facts)

    return changed(request, business, partial(told, request, BusinessLine), write)


@call(
    Group.PILLARS,
    GET=rows("permits", PermitLine, SEE),
    POST=creates(PermitForm, PermitLine, LOG, example=A_PERMIT),
)
def business_permits(request, seat, key):
    """The papers of a business, the newest first; or a new one."""
    business = access_business(seat, key)
    own = permits_of(business)
    if request.method == "POST":
        fill = partial(filled, request, PermitForm, creates=True)
        write = written_by(note_permit, by=seat, business=business)
        return logged(request, own, fill, write, partial(told, request, PermitLine))
    return listed(request, "permits", PermitLine, own, ("-issued_on", "-id"))


@call(Group.PILLARS, GET=rows("turnovers", TurnoverLine, SEE))
def business_turnovers(request, seat, key):
    """What a business said of its months, the newest first; a month nobody asked about is left out."""
    business = access_business(seat, key)
    return listed(request, "turnovers", TurnoverLine, business.turnovers.all(), ("-first_day",))


@call(
    Group.PILLARS,
    GET=one(TurnoverLine, SEE),
    POST=amends(TurnoverForm, answer=TurnoverLine, may=LOG, example=A_MONTH),
)
def business_turnover(request, seat, key, month):
    """A month of a business, as 2026-11; or what it says now. What is left out stays; `version` is the one
    you saw, 0 for a month nobody asked about."""
    business = access_business(seat, key)
    asked = month_named(month)
    stands = business.turnovers.filter(first_day=asked.first_day).first()
    if request.method == "POST":
        write = partial(note_month, request, seat, business, asked, stands)
        return changed(request, stands, partial(told, request, TurnoverLine), write)
    if stands is None:
        raise Http404
    return Response(told(request, TurnoverLine, stands))


def note_month(request, seat, business, month, stands):
    """The month of the business as the body says; what it leaves out stays as it stands."""
    known = TurnoverForm.initial_of(stands)
    del known["version"]  # the caller says which one it has seen
    form = filled(request, TurnoverForm, stands=known)
    version = form.cleaned_data["version"]
    return note_turnover(by=seat, business=business, month=month, version=version, facts=form.told)
