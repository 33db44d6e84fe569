"""Visits for programs: the newest first, one, a new one, its follow-up, and one withdrawn."""

from functools import partial

from django.utils import timezone
from rest_framework.response import Response

from accounts.entry import EntryForm
from accounts.roles import Permission
from migrants.access import access_visit
from migrants.actions.visits import finish_follow_up, log_visit, withdraw_visit
from migrants.api.serializers.visits import VisitSerializer
from migrants.api.writes import changed
from migrants.forms.visits import VisitFilter, VisitForm, WithdrawForm
from migrants.queries.visits import visits_in_list
from villages.api.entering import call, delivered, filled, listed
from villages.api.ways import TEXT, changes, creates, one, rows
from villages.enums import Group

SEE, LOG = Permission.SEE_PEOPLE, Permission.LOG_RECORDS
EXAMPLE = {
    "id": "0199a1b2-c3d4-7e5f-8a6b-000000000001",
    "topic": "information",
    "channel": "walk_in",
    "outcome": "done",
    "visited_on": "2026-11-20",
    "visitor_name": "Siti",
    "visitor_sex": "female",
    "minutes": 20,
}


@call(
    Group.PEOPLE,
    GET=rows("visits", VisitSerializer, SEE, month=TEXT, topic=TEXT),
    POST=creates(VisitForm, VisitSerializer, LOG, example=EXAMPLE),
)
def visit_list(request, seat):
    """Visits, the newest first; `month` as 2026-11; or a new one."""
    if request.method == "POST":
        form = filled(request, VisitForm, creates=True, seat=seat)
        delivery = log_visit(by=seat, key=form.entry_key, **form.facts)
        return delivered(delivery, told_of(request, delivery.row))
    chosen = VisitFilter(request.query_params, today=timezone.localdate())
    visits = visits_in_list(seat, month=chosen.chosen_month, topic=chosen.chosen_topic)
    return listed(request, "visits", VisitSerializer, visits, ("-visited_on", "-id"))


@call(Group.PEOPLE, GET=one(VisitSerializer, SEE))
def visit_detail(request, seat, key):
    """One visit, a withdrawn one too."""
    return Response(told_of(request, access_visit(seat, key)))


@call(Group.PEOPLE, POST=changes(EntryForm, answer=VisitSerializer, may=LOG))
def visit_follow_up(request, seat, key):
    """The follow-up of a visit is done; a second call changes nothing. The body is an empty object."""
    visit = access_visit(seat, key)

    def write():
        filled(request, EntryForm)
        finish_follow_up(by=seat, visit=visit)
        return access_visit(seat, key)

    return changed(request, visit, partial(told_of, request), write)


@call(Group.PEOPLE, POST=changes(WithdrawForm, answer=VisitSerializer, may=LOG, example={"why": "twice"}))
def visit_withdrawal(request, seat, key):
    """Withdraw a visit that was logged by mistake: it stays, and counts nowhere."""
    visit = access_visit(seat, key)

    def write():
        return withdraw_visit(by=seat, visit=visit, reason=filled(request, WithdrawForm).reason)

    return changed(request, visit, partial(told_of, request), write)


def told_of(request, visit):
    """One visit."""
    return VisitSerializer(visit, context={"request": request}).data
