"""Reads about cases and referrals.

`cases_open`, `cases_idle` and `referrals_waiting` are querysets of the whole country, restricted cases
included, for counting. Rows for a page must come through the doors (`visible_cases(seat)`,
`visible_referrals(seat)`), which leave restricted ones out for everybody but their handlers and the district
coordinator. A count shown to others must hide small numbers (design.md 7).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Level
from audit.models import Event
from audit.queries import history_of
from migrants.access import visible_cases, visible_referrals, visible_stuck_cases
from migrants.case_clocks import climbed, climbed_to, days_late, unknown_years
from migrants.case_states import FURTHER_REFERRALS, OWNERS, Party, Waiting, holder_of, next_sentence
from migrants.enums import Body, ReferralStatus
from migrants.events import ATTACHMENT_OPENED, CASE_VIEWED, REFERRAL_PRINTED
from migrants.models import Case, CaseEvent, Referral
from migrants.models.cases import CaseQuerySet, ReferralQuerySet
from periods.workdays import working_days_between
from villages.access import Seat
from villages.models import OfficerAssignment

WAITING = (ReferralStatus.SENT, ReferralStatus.RECEIVED)
# By which a list of cases stands.
WAITING_LONGEST = ("last_action_on", "id")  # open cases: on which nobody acted for longest comes first
NEWEST = ("-reported_on", "-id")


def cases_open(*, on: date | None = None) -> CaseQuerySet:
    """Cases somebody still holds: now (None, today or later), or at the end of a past day, by the days of
    report and closing. Restricted ones included."""
    if on is None or on >= timezone.localdate():
        return Case.objects.open()
    return Case.objects.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=on), reported_on__lte=on)


def cases_reported(first: date, last: date) -> CaseQuerySet:
    """Cases reported from the first to the last day, whatever became of them, without those logged by
    mistake.
    """
    return Case.objects.filter(reported_on__gte=first, reported_on__lte=last).exclude(status="cancelled")


def cases_closed(first: date, last: date) -> CaseQuerySet:
    """Cases closed from the first to the last day, without those logged by mistake."""
    return Case.objects.filter(status="closed", closed_on__gte=first, closed_on__lte=last)


def cases_idle(day: date, *, on: date | None = None) -> CaseQuerySet:
    """Open cases on which nobody acted since before that day: now (None, today or later), or as it stood at
    the end of a past day, by the lines of the timeline written by then."""
    if on is None or on >= timezone.localdate():
        return Case.objects.idle_since(day)
    lines = CaseEvent.objects.filter(case=OuterRef("pk"), logged_at__date__lte=on).order_by("-logged_at")
    last = Coalesce(Subquery(lines.values("logged_at__date")[:1]), F("reported_on"))
    idle: CaseQuerySet = cases_open(on=on).alias(_last_action=last).filter(_last_action__lt=day)
    return idle


def referrals_waiting(*, on: date | None = None) -> ReferralQuerySet:
    """Referrals sent or received and not answered, of cases that are with other bodies: now (None, today or
    later), or at the end of a past day, by the days of the referrals and the steps of their cases."""
    if on is None or on >= timezone.localdate():
        return Referral.objects.waiting()
    steps = CaseEvent.objects.filter(case=OuterRef("case"), happened_on__lte=on).exclude(to_status="")
    status = Coalesce(Subquery(steps.order_by("-logged_at").values("to_status")[:1]), F("case__status"))
    waiting = Referral.objects.filter(Q(answered_on__isnull=True) | Q(answered_on__gt=on), sent_on__lte=on)
    away: ReferralQuerySet = waiting.alias(_status=status).filter(_status__in=list(FURTHER_REFERRALS))
    return away


def referrals_for_district(seat: Seat) -> QuerySet[Referral]:
    """Referrals the district office has to answer, the oldest first, with case, person and village."""
    return _waiting(seat).filter(body=Body.DISNAKER)


def referrals_unanswered(seat: Seat, today: date) -> QuerySet[Referral]:
    """Referrals to bodies outside the system whose answer should have come before today, the longest overdue
    first, with case, person and village: the district asks after them."""
    rows = _waiting(seat).exclude(body=Body.DISNAKER).filter(answer_by__lt=today)
    return rows.order_by("answer_by", "id")


def cases_climbed(seat: Seat, today: date) -> QuerySet[Case]:
    """Open cases past the day to act by for so long that the district office sees it (case_clocks), the
    longest overdue first, with person and village. Only those the seat may see."""
    return _late(visible_cases(seat), today, Level.DISTRICT)


def cases_stuck(seat: Seat, today: date) -> QuerySet[Case]:
    """Open cases past the day to act by for so long that the province sees it, the longest overdue first;
    restricted ones are not among them. To be shown without names."""
    return _late(visible_stuck_cases(seat), today, Level.PROVINCE)


def _late(cases: QuerySet[Case], today: date, to: Level) -> QuerySet[Case]:
    rows = cases.filter(climbed(today, to), act_by__isnull=False)
    return rows.select_related("person", "village").prefetch_related("referrals").order_by("act_by", "id")


def referrals_in_list(seat: Seat) -> QuerySet[Referral]:
    """Referrals that wait, the oldest first, with case, person and village: for the district those it has to
    answer, for a village all it has sent. Only those the seat may see."""
    return _waiting(seat) if seat.village_id else referrals_for_district(seat)


def _waiting(seat: Seat) -> QuerySet[Referral]:
    return (
        visible_referrals(seat)
        .filter(status__in=WAITING, case__status__in=list(FURTHER_REFERRALS))
        .select_related("case__person", "village")
        .order_by("sent_on", "id")
    )


def cases_in_list(
    seat: Seat, *, kind: str = "", state: str = "open", mine: bool = False, since: date | None = None
) -> QuerySet[Case]:
    """Cases the seat may see, with person, village and referrals; three queries a page.

    `state`: "open", "closed" or "all"; `kind`: a case type; `mine`: only those whose ball the seat's party
    holds; `since`: only those without an action since before that day.
    """
    rows = visible_cases(seat).select_related("person", "village").prefetch_related("referrals")
    if state == "open":
        rows = rows.open()
    elif state == "closed":
        rows = rows.filter(closed_on__isnull=False)
    if kind:
        rows = rows.filter(type=kind)
    if since is not None:
        rows = rows.filter(last_action_on__lt=since)
    return rows.filter(_held_by(seat)) if mine else rows


def _held_by(seat: Seat) -> Q:
    """What `holder_of` says, as a condition on cases."""
    waiting = Referral.objects.filter(case=OuterRef("pk"), status__in=[*WAITING])
    away = Q(status__in=list(FURTHER_REFERRALS))
    if seat.village_id:
        at_home = Q(status__in=[status for status, owner in OWNERS.items() if owner == Party.VILLAGE])
        return at_home | (away & Q(~Exists(waiting)))
    return away & Q(Exists(waiting.filter(body=Body.DISNAKER)))


@dataclass(frozen=True)
class Ball:
    """Who holds a case, since when, what happens next and by which day.

    `where`: the name of the body or place. `days`: working days it has been there; `used`: those of the
    village in earlier turns. `late`: working days past the day to act by; `climbed`: the highest office that
    sees that, None for none. `unknown_years`: in them only weekends are left out.
    """

    party: Party
    where: str
    since: date | None
    next: str
    mine: bool
    days: int = 0
    used: int = 0
    act_by: date | None = None
    late: int = 0
    is_late: bool = False
    climbed: Level | None = None
    unknown_years: tuple[int, ...] = ()


def ball_of(case: Case, referrals: Iterable[Referral], seat: Seat, events: Iterable[CaseEvent] = ()) -> Ball:
    """Who holds this case. `referrals`: all of it, oldest first. `events`: its timeline, for the day on
    which the ball last changed hands, for cases whose clock was never wound. No query."""
    sent = list(referrals)
    party = holder_of(case.status, [Waiting(r.body, r.status) for r in sent])
    if party == Party.NOBODY:
        return Ball(party, "", None, "", mine=False)
    open_ones = [r for r in sent if r.status in WAITING]
    where, since = str(case.village), case.last_action_on
    if party == Party.REPORTER:
        where = _("the reporter")
    elif party in (Party.DISTRICT, Party.OTHER_BODY) and open_ones:
        where, since = open_ones[-1].office or open_ones[-1].get_body_display(), open_ones[-1].sent_on
    elif party == Party.VILLAGE:
        since = _came_home(case, sent, list(events))
    own = Party.VILLAGE if seat.village_id else Party.DISTRICT
    return _timed(case, Ball(party, where, since, next_sentence(case.status, party), mine=party == own))


def _timed(case: Case, ball: Ball) -> Ball:
    """The ball with what the case's clock says today, at the reader's place."""
    today = timezone.localdate()
    since = case.held_since or ball.since or today
    return replace(
        ball,
        since=since,
        days=working_days_between(since, today),
        used=case.days_used,
        act_by=case.act_by,
        late=days_late(case.act_by, today),
        is_late=case.act_by is not None and case.act_by < today,
        climbed=climbed_to(case.severity, case.act_by, today),
        unknown_years=unknown_years(since, case.act_by),
    )


def _came_home(case: Case, referrals: list[Referral], events: list[CaseEvent]) -> date:
    """The day the ball came to the village: the last answer, or the last step that brought the case here."""
    days = [r.answered_on for r in referrals if r.answered_on]
    days += [
        event.happened_on for event in events if event.to_status and event.from_status in FURTHER_REFERRALS
    ]
    return max(days) if days else case.reported_on


def timeline_of(case: Case) -> QuerySet[CaseEvent]:
    """Every event of a case, the newest first, with who logged it."""
    return CaseEvent.objects.filter(case=case).select_related("logged_by").order_by("-logged_at", "-id")


def referrals_of(case: Case) -> QuerySet[Referral]:
    """Every referral of a case, oldest first, with who received and answered it, and the visit that did."""
    return (
        Referral.objects.filter(case=case)
        .select_related("received_by", "answered_by", "sent_by", "district", "answer_visit")
        .order_by("sent_at", "id")
    )


def handlers_of(case: Case) -> QuerySet[User]:
    """Who handles a case, by name."""
    return User.objects.filter(pk__in=case.handlers.values("user")).order_by("full_name")


def readers_of(case: Case) -> QuerySet[Event]:
    """The last twenty times somebody opened a case, its slip or one of its files, as the log has them."""
    seen = [CASE_VIEWED, REFERRAL_PRINTED, ATTACHMENT_OPENED]
    return history_of("migrants.case", str(case.pk)).filter(name__in=seen)[:20]


def officers_of(village_code: str, *, on: date) -> QuerySet[User]:
    """The officers who serve in a village on a day, by name."""
    serving = OfficerAssignment.objects.serving_on(on).filter(village=village_code)
    return User.objects.filter(pk__in=serving.values("user")).order_by("full_name")


def cases_of_person(seat: Seat, person: UUID) -> QuerySet[Case]:
    """The cases about a person that the seat may see, the newest first."""
    return visible_cases(seat).filter(person=person).order_by("-reported_on", "-id")


def first_referrals(cases: Iterable[Case]) -> dict[UUID, list[Referral]]:
    """The referrals of listed cases (`cases_in_list` fetched them), oldest first. No query."""
    return {case.pk: sorted(case.referrals.all(), key=lambda r: (r.sent_at, r.pk)) for case in cases}


@dataclass(frozen=True)
class Listed:
    """A case as a list shows it: with its ball."""

    case: Case
    ball: Ball


def listed_with_balls(cases: Iterable[Case], seat: Seat) -> list[Listed]:
    """The cases of a page of `cases_in_list`, each with its ball. No query."""
    rows = list(cases)
    referrals = first_referrals(rows)
    return [Listed(case, ball_of(case, referrals[case.pk], seat)) for case in rows]
