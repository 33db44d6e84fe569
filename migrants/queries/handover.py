"""What an officer holds: handled, written down or promised, and not handed on since."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from accounts.models import User
from migrants.models import (
    Case,
    CaseHandler,
    Document,
    HandedItem,
    HandOver,
    Referral,
    ServiceVisit,
    Task,
    Work,
)
from migrants.papers import DocumentState
from villages.models import OfficerAssignment
from villages.open_work import OpenWorkLine


def work_held(user: User, village_code: str) -> dict[Work, QuerySet[Any]]:
    """What the officer holds in the village, by kind, restricted cases too: not for showing to anybody else
    than the officer and the district coordinator.

    A thing that was handed over is held by who received it last. A referral goes with its case.
    """
    handled = Exists(CaseHandler.objects.filter(case=OuterRef("pk"), user=user))
    case_handled = Exists(CaseHandler.objects.filter(case=OuterRef("case"), user=user))
    cases = _held(Case.objects.open(), Work.CASE, user, handled)
    tasks = _held(Task.objects.open(), Work.TASK, user, Q(made_by=user) | Q(made_by=None) & case_handled)
    visits = _held(ServiceVisit.objects.to_follow_up(), Work.FOLLOW_UP, user, Q(logged_by=user))
    in_hand = Document.objects.filter(state=DocumentState.IN_HAND)
    held: dict[Work, QuerySet[Any]] = {
        Work.CASE: cases.order_by("number"),
        Work.REFERRAL: Referral.objects.waiting().filter(case__in=cases).order_by("sent_on", "id"),
        Work.TASK: tasks.order_by("due_on", "id"),
        Work.FOLLOW_UP: visits.order_by("follow_up_on", "id"),
        Work.DOCUMENT: _held(in_hand, Work.DOCUMENT, user, Q(logged_by=user)).order_by("logged_at", "id"),
    }
    return {work: rows.filter(village=village_code) for work, rows in held.items()}


def _held(rows: QuerySet[Any], work: Work, user: User, own: Any) -> QuerySet[Any]:
    handed = HandedItem.objects.filter(subject=OuterRef("pk"), work=work)
    last = handed.order_by("-hand_over__made_at", "-hand_over").values("hand_over__receiver")[:1]
    rows = rows.annotate(last_receiver=Subquery(last))
    return rows.filter(Q(last_receiver=user.pk) | Q(last_receiver__isnull=True) & Q(own))


def open_work_lines(assignment: OfficerAssignment) -> list[OpenWorkLine]:
    """How much of each kind the officer of the assignment holds, and where it is handed over. Nothing but the
    numbers is shown. Five queries."""
    page = reverse("migrants:hand-over", args=[assignment.pk])
    return [
        OpenWorkLine(work.label, rows.count(), page)
        for work, rows in work_held(assignment.user, assignment.village_id).items()
    ]


def hand_overs_of(assignment: OfficerAssignment) -> QuerySet[HandOver]:
    """The minutes of what the officer of the assignment handed over, the newest first."""
    rows: QuerySet[HandOver] = HandOver.objects.filter(assignment=assignment)
    return rows.select_related("receiver").order_by("-made_at")


def items_of(hand_over: HandOver) -> QuerySet[HandedItem]:
    """What was handed over, kind by kind, what is due first first."""
    return HandedItem.objects.filter(hand_over=hand_over).order_by("work", "due_on", "number", "id")
