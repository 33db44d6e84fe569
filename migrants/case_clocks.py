"""How long whoever holds a case has to act, and who sees it when that time is over (issue 3, section 3).

The limits are data (`data/case_clocks.csv`): working days by urgency and holder, valid from a day, with their
source. The village's time runs only while the village holds the ball: it stands still while the reporter, the
district or another body does, and goes on when the ball comes back. The time of a district or another body
begins with each referral. Papers are waited for thirty calendar days (BP2MI Reg. 6/2024 art. 30).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Protocol

from django.db.models import Q

from accounts.roles import Level
from migrants.case_states import Party, Waiting, holder_of
from migrants.enums import Body, ReferralStatus, Severity
from migrants.vocabulary import rows_of
from periods.workdays import add_working_days, working_days_between, years_without_holidays

PAPERS_DAYS = 30  # calendar days; BP2MI Reg. 6/2024 art. 30
# Who sees a breach, besides the holder: which office after how many working days, by urgency.
CLIMBS_AFTER: dict[Level, dict[Severity, int]] = {
    Level.DISTRICT: {Severity.CRITICAL: 0, Severity.HIGH: 3, Severity.MEDIUM: 3, Severity.LOW: 3},
    Level.PROVINCE: {Severity.CRITICAL: 5, Severity.HIGH: 10, Severity.MEDIUM: 10, Severity.LOW: 10},
}


class Wound(Protocol):
    """What of a case the clock reads and writes."""

    status: str
    severity: str
    holder: str
    held_since: date | None
    act_by: date | None
    days_used: int


@dataclass(frozen=True)
class Limit:
    """So many working days for a holder, from a day on."""

    valid_from: date
    severity: str
    holder: str
    days: int


@cache
def limits() -> tuple[Limit, ...]:
    """Every limit of the list, the newest rules first."""
    lines = [
        Limit(
            date.fromisoformat(line["valid_from"]),
            line["severity"],
            line["holder"],
            int(line["working_days"]),
        )
        for line in rows_of("case_clocks.csv")
    ]
    return tuple(sorted(lines, key=lambda line: line.valid_from, reverse=True))


def limit_of(severity: str, holder: str, on: date) -> int:
    """Working days that holder has, by the rules of that day; before the first rules the first ones count."""
    fitting = [line for line in limits() if (line.severity, line.holder) == (severity, holder)]
    return next((line.days for line in fitting if line.valid_from <= on), fitting[-1].days)


def answer_day(severity: str, body: str, sent_on: date) -> date:
    """The day by which a body has to answer a referral sent on that day."""
    holder = Party.DISTRICT if body == Body.DISNAKER else Party.OTHER_BODY
    return add_working_days(sent_on, limit_of(severity, holder, sent_on))


def wind(case: Wound, referrals: Iterable[Waiting], on: date) -> None:
    """The case says who holds it now, since when, and by which day they have to act.

    `referrals`: all of the case as they stand after the change, oldest first. `on`: the day of the change.
    While the same party goes on holding the ball nothing changes, unless another body was asked besides or
    the urgency was changed. Changes the row in hand; does not save it.
    """
    sent = list(referrals)
    before, now = case.holder, holder_of(case.status, sent)
    if now == Party.NOBODY:
        case.holder, case.held_since, case.act_by = "", None, None
        return
    if before != now:
        started = case.held_since or on
        on = max(on, started)
        if before == Party.VILLAGE:
            case.days_used += working_days_between(started, on)
        case.holder, case.held_since = now, on
    case.act_by = _act_by(case, sent)


def _act_by(case: Wound, referrals: list[Waiting]) -> date:
    since = case.held_since
    assert since is not None
    if case.holder == Party.REPORTER:
        return since + timedelta(days=PAPERS_DAYS)
    if case.holder == Party.VILLAGE:
        left = limit_of(case.severity, Party.VILLAGE, since) - case.days_used
        return add_working_days(since, max(left, 1))  # whoever gets the ball back has a day at least
    waiting = [r for r in referrals if r.status in (ReferralStatus.SENT, ReferralStatus.RECEIVED)]
    return answer_day(case.severity, waiting[-1].body, waiting[-1].sent_on or since)


def restart(case: Wound) -> None:
    """A case that is opened again has its whole time anew."""
    case.days_used, case.holder, case.held_since = 0, "", None


def days_late(act_by: date | None, today: date) -> int:
    """Working days since the day by which the holder had to act; 0 while there is time."""
    return working_days_between(act_by, today) if act_by else 0


def climbed(today: date, to: Level) -> Q:
    """Cases whose breach that office sees today, by `CLIMBS_AFTER`, as a condition on cases."""
    condition = Q(pk__in=[])
    for severity, days in CLIMBS_AFTER[to].items():
        condition |= Q(severity=severity, act_by__lt=add_working_days(today, -days))
    return condition


def climbed_to(severity: str, act_by: date | None, today: date) -> Level | None:
    """The highest office that sees this breach today, None for none: `climbed` for one case."""
    seen_by = None
    for level, days in CLIMBS_AFTER.items():
        if act_by is not None and act_by < add_working_days(today, -days[Severity(severity)]):
            seen_by = level
    return seen_by


def unknown_years(since: date | None, act_by: date | None) -> tuple[int, ...]:
    """The years this clock runs through whose holidays are not known: only weekends are left out there."""
    return years_without_holidays(since, act_by) if since and act_by else ()
