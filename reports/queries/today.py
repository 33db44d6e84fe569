"""What waits for an officer today, and what waits for others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from migrants.models import Case, Referral, ServiceVisit
from migrants.queries.cases import ball_of, cases_in_list, first_referrals
from migrants.queries.visits import follow_ups_due
from villages.access import Seat

SOON_DAYS = 7
MOST_SHOWN = 100


@dataclass(frozen=True)
class Task:
    """One line of a work list. `tag`: how urgent it looks; `due`: what it is sorted by, oldest first."""

    title: str
    hint: str
    href: str
    tag: str
    tag_words: str
    due: date


@dataclass(frozen=True)
class Work:
    """The officer's work: to do, and waiting for others."""

    to_do: tuple[Task, ...]
    elsewhere: tuple[Task, ...]


def work_of(seat: Seat, today: date) -> Work:
    """Follow-ups due within a week, open cases whose ball is in the village or which stand still, and the
    cases others have in hand. Three queries, whatever the number of rows."""
    to_do = [_follow_up(visit, today) for visit in _follow_ups(seat, today)]
    elsewhere: list[Task] = []
    open_cases = list(cases_in_list(seat).order_by("last_action_on", "pk")[:MOST_SHOWN])
    referrals = first_referrals(open_cases)
    for case in open_cases:
        task, mine = _case(case, referrals[case.pk], seat, today)
        (to_do if mine else elsewhere).append(task)
    return Work(tuple(sorted(to_do, key=_by_day)), tuple(sorted(elsewhere, key=_by_day)))


def _by_day(task: Task) -> tuple[date, str]:
    return task.due, task.title


def _follow_ups(seat: Seat, today: date) -> Iterable[ServiceVisit]:
    return follow_ups_due(today + timedelta(days=SOON_DAYS)).visible_to(seat)[:MOST_SHOWN]


def _follow_up(visit: ServiceVisit, today: date) -> Task:
    due = cast(date, visit.follow_up_on)
    who = visit.person.full_name if visit.person else visit.visitor_name or _("a visitor")
    tag, words = _due(due, today)
    topic = visit.get_topic_display()
    given = date_format(visit.visited_on, "j F Y")
    return Task(
        title=_("Follow up with %(who)s") % {"who": who},
        hint=_("%(topic)s, visit of %(day)s") % {"topic": topic, "day": given},
        href=reverse("migrants:visit-detail", args=[visit.pk]),
        tag=tag,
        tag_words=words,
        due=due,
    )


def _due(due: date, today: date) -> tuple[str, str]:
    late = (today - due).days
    if late > 0:
        return "late", ngettext("%(days)s day late", "%(days)s days late", late) % {"days": late}
    return ("warn", _("Today")) if late == 0 else ("", f"{due:%d-%m-%Y}")


def _case(case: Case, referrals: list[Referral], seat: Seat, today: date) -> tuple[Task, bool]:
    """The case as a task, and whether it is this village's to do: the ball is here, or nobody has moved it
    for the days of the setting."""
    ball = ball_of(case, referrals, seat)
    still = (today - case.last_action_on).days
    idle = still >= settings.IDLE_CASE_DAYS
    words = ngettext("%(days)s day", "%(days)s days", still)
    if idle:
        words = ngettext("%(days)s day without action", "%(days)s days without action", still)
    hint = ball.next if ball.mine else _in_hand(ball.where, ball.since)
    task = Task(
        title=title_of(case),
        hint=hint,
        href=reverse("migrants:case-detail", args=[case.pk]),
        tag="late" if idle else "now",
        tag_words=words % {"days": still},
        due=case.last_action_on,
    )
    return task, ball.mine or idle


def title_of(case: Case) -> str:
    """Who and what, or only the number where even the kind of a case gives somebody away."""
    if case.restricted:
        return _("Restricted case %(number)s") % {"number": case.number}
    kind = case.get_type_display()
    return f"{case.subject}: {kind[:1].lower()}{kind[1:]}" if case.subject else kind


def _in_hand(where: str, since: date | None) -> str:
    day = date_format(since, "j F Y") if since else ""
    return _("In the hands of %(where)s since %(day)s") % {"where": where, "day": day}
