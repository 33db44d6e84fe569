"""Referrals for programs: what waits, one of them, its step."""

from functools import partial

from rest_framework.response import Response

from accounts.roles import Permission
from migrants.access import access_referral
from migrants.actions.cases import note_case_viewed
from migrants.actions.referrals import answer_referral, receive_referral
from migrants.api.serializers.cases import ReferralDetail, ReferralLine
from migrants.api.writes import changed
from migrants.enums import ReferralStatus
from migrants.forms.cases import AnswerForm
from migrants.queries.cases import referrals_in_list
from migrants.queries.visits import visits_that_answer
from migrants.rules import check_can_answer, check_can_receive
from villages.api.entering import call, filled, page_of, plain_entries
from villages.api.ways import changes, one, rows
from villages.enums import Group


@call(Group.CASES, GET=rows("referrals", ReferralLine, Permission.SEE_CASES))
def referral_list(request, seat):
    """Referrals that wait for your office, the oldest first."""
    page = page_of(request, referrals_in_list(seat), ("sent_on", "id"))
    lines = ReferralLine(page.rows, many=True, context={"request": request}).data
    return Response({"referrals": lines, "after": page.after})


@call(Group.CASES, GET=one(ReferralDetail, Permission.SEE_CASES))
def referral_detail(request, seat, key):
    """One referral, with its words."""
    referral = access_referral(seat, key)
    note_case_viewed(by=seat, case=referral.case)
    return Response(told_of(request, referral))


@call(Group.CASES, POST=changes(AnswerForm, answer=ReferralDetail, may=Permission.SEE_CASES))
def referral_step(request, seat, key):
    """Receive, answer or reject a referral. `visit`: the visit that brought the answer."""
    referral = access_referral(seat, key)
    check_can_answer(seat, referral)
    if plain_entries(request.data).get("decision") == ReferralStatus.RECEIVED:
        check_can_receive(seat, referral)
    return changed(request, referral, partial(told_of, request), partial(answer, request, seat, referral))


def answer(request, seat, referral):
    """The referral, received or answered by the form and action of its page."""
    form = filled(request, AnswerForm, referral=referral, visits=visits_that_answer(seat, referral))
    decision, on = form.cleaned_data["decision"], form.cleaned_data["on"]
    if decision == ReferralStatus.RECEIVED:
        return receive_referral(by=seat, referral=referral, on=on)
    return answer_referral(
        by=seat,
        referral=referral,
        answer=form.cleaned_data["answer"],
        on=on,
        visit=form.chosen_visit,
        rejected=decision == ReferralStatus.REJECTED,
    )


def told_of(request, referral):
    """One referral with its words."""
    return ReferralDetail(referral, context={"request": request}).data
