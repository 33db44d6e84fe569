"""What is printed or handed over: receipt, case sheet, family card, tasks of the week, words to send."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone

from accounts.roles import Permission
from migrants.access import access_case, access_visit
from migrants.actions.cases import note_case_viewed
from migrants.queries.cases import ball_of, handlers_of, referrals_of, timeline_of
from migrants.queries.tasks import tasks_due
from villages.doors import page

WEEK_DAYS = 7
WEEK_ROWS = 100


@page("GET", may=Permission.SEE_PEOPLE)
def visit_receipt(request, seat, key):
    """What the visitor takes home: A4, or 80 mm for the small printer."""
    context = {"visit": access_visit(seat, key), "roll": request.GET.get("paper") == "roll"}
    return render(request, "migrants/paper_receipt.html", context)


@page("GET", may=Permission.SEE_CASES)
def case_sheet(request, seat, key):
    case = access_case(seat, key)
    note_case_viewed(by=seat, case=case)
    events, referrals = list(timeline_of(case)), list(referrals_of(case))
    context = {
        "case": case,
        "events": reversed(events),
        "referrals": referrals,
        "ball": ball_of(case, referrals, seat, events),
        "handlers": list(handlers_of(case)) if case.restricted else [],
    }
    return render(request, "migrants/paper_case.html", context)


@page("GET", may=Permission.LOG_RECORDS)
def case_card(request, seat, key):
    """A card of 85 x 54 mm for the family: numbers to call, the case's number, nobody's NIK."""
    hotlines = [line.partition(":")[::2] for line in settings.HOTLINES]
    return render(request, "migrants/paper_card.html", {"case": access_case(seat, key), "hotlines": hotlines})


@page("GET", may=Permission.SEE_CASES)
def case_summary(request, seat, key):
    """A few words about a case to copy into a message: no name, no kind of problem, no place but the village.

    A restricted case has none: a message travels further than its handlers.
    """
    case = access_case(seat, key)
    if case.restricted:
        raise Http404
    events, referrals = list(timeline_of(case)), list(referrals_of(case))
    context = {
        "case": case,
        "ball": ball_of(case, referrals, seat, events),
        # The kind of body, not the office as somebody typed it.
        "body": next((sent.get_body_display() for sent in reversed(referrals) if sent.is_waiting), ""),
    }
    return render(request, "migrants/case_summary.html", context)


@page("GET", may=Permission.SEE_PEOPLE)
def duty_list(request, seat):
    """The tasks of the next seven days and those overdue, for the wall of a village without notifications."""
    today = timezone.localdate()
    tasks = list(tasks_due(seat, today + timedelta(days=WEEK_DAYS - 1))[: WEEK_ROWS + 1])
    context = {
        "tasks": tasks[:WEEK_ROWS],
        "more": len(tasks) > WEEK_ROWS,
        "first": today,
        "last": today + timedelta(days=WEEK_DAYS - 1),
        "show_village": seat.village is None,
    }
    return render(request, "migrants/paper_week.html", context)
