"""Cases: open one, list, look, note, step, close, open again, let somebody in."""

from django.conf import settings
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.entry import bind
from accounts.paging import keyset_page
from accounts.roles import Permission
from migrants.access import access_case
from migrants.actions.cases import (
    close_case,
    move_case,
    name_handler,
    note_case,
    note_case_viewed,
    open_case,
    reopen_case,
)
from migrants.case_states import Party, Way, step_between, steps_from
from migrants.enums import CaseStatus, Channel
from migrants.forms.case_facts import CaseForm
from migrants.forms.cases import CaseFilter, CloseForm, HandlerForm, NoteForm, ReopenForm, StepForm
from migrants.forms.warned import as_typed
from migrants.queries.attachments import attachments_of
from migrants.queries.cases import (
    NEWEST,
    WAITING_LONGEST,
    ball_of,
    cases_in_list,
    handlers_of,
    listed_with_balls,
    officers_of,
    readers_of,
    referrals_of,
    timeline_of,
)
from migrants.queries.corrections import corrections_of, label_of, shown
from migrants.queries.tasks import tasks_of_case
from migrants.rules import can_answer, can_decide, can_name_handlers, can_step, check_can_step, party_of
from migrants.views.entering import (
    answers_conflicts,
    list_context,
    status_of,
    to_saved,
    unpicked,
    wants_people,
    with_people,
)
from villages.doors import page

NEW = "migrants/case_new.html"


@page("GET", "POST", may=Permission.LOG_RECORDS)
def case_new(request, seat):
    if wants_people(request):
        form = CaseForm(seat=seat, initial=as_typed(request, **unpicked(request)))
        return with_people(request, seat, NEW, form)
    form = bind(
        request,
        CaseForm,
        seat=seat,
        initial={
            "reported_on": timezone.localdate(),
            "channel": Channel.WALK_IN,
            "person": request.GET.get("person", ""),
        },
    )
    if request.method == "POST" and form.is_valid():
        return to_saved("migrants:case-saved", open_case(by=seat, key=form.entry_key, **form.entries))
    return with_people(request, seat, NEW, form)


@page("GET", may=Permission.LOG_RECORDS)
def case_saved(request, seat, key):
    context = {"case": access_case(seat, key), "again": "again" in request.GET}
    return render(request, "migrants/case_saved.html", context)


@page("GET", may=Permission.SEE_CASES)
def case_list(request, seat):
    chosen = CaseFilter(request.GET)
    cases = cases_in_list(seat, **chosen.chosen)
    order = WAITING_LONGEST if chosen.chosen["state"] == "open" else NEWEST
    rows = keyset_page(cases, order=order, cursor=request.GET.get("after", ""))
    context = {
        "rows": rows,
        "listed": listed_with_balls(rows, seat),
        "filter": chosen,
        "idle_days": settings.IDLE_CASE_DAYS,
        **list_context(seat),
    }
    return render(request, "migrants/case_list.html", context)


@page("GET", may=Permission.SEE_CASES)
def case_detail(request, seat, key):
    case = access_case(seat, key)
    note_case_viewed(by=seat, case=case)
    context = {**told_of(seat, case), **possible_on(seat, case), **list_context(seat)}
    return render(request, "migrants/case_detail.html", context)


def told_of(seat, case):
    """What the page of a case shows: who has the ball, the timeline, and all that hangs on the case."""
    events, referrals = list(timeline_of(case)), list(referrals_of(case))
    for referral in referrals:
        referral.can_answer = referral.is_waiting and can_answer(seat, referral)
    return {
        "case": case,
        "events": events,
        "referrals": referrals,
        "ball": ball_of(case, referrals, seat, events),
        "handlers": list(handlers_of(case)) if case.restricted else [],
        "readers": list(readers_of(case)) if case.restricted else [],
        "corrections": decided_lines(seat, case) if case.closed_on else [],
        "files": list(attachments_of(case)),
        "tasks": list(tasks_of_case(seat, case)),
        "today": timezone.localdate(),
    }


