"""Public information sessions for programs; their names and photos stay with the pages."""

from functools import partial

from rest_framework.response import Response

from accounts.roles import Permission
from migrants.api.writes import changed, logged, written_by
from migrants.rules import check_in_village
from pillars.access import access_session, visible_sessions
from pillars.actions.outreach import change_outreach, log_outreach
from pillars.actions.withdrawing import withdraw_outreach
from pillars.api.serializers.outreach import OutreachLine
from pillars.forms.outreach import OutreachForm
from pillars.forms.withdrawing import WithdrawForm
from villages.api.answers import told
from villages.api.entering import call, filled, listed
from villages.api.ways import amends, changes, creates, one, rows
from villages.enums import Group

SEE, LOG = Permission.SEE_PILLARS, Permission.LOG_RECORDS
A_SESSION = {
    "id": "0199a1b2-c3d4-7e5f-8a6b-000000000002",
    "held_on": "2026-11-10",
    "topic": "documents",
    "place": "Balai desa",
    "women": 18,
    "men": 12,
}


@call(
    Group.PILLARS,
    GET=rows("outreach-sessions", OutreachLine, SEE),
    POST=creates(OutreachForm, OutreachLine, LOG, example=A_SESSION),
)
def outreach_list(request, seat):
    """Public information sessions, the newest first; or a new one. Both counts empty: a list will say."""
    own = visible_sessions(seat)
    if request.method == "POST":
        fill = partial(filled, request, OutreachForm, creates=True, officers=())
        write = written_by(log_outreach, by=seat)
        return logged(request, own, fill, write, partial(told, request, OutreachLine))
    return listed(request, "outreach-sessions", OutreachLine, own, ("-held_on", "-id"))


@call(Group.PILLARS, GET=one(OutreachLine, SEE))
def outreach_detail(request, seat, key):
    """One session, a withdrawn one too."""
    return Response(told(request, OutreachLine, access_session(seat, key)))


@call(
    Group.PILLARS,
    POST=amends(OutreachForm, answer=OutreachLine, may=LOG, example={"women": 20, "men": 9}),
)
def outreach_facts(request, seat, key):
    """Change facts of a session; what is left out stays, and so do counts that a list gives."""
    session = access_session(seat, key)
    check_in_village(seat, session)

    def write():
        officers = [row.officer for row in session.officers.select_related("officer")]
        stands = OutreachForm.initial_of(session)
        form = filled(request, OutreachForm, officers=(), by_list=session.by_list, stands=stands)
        return change_outreach(by=seat, session=session, **{**form.facts, "officers": officers})

    return changed(request, session, partial(told, request, OutreachLine), write)


@call(Group.PILLARS, POST=changes(WithdrawForm, answer=OutreachLine, may=LOG, example={"why": "twice"}))
def outreach_withdrawal(request, seat, key):
    """Withdraw a session that was written down by mistake: it stands in no list and counts nowhere."""
    session = access_session(seat, key)
    check_in_village(seat, session)

    def write():
        return withdraw_outreach(by=seat, session=session, reason=filled(request, WithdrawForm).reason)

    return changed(request, session, partial(told, request, OutreachLine), write)
