"""What waits for an officer today, and what waits for others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import cast

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from migrants.models import Case, Referral, ServiceVisit, Task
from migrants.queries.cases import ball_of, cases_in_list, first_referrals
from migrants.queries.tasks import tasks_due
from migrants.queries.visits import follow_ups_due
from villages.access import Seat

SOON_DAYS = 7
MOST_SHOWN = 100


class When(StrEnum):
    """The groups of the work list, in their order on the page."""

    OVERDUE = "overdue"
    TODAY = "due-today"
    CASES = "cases"
    SOON = "soon"


_TITLES: dict[When, str | Promise] = {
    When.OVERDUE: gettext_lazy("Overdue"),
    When.TODAY: gettext_lazy("Due today"),
    When.CASES: gettext_lazy("Cases that wait for you"),
    When.SOON: gettext_lazy("The next seven days"),
}


@dataclass(frozen=True)
class Line:
    """One line of a work list. `tag`: how urgent it looks; `due`: what it is sorted by, oldest first;
    `when`: the group it stands in."""

    title: str
    hint: str
    href: str
    tag: str
    tag_words: str
    due: date
    when: When


@dataclass(frozen=True)
class Group:
    """What is to be done at one time, the oldest first."""

    code: str
    label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Work:
    """The officer's work: to do, by when, and waiting for others."""

    groups: tuple[Group, ...]
    elsewhere: tuple[Line, ...]

    @property
    def count(self) -> int:
        """How many lines there are to do."""
        return sum(len(group.lines) for group in self.groups)


def work_of(seat: Seat, today: date) -> Work:
    """Tasks and follow-ups due within a week, open cases whose ball is in the village or which stand still,
    and the cases others have in hand. Four queries, whatever the number of rows."""
    week = today + timedelta(days=SOON_DAYS)
    to_do = [_follow_up(visit, today) for visit in _follow_ups(seat, week)]
    to_do += [_task(task, today) for task in tasks_due(seat, week)[:MOST_SHOWN]]
    elsewhere: list[Line] = []
    open_cases = list(cases_in_list(seat).order_by("last_action_on", "pk")[:MOST_SHOWN])
    referrals = first_referrals(open_cases)
    for case in open_cases:
        line, mine = _case(case, referrals[case.pk], seat, today)
        (to_do if mine else elsewhere).append(line)
    return Work(tuple(_groups(to_do)), tuple(sorted(elsewhere, key=_by_day)))


def _groups(lines: list[Line]) -> Iterable[Group]:
    for when in When:
        inside = tuple(sorted((line for line in lines if line.when == when), key=_by_day))
        if inside:
            yield Group(when.value, str(_TITLES[when]), inside)


def _by_day(line: Line) -> tuple[date, str]:
    return line.due, line.title


def _when(due: date, today: date) -> When:
    if due < today:
        return When.OVERDUE
    return When.TODAY if due == today else When.SOON


def _follow_ups(seat: Seat, week: date) -> Iterable[ServiceVisit]:
    return follow_ups_due(week).visible_to(seat)[:MOST_SHOWN]


def _follow_up(visit: ServiceVisit, today: date) -> Line:
    due = cast(date, visit.follow_up_on)
    who = visit.person.full_name if visit.person else visit.visitor_name or _("a visitor")
    tag, words = _due(due, today)
    topic = visit.get_topic_display()
    given = date_format(visit.visited_on, "j F Y")
    return Line(
        title=_("Follow up with %(who)s") % {"who": who},
        hint=_("%(topic)s, visit of %(day)s") % {"topic": topic, "day": given},
        href=reverse("migrants:visit-detail", args=[visit.pk]),
        tag=tag,
        tag_words=words,
        due=due,
        when=_when(due, today),
    )


def _task(task: Task, today: date) -> Line:
    tag, words = _due(task.due_on, today)
    hidden = task.case is not None and task.case.restricted
    title = _("Task in the restricted case %(number)s") % {"number": task.case.number if task.case else ""}
    return Line(
        title=title if hidden else task.title,
        hint="" if hidden else task.who,
        href=reverse("migrants:task-detail", args=[task.pk]),
        tag=tag,
        tag_words=words,
        due=task.due_on,
        when=_when(task.due_on, today),
    )


def _due(due: date, today: date) -> tuple[str, str]:
    late = (today - due).days
    if late > 0:
        return "late", ngettext("%(days)s day late", "%(days)s days late", late) % {"days": late}
    return ("warn", _("Today")) if late == 0 else ("", f"{due:%d-%m-%Y}")


def _case(case: Case, referrals: list[Referral], seat: Seat, today: date) -> tuple[Line, bool]:
    """The case as a line, and whether it is this village's to do: the ball is here, whoever holds it is
    late, or nobody has moved it for the days of the setting."""
    ball = ball_of(case, referrals, seat)
    still = (today - case.last_action_on).days
    idle = still >= settings.IDLE_CASE_DAYS
    late = ball.is_late or idle
    words = ngettext("%(n)s working day", "%(n)s working days", ball.days) % {"n": ball.days}
    if ball.is_late:
        words = late_words(ball.late)
    elif idle:
        words = ngettext("%(days)s day without action", "%(days)s days without action", still)
        words %= {"days": still}
    line = Line(
        title=title_of(case),
        hint=ball.next if ball.mine else _in_hand(ball.where, ball.since),
        href=reverse("migrants:case-detail", args=[case.pk]),
        tag="late" if late else "now",
        tag_words=words,
        due=ball.act_by or case.last_action_on,
        when=When.OVERDUE if late else When.CASES,
    )
    return line, ball.mine or late


def late_words(days: int) -> str:
    """How late the holder of a case is; a day past but no working day since is late too."""
    return ngettext("%(n)s working day late", "%(n)s working days late", days) % {"n": days}


def title_of(case: Case) -> str:
    """Who and what, or only the number where even the kind of a case gives somebody away."""
    if case.restricted:
        return _("Restricted case %(number)s") % {"number": case.number}
    kind = case.get_type_display()
    return f"{case.subject}: {kind[:1].lower()}{kind[1:]}" if case.subject else kind


def _in_hand(where: str, since: date | None) -> str:
    day = date_format(since, "j F Y") if since else ""
    return _("In the hands of %(where)s since %(day)s") % {"where": where, "day": day}
