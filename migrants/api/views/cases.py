"""Cases for programs: list, open, look, change, step of the one table; a referral from a case."""

from functools import partial

from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from accounts.roles import Permission
from migrants.access import access_case
from migrants.actions.cases import close_case, move_case, note_case, note_case_viewed, open_case, reopen_case
from migrants.actions.corrections import change_case
from migrants.actions.referrals import refer_case
from migrants.api.serializers.cases import CaseDetail, CaseLine, ReferralDetail
from migrants.api.writes import changed, logged, written_by
from migrants.case_states import FURTHER_REFERRALS, IllegalStep, Way, step_between
from migrants.enums import CaseStatus
from migrants.forms.case_facts import CaseEditForm, CaseForm
from migrants.forms.cases import CaseFilter, CloseForm, NoteForm, ReferForm, ReopenForm, StepForm
from migrants.queries.cases import (
    NEWEST,
    WAITING_LONGEST,
    ball_of,
    cases_in_list,
    listed_with_balls,
    referrals_of,
    timeline_of,
)
from migrants.rules import check_can_change, check_can_step
from villages.api.entering import call, delivered, filled, page_of, plain_entries
from villages.api.versions import unchanged
from villages.api.ways import TEXT, amends, changes, creates, one, rows
from villages.enums import Group

EXAMPLE = {
    "id": "0199a1b2-c3d4-7e5f-8a6b-000000000006",
    "type": "unpaid_wage",
    "subject_name": "Siti",
    "reporter": "spouse",
    "channel": "walk_in",
    "reported_on": "2026-11-20",
    "narrative": "Gaji tiga bulan belum dibayar.",
}
A_NOTE = {
    "id": "0199a1b2-c3d4-7e5f-8a6b-000000000017",
    "text": "Agen berjanji menjawab sebelum akhir bulan.",
    "on": "2026-11-20",
}


@call(
    Group.CASES,
    GET=rows("cases", CaseLine, Permission.SEE_CASES, state=TEXT, kind=TEXT),
    POST=creates(CaseForm, CaseDetail, Permission.LOG_RECORDS, example=EXAMPLE),
)
def case_list(request, seat):
    """Cases: open ones, the longest untouched first, unless `state` asks for others; or a new one."""
    if request.method == "POST":
        form = filled(request, CaseForm, creates=True, seat=seat)
        delivery = open_case(by=seat, key=form.entry_key, **form.entries)
        return delivered(delivery, told_of(request, seat, delivery.row))
    chosen = CaseFilter(request.query_params).chosen
    order = WAITING_LONGEST if chosen["state"] == "open" else NEWEST
    page = page_of(request, cases_in_list(seat, **chosen), order)
    balls = {listed.case.pk: listed.ball for listed in listed_with_balls(page, seat)}
    lines = CaseLine(page.rows, many=True, context={"request": request, "balls": balls}).data
    return Response({"cases": lines, "after": page.after})


@call(Group.CASES, GET=one(CaseDetail, Permission.SEE_CASES))
def case_detail(request, seat, key):
    """One case, with who holds it, its timeline, its referrals and the steps from here."""
    case = access_case(seat, key)
    note_case_viewed(by=seat, case=case)
    return Response(told_of(request, seat, case))


@call(Group.CASES, POST=amends(CaseEditForm, answer=CaseDetail, may=Permission.LOG_RECORDS))
def case_facts(request, seat, key):
    """Change facts of a case; what is left out stays. `version` is the one you saw."""
    case = access_case(seat, key)
    check_can_change(seat, case)
    stands = CaseEditForm.initial_of(case)
    del stands["version"]  # the caller says which one it has seen

    def write():
        form = filled(request, CaseEditForm, case=case, stands=stands)
        version, facts = form.cleaned_data["version"], form.changed_facts
        return change_case(by=seat, case=case, version=version, facts=facts)

    return changed(request, case, partial(told_of, request, seat), write)


@call(
    Group.CASES,
    POST=changes(
        StepForm,
        CloseForm,
        ReopenForm,
        answer=CaseDetail,
        may=Permission.LOG_RECORDS,
        entries={"to": {"type": "string", "enum": CaseStatus.values}},
    ),
)
def case_step(request, seat, key):
    """Move, close or reopen a case by a step of the table; `next_steps` of the case says which."""
    case = access_case(seat, key)
    to = plain_entries(request.data).get("to", "")
    if to not in CaseStatus.values:
        raise ValidationError({"to": [_("Choose the next step.")]})

    def write():
        step = step_between(case.status, to)  # 409 with what is possible instead
        check_can_step(seat, step)
        return take(request, seat, case, step)

    return changed(request, case, partial(told_of, request, seat), write)


def take(request, seat, case, step):
    """Make a step by the form and action of its page. Raises IllegalStep for the steps of referrals."""
    match step.way:
        case Way.MOVE:
            moved = filled(request, StepForm, case=case, steps=[step])
            return move_case(by=seat, case=case, **moved.facts)
        case Way.CLOSE:
            closed = filled(request, CloseForm, besides=["to"], case=case)
            return close_case(by=seat, case=case, **closed.facts)
        case Way.REOPEN:
            opened = filled(request, ReopenForm, besides=["to"], case=case)
            return reopen_case(by=seat, case=case, **opened.facts)
    raise IllegalStep(_("Send or answer a referral: the case moves with it."))


@call(Group.CASES, POST=creates(NoteForm, CaseDetail, Permission.SEE_CASES, example=A_NOTE))
def case_notes(request, seat, key):
    """A note on the timeline of a case that is not over. Answers the case."""
    case = access_case(seat, key)
    fill = partial(filled, request, NoteForm, creates=True, case=case)
    write = written_by(note_case, by=seat, case=case)

    def tell(_note):
        return told_of(request, seat, access_case(seat, key))

    return logged(request, case.events.all(), fill, write, tell)


@call(Group.CASES, POST=creates(ReferForm, ReferralDetail, Permission.LOG_RECORDS, 412))
def case_refer(request, seat, key):
    """Refer a case to another body or office."""
    case = access_case(seat, key)
    with unchanged(request, case, partial(told_of, request, seat)):
        if case.status not in FURTHER_REFERRALS:
            step_between(case.status, CaseStatus.REFERRED)  # 409 with what is possible instead
        form = filled(request, ReferForm, creates=True, case=case)
        delivery = refer_case(by=seat, case=case, key=form.entry_key, **form.facts)
    return delivered(delivery, ReferralDetail(delivery.row, context={"request": request}).data)


def told_of(request, seat, case):
    """One case with its ball, timeline and referrals."""
    timeline, referrals = list(timeline_of(case)), list(referrals_of(case))
    context = {
        "request": request,
        "seat": seat,
        "balls": {case.pk: ball_of(case, referrals, seat, timeline)},
        "timeline": timeline,
        "referrals": referrals,
    }
    return CaseDetail(case, context=context).data
