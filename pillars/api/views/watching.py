"""Recruiters seen and estimates of villagers abroad for programs."""

from functools import partial

from rest_framework.response import Response

from accounts.roles import Permission
from migrants.api.writes import changed, logged, written_by
from migrants.rules import check_in_village
from pillars.access import access_recruiter, visible_estimates, visible_recruiters
from pillars.actions.estimates import log_estimate
from pillars.actions.recruiters import log_recruiter
from pillars.actions.withdrawing import withdraw_recruiter
from pillars.api.serializers.watching import EstimateLine, RecruiterLine
from pillars.forms.estimates import EstimateForm
from pillars.forms.recruiters import RecruiterForm
from pillars.forms.withdrawing import WithdrawForm
from villages.api.answers import told
from villages.api.entering import call, filled, listed, one_of
from villages.api.ways import changes, creates, one, rows
from villages.enums import Group

SEE, LOG = Permission.SEE_PILLARS, Permission.LOG_RECORDS
A_RECRUITER = {
    "id": "0199a1b2-c3d4-7e5f-8a6b-000000000014",
    "seen_on": "2026-11-18",
    "where": "Pasar Randu",
    "company": "PT Contoh Karya",
}
AN_ESTIMATE = {
    "id": "0199a1b2-c3d4-7e5f-8a6b-000000000015",
    "estimated_on": "2026-11-20",
    "number": 120,
    "source": "survey",
}


@call(
    Group.PILLARS,
    GET=rows("recruiters", RecruiterLine, SEE),
    POST=creates(RecruiterForm, RecruiterLine, LOG, example=A_RECRUITER),
)
def recruiter_list(request, seat):
    """Recruiters seen, the newest first; or a new sighting."""
    own = visible_recruiters(seat)
    if request.method == "POST":
        fill = partial(filled, request, RecruiterForm, creates=True)
        write = written_by(log_recruiter, by=seat)
        return logged(request, own, fill, write, partial(told, request, RecruiterLine))
    return listed(request, "recruiters", RecruiterLine, own, ("-seen_on", "-id"))


@call(Group.PILLARS, GET=one(RecruiterLine, SEE))
def recruiter_detail(request, seat, key):
    """One sighting, a withdrawn one too."""
    return Response(told(request, RecruiterLine, access_recruiter(seat, key)))


@call(Group.PILLARS, POST=changes(WithdrawForm, answer=RecruiterLine, may=LOG, example={"why": "twice"}))
def recruiter_withdrawal(request, seat, key):
    """Withdraw a sighting that was written down by mistake: it stands in no list and counts nowhere."""
    sighting = access_recruiter(seat, key)
    check_in_village(seat, sighting)

    def write():
        reason = filled(request, WithdrawForm).reason
        return withdraw_recruiter(by=seat, sighting=sighting, reason=reason)

    return changed(request, sighting, partial(told, request, RecruiterLine), write)


@call(
    Group.PILLARS,
    GET=rows("estimates", EstimateLine, SEE),
    POST=creates(EstimateForm, EstimateLine, LOG, example=AN_ESTIMATE),
)
def estimate_list(request, seat):
    """How many villagers are abroad as somebody reckoned, the newest first; or a new estimate."""
    own = visible_estimates(seat)
    if request.method == "POST":
        fill = partial(filled, request, EstimateForm, creates=True)
        write = written_by(log_estimate, by=seat)
        return logged(request, own, fill, write, partial(told, request, EstimateLine))
    return listed(request, "estimates", EstimateLine, own, ("-estimated_on", "-id"))


@call(Group.PILLARS, GET=one(EstimateLine, SEE))
def estimate_detail(request, seat, key):
    """One estimate."""
    return Response(told(request, EstimateLine, one_of(visible_estimates(seat), key)))
