"""Referrals: hand a case to a body, see what waits, answer."""

from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.entry import bind
from accounts.paging import keyset_page
from accounts.roles import Permission
from migrants.access import access_case, access_referral
from migrants.actions.referrals import (
    answer_referral,
    note_referral_printed,
    receive_referral,
    refer_case,
)
from migrants.case_states import FURTHER_REFERRALS, step_between
from migrants.enums import CaseStatus, ReferralStatus
from migrants.forms.cases import AnswerForm, ReferForm
from migrants.queries.cases import referrals_in_list
from migrants.queries.consents import names_the_person
from migrants.queries.visits import visits_that_answer
from migrants.rules import check_can_answer
from migrants.views.cases import case_form
from migrants.views.entering import answers_conflicts, list_context, status_of
from villages.doors import page


@page("GET", "POST", may=Permission.LOG_RECORDS)
@answers_conflicts
def case_refer(request, seat, key):
    case = access_case(seat, key)
    if case.status not in FURTHER_REFERRALS:
        step_between(case.status, CaseStatus.REFERRED)  # 409 with what is possible instead
    form = bind(request, ReferForm, case=case)
    if request.method == "POST" and form.is_valid():
        refer_case(by=seat, case=case, key=form.entry_key, **form.facts)
        return redirect("migrants:case-detail", case.pk)
    return case_form(request, case, form, "migrants/case_refer.html")


@page("GET", may=Permission.SEE_CASES)
def referral_list(request, seat):
    rows = keyset_page(referrals_in_list(seat), order=("sent_on", "id"), cursor=request.GET.get("after", ""))
    return render(request, "migrants/referral_list.html", {"rows": rows, **list_context(seat)})


@page("GET", may=Permission.SEE_CASES)
def referral_slip(request, seat, key):
    referral = access_referral(seat, key)
    note_referral_printed(by=seat, referral=referral)
    named = names_the_person(referral, timezone.localdate())
    context = {"referral": referral, "case": referral.case, "named": named}
    return render(request, "migrants/paper_referral.html", context)


@page("GET", "POST", may=Permission.SEE_CASES)
@answers_conflicts
def referral_answer(request, seat, key):
    referral = access_referral(seat, key)
    check_can_answer(seat, referral)
    form = bind(request, AnswerForm, referral=referral, visits=visits_that_answer(seat, referral))
    if request.method == "POST" and form.is_valid():
        entries = form.cleaned_data
        if entries["decision"] == ReferralStatus.RECEIVED:
            receive_referral(by=seat, referral=referral, on=entries["on"])
        else:
            answer_referral(
                by=seat,
                referral=referral,
                answer=entries["answer"],
                on=entries["on"],
                visit=form.chosen_visit,
                rejected=entries["decision"] == ReferralStatus.REJECTED,
            )
        return redirect("migrants:case-detail", referral.case_id)
    context = {"form": form, "referral": referral, "case": referral.case}
    return render(request, "migrants/referral_answer.html", context, status=status_of(request, form))
