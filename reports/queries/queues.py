"""Queues: lists of things that wait for an office, the oldest first.

A queue is a list on a page of its own; the line on the dashboard counts that very list. Queues of cases come
through the doors, so a coordinator's hold restricted cases too, which no open figure counts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count, QuerySet, Window
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission
from migrants.access import visible_cases
from migrants.models import Case
from migrants.queries.cases import (
    Ball,
    ball_of,
    cases_climbed,
    cases_stuck,
    first_referrals,
    referrals_in_list,
    referrals_unanswered,
)
from pillars.queries.duty_reports import reports_in_list
from reports.indicators.casework import idle_before
from reports.queries.today import title_of
from villages.access import Seat, visible_returns


@dataclass(frozen=True)
class Queue:
    """A list of things that wait. `since` is the day a row waits from."""

    code: str
    label: str | Promise
    says: str | Promise
    nothing: str | Promise
    needs: Permission
    rows: Callable[[Seat, date], QuerySet[Any]]
    order: tuple[str, ...]
    case_of: Callable[[Any], Any]  # the case a row is about, or another thing that `title` can name
    since: Callable[[Any], date]

    page: str = ""  # URL name of the page that lists it, where another app has one
    shows_ball: bool = False  # rows are cases with their referrals, and say who holds them
    title: Callable[[Any], str] | None = None  # of what is no case
    opens: str = "migrants:case-detail"  # URL name of the page of one
    is_named: bool = True  # who reads it may see whom a case is about, and open it

    @property
    def href(self) -> str:
        return reverse(self.page) if self.page else reverse("reports:queue", args=[self.code])


@dataclass(frozen=True)
class Waiting:
    """One row of a queue. `href`: "" where the reader may not open the case; `ball`: who holds it."""

    title: str
    village: str
    href: str
    since: date
    days: int
    ball: Ball | None

    @property
    def waited(self) -> str:
        return ngettext("%(days)s day", "%(days)s days", self.days) % {"days": self.days}


def _idle(seat: Seat, today: date) -> QuerySet[Case]:
    rows: QuerySet[Case] = visible_cases(seat).idle_since(idle_before(today))
    return rows.select_related("person", "village")


QUEUES: dict[str, Queue] = {
    queue.code: queue
    for queue in (
        Queue(
            code="referrals",
            label=_("Referrals waiting for your answer"),
            says=_("Referrals to the district office that nobody has answered yet."),
            nothing=_("Every referral is answered."),
            needs=Permission.ANSWER_REFERRALS,
            rows=lambda seat, _today: referrals_in_list(seat),
            order=("sent_on", "pk"),
            case_of=lambda referral: referral.case,
            since=lambda referral: referral.sent_on,
            page="migrants:referral-list",
        ),
        Queue(
            code="unanswered-referrals",
            label=_("Referrals other bodies have not answered"),
            says=_("Their answer should have come by now. Ask the body, and write down what it says."),
            nothing=_("Every other body has answered in time."),
            needs=Permission.ANSWER_REFERRALS,
            rows=referrals_unanswered,
            order=("answer_by", "pk"),
            case_of=lambda referral: referral.case,
            since=lambda referral: referral.sent_on,
        ),
        Queue(
            code="late-cases",
            label=_("Cases past their day"),
            says=_(
                "Whoever holds the ball should have acted: critical cases at once, others after 3 working"
                " days."
            ),
            nothing=_("Everybody who holds a case acted in time."),
            needs=Permission.SEE_CASES,
            rows=cases_climbed,
            order=("act_by", "pk"),
            case_of=lambda case: case,
            since=lambda case: case.act_by,
            shows_ball=True,
        ),
        Queue(
            code="stuck-cases",
            label=_("Cases late for two weeks"),
            says=_(
                "Whoever holds the ball should have acted: critical cases 5 working days ago, others 10."
                " Restricted cases are not shown."
            ),
            nothing=_("No case of the province is late for two weeks."),
            needs=Permission.SEE_STUCK_CASES,
            rows=cases_stuck,
            order=("act_by", "pk"),
            case_of=lambda case: case,
            since=lambda case: case.act_by,
            shows_ball=True,
            is_named=False,
        ),
        Queue(
            code="idle-cases",
            label=_("Cases without action"),
            says=_("Open cases on which nobody has acted for 14 days or longer."),
            nothing=_("Somebody acted on every open case."),
            needs=Permission.SEE_CASES,
            rows=_idle,
            order=("last_action_on", "pk"),
            case_of=lambda case: case,
            since=lambda case: case.last_action_on,
        ),
        Queue(
            code="returns",
            label=_("Monthly returns to accept"),
            says=_("Villages have submitted them. Accept each, or send it back with a note."),
            nothing=_("Every return is answered."),
            needs=Permission.SEE_RETURNS,
            rows=lambda seat, _today: visible_returns(seat).waiting().select_related("village"),
            order=("submitted_at", "pk"),
            case_of=lambda row: row,
            since=lambda row: timezone.localdate(row.submitted_at),
            title=lambda row: gettext("Return of %(month)s") % {"month": row.period.label},
            opens="reports:return-detail",
        ),
        Queue(
            code="duty-reports",
            label=_("Duty reports to countersign"),
            says=_("Officers made them from their log. The stipend follows from countersigned ones alone."),
            nothing=_("Every duty report is countersigned."),
            needs=Permission.MANAGE_OFFICERS,
            rows=lambda seat, _today: reports_in_list(seat, waiting=True),
            order=("made_at", "pk"),
            case_of=lambda row: row,
            since=lambda row: timezone.localdate(row.made_at),
            title=lambda row: f"{row.officer.full_name}, {row.period.label}",
            opens="pillars:duty-report-detail",
        ),
    )
}


def access_queue(seat: Seat, code: str) -> Queue:
    """The queue of that code, if it has its page here and the seat may open it; or 404."""
    queue = QUEUES.get(code)
    if queue is None or queue.page or not seat.may(queue.needs):
        raise Http404
    return queue


def waiting(queue: Queue, row: Any, seat: Seat, today: date) -> Waiting:
    """One row of the queue as a line of its page."""
    case, since = queue.case_of(row), queue.since(row)
    return Waiting(
        title=_title(queue, case),
        village=str(row.village),
        href=reverse(queue.opens, args=[case.pk]) if queue.is_named else "",
        since=since,
        days=(today - since).days,
        ball=ball_of(case, first_referrals([case])[case.pk], seat) if queue.shows_ball else None,
    )


def _title(queue: Queue, case: Any) -> str:
    if queue.title is not None:
        return queue.title(case)
    return title_of(case) if queue.is_named else f"{case.number}: {case.get_type_display()}"


@dataclass(frozen=True)
class QueueLine:
    """A queue on a dashboard: how many wait, the oldest of them, how long."""

    count: int
    label: str | Promise
    hint: str
    href: str
    tag: str
    tag_words: str
    days: int


def queue_line(queue: Queue, seat: Seat, today: date) -> QueueLine:
    """The queue as a line of a dashboard. One query: its oldest row, and beside it how many there are."""
    rows = queue.rows(seat, today).order_by(*queue.order).prefetch_related(None)
    oldest = rows.annotate(_waiting=Window(Count("*"))).first()
    count = oldest._waiting if oldest else 0
    days = (today - queue.since(oldest)).days if oldest else 0
    hint = str(queue.nothing)
    if oldest:
        about = {"what": _title(queue, queue.case_of(oldest)), "village": str(oldest.village)}
        hint = gettext("Oldest: %(what)s, %(village)s") % about
    return QueueLine(count, queue.label, hint, queue.href, *waits(count, days), days)


def waits(count: int, days: int) -> tuple[str, str]:
    """How urgent a queue looks, and for how long its oldest row has waited."""
    if not count:
        return "done", gettext("None")
    kind = "late" if days >= settings.IDLE_CASE_DAYS else "warn"
    return kind, ngettext("%(days)s day", "%(days)s days", days) % {"days": days}