def possible_on(seat, case):
    """What the seat may do from the page of a case."""
    writes = party_of(seat) != Party.NOBODY
    return {
        "ways": {step.way for step in steps_from(case.status) if can_step(seat, step)},
        "plain_steps": plain_steps(seat, case),
        "may_correct": writes and case.status == CaseStatus.CLOSED,
        "may_attach": writes and case.is_open,
        "may_name": can_name_handlers(seat, case),
    }


@page("GET", "POST", may=Permission.SEE_CASES)
@answers_conflicts
def case_note(request, seat, key):
    case = access_case(seat, key)
    form = bind(request, NoteForm, case=case)
    if request.method == "POST" and form.is_valid():
        note_case(by=seat, case=case, key=form.entry_key, **form.facts)
        return redirect("migrants:case-detail", case.pk)
    return case_form(request, case, form, "migrants/case_note.html")


@page("GET", "POST", may=Permission.LOG_RECORDS)
@answers_conflicts
def case_move(request, seat, key):
    case = access_case(seat, key)
    if request.method == "POST" and request.POST.get("to") in CaseStatus.values:
        step_between(case.status, request.POST["to"])  # 409 before any form: the page was older than the case
    form = bind(
        request, StepForm, case=case, steps=plain_steps(seat, case), initial={"to": request.GET.get("to")}
    )
    if request.method == "POST" and form.is_valid():
        move_case(by=seat, case=case, **form.facts)
        return redirect("migrants:case-detail", case.pk)
    return case_form(request, case, form, "migrants/case_move.html")


@page("GET", "POST", may=Permission.LOG_RECORDS)
@answers_conflicts
def case_close(request, seat, key):
    case = access_case(seat, key)
    check_can_step(seat, step_between(case.status, CaseStatus.CLOSED))
    form = bind(request, CloseForm, case=case)
    if request.method == "POST" and form.is_valid():
        close_case(by=seat, case=case, **form.facts)
        return redirect("migrants:case-detail", case.pk)
    return case_form(request, case, form, "migrants/case_close.html")


@page("GET", "POST", may=Permission.LOG_RECORDS)
@answers_conflicts
def case_reopen(request, seat, key):
    case = access_case(seat, key)
    if case.status not in (CaseStatus.RESOLVED, CaseStatus.CLOSED):
        step_between(case.status, CaseStatus.NEW)  # says which steps are possible instead
    form = bind(request, ReopenForm, case=case)
    if request.method == "POST" and form.is_valid():
        reopen_case(by=seat, case=case, **form.facts)
        return redirect("migrants:case-detail", case.pk)
    return case_form(request, case, form, "migrants/case_reopen.html")


@page("GET", "POST", may=Permission.SEE_CASES)
def case_handlers(request, seat, key):
    case = access_case(seat, key)
    today, handlers = timezone.localdate(), list(handlers_of(case))
    officers = [user for user in officers_of(case.village_id, on=today) if user not in handlers]
    form = bind(request, HandlerForm, officers=officers)
    if request.method == "POST" and form.is_valid():
        name_handler(by=seat, case=case, user=form.chosen)
        return redirect("migrants:case-detail", case.pk)
    return case_form(request, case, form, "migrants/case_handlers.html", handlers=handlers)


def decided_lines(seat, case):
    """The corrections asked for on a case, each in words and with whether the seat may decide on it."""
    rows = list(corrections_of(case))
    for row in rows:
        row.label = label_of(row.field)
        row.was, row.becomes = shown(row.field, row.old), shown(row.field, row.new)
        row.can_decide = row.is_open and can_decide(seat, row)
    return rows


def plain_steps(seat, case):
    """The steps of the table this seat can make on the plain step page."""
    return [step for step in steps_from(case.status) if step.way == Way.MOVE and can_step(seat, step)]


def case_form(request, case, form, template, **context):
    """A form about a case: its page, 422 when it was refused."""
    context = {"form": form, "case": case, **context}
    return render(request, template, context, status=status_of(request, form))
