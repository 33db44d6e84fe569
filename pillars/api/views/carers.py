"""Classes for those who care for children, for programs: who came is counted, nobody is named."""

from functools import partial

from rest_framework.response import Response

from accounts.roles import Permission
from migrants.api.writes import changed, logged
from pillars.actions.child_sessions import log_carer_session
from pillars.actions.withdrawing import withdraw_carer_session
from pillars.api.serializers.centres import CarerSessionLine
from pillars.child_access import access_carer_session
from pillars.forms.child_sessions import CarerSessionForm
from pillars.forms.withdrawing import WithdrawForm
from pillars.queries.child_sessions import carer_session_counted, carer_sessions_listed
from pillars.queries.children import carers_recorded
from villages.api.answers import told
from villages.api.entering import call, filled, listed
from villages.api.ways import changes, creates, one, rows
from villages.enums import Group

MAY = Permission.SEE_CHILDREN
A_CLASS = {
    "id": "0199a1b2-c3d4-7e5f-8a6b-00000000001c",
    "held_on": "2026-11-14",
    "place": "Balai desa",
    "topic": "raising",
    "women": 12,
    "men": 1,
}


@call(
    Group.PILLARS,
    GET=rows("carer-sessions", CarerSessionLine, MAY),
    POST=creates(CarerSessionForm, CarerSessionLine, MAY, example=A_CLASS),
)
def session_list(request, seat):
    """Classes for carers of your own village, the newest first; or a new one. `people`: registered carers who
    came, by id, separated by commas; `women` and `men`: how many others."""
    own = carer_sessions_listed(seat)
    if request.method != "POST":
        return listed(request, "carer-sessions", CarerSessionLine, own, ("-held_on", "-id"))

    def write(form):
        return log_carer_session(by=seat, key=form.entry_key, **form.entries).row

    fill = partial(filled, request, CarerSessionForm, creates=True, people=carers_recorded(seat))
    return logged(request, own, fill, write, partial(told_session, request))


@call(Group.PILLARS, GET=one(CarerSessionLine, MAY))
def session_detail(request, seat, key):
    """One class, a withdrawn one too."""
    return Response(told_session(request, access_carer_session(seat, key)))


@call(Group.PILLARS, POST=changes(WithdrawForm, answer=CarerSessionLine, may=MAY, example={"why": "twice"}))
def session_withdrawal(request, seat, key):
    """Withdraw a class that was logged by mistake: it stays, and counts nowhere."""
    session = access_carer_session(seat, key)

    def write():
        reason = filled(request, WithdrawForm).reason
        return withdraw_carer_session(by=seat, session=session, reason=reason)

    return changed(request, session, partial(told_session, request), write)


def told_session(request, session):
    """One class, with how many came."""
    return told(request, CarerSessionLine, carer_session_counted(session))
