"""Invented cases: each walks a way through the table of steps, and leaves its timeline and referrals."""

from __future__ import annotations

from datetime import date, timedelta

from accounts.models import User
from migrants.case_clocks import answer_day, restart, wind
from migrants.case_states import FURTHER_REFERRALS, Waiting, step_between
from migrants.enums import (
    DEFAULT_SEVERITY,
    RESTRICTED_TYPES,
    Body,
    CaseEventKind,
    CaseStatus,
    CaseType,
    Category,
    Channel,
    CloseReason,
    ReferralStatus,
    Reporter,
    Severity,
    Sex,
)
from migrants.models import Case, CaseEvent, CaseHandler, Referral
from migrants.references import case_number
from reports.practice import stories
from reports.practice.names import full_name
from reports.practice.people import Resident
from reports.practice.scenes import Scene

S, K = CaseStatus, CaseEventKind

# Each way is what was done, in order, one day or more apart. `refer` names the body, `close` the reason.
WAYS: dict[str, tuple[str, ...]] = {
    "new": (),
    "verifying": ("verify",),
    "waiting": ("verify", "wait"),
    "handling": ("verify", "handle", "note"),
    "sent": ("verify", "note", "refer:disnaker"),
    "received": ("verify", "handle", "refer:disnaker", "receive"),
    "outside": ("verify", "refer:bp3mi", "receive", "note"),
    "answered": ("verify", "refer:disnaker", "receive", "answer"),
    "further": ("verify", "refer:disnaker", "reject", "refer:bp3mi"),
    "resolved": ("verify", "handle", "note", "resolve"),
    "reopened": ("verify", "handle", "resolve", "close:solved", "reopen"),
    "solved": ("verify", "handle", "note", "resolve", "close:solved"),
    "solved by district": (
        "verify",
        "refer:disnaker",
        "receive",
        "note",
        "answer",
        "resolve",
        "close:solved",
    ),
    "solved abroad": (
        "verify",
        "handle",
        "refer:bp3mi",
        "receive",
        "answer",
        "refer:kbri",
        "answer",
        "resolve",
        "close:solved",
    ),
    "incomplete": ("verify", "wait", "close:incomplete_30d"),
    "unsolvable": ("verify", "refer:kbri", "receive", "answer", "close:unsolvable_6m"),
    "handed over": ("verify", "refer:bp3mi", "receive", "answer", "close:handed_over"),
    "cancelled": ("cancel",),
}
_OVER = {
    "solved": 8,
    "solved by district": 6,
    "solved abroad": 3,
    "incomplete": 2,
    "unsolvable": 1,
    "handed over": 2,
    "cancelled": 1,
}
_TYPES = {
    CaseType.UNPAID_WAGE: 6,
    CaseType.WANTS_RETURN: 5,
    CaseType.OVERCHARGING: 4,
    CaseType.FAILED_DEPARTURE: 4,
    CaseType.JOB_FRAUD: 3,
    CaseType.DOCUMENT_WITHHELD: 3,
    CaseType.SICK: 2,
    CaseType.CONTRACT_MISMATCH: 2,
    CaseType.REMITTANCE_FAMILY: 2,
    CaseType.SOCIAL_SECURITY_CLAIM: 2,
    CaseType.DEPORTED: 2,
    CaseType.LOST_CONTACT: 1,
    CaseType.OVERSTAY: 1,
    CaseType.ACCIDENT: 1,
    CaseType.TRAFFICKING_SUSPECTED: 1,
}
_REPORTERS = {
    Reporter.SELF: 4,
    Reporter.SPOUSE: 4,
    Reporter.PARENT: 3,
    Reporter.RELATIVE: 1,
    Reporter.NEIGHBOUR: 1,
    Reporter.ANONYMOUS: 0.5,
}
_CHANNELS = {Channel.WALK_IN: 5, Channel.WHATSAPP: 3, Channel.HOME_VISIT: 2, Channel.PHONE: 1}
_BEFORE_LEAVING = {CaseType.FAILED_DEPARTURE, CaseType.JOB_FRAUD}
_AT_HOME = {CaseType.DEPORTED, CaseType.MENTAL_HEALTH}
_MONEY = {CaseType.UNPAID_WAGE, CaseType.OVERCHARGING, CaseType.FAILED_DEPARTURE, CaseType.JOB_FRAUD}
# A protected case goes to the police or to the protection unit, whatever the way says.
_PROTECTED_BODIES = {
    CaseType.TRAFFICKING_SUSPECTED: Body.POLICE,
    CaseType.SEXUAL_VIOLENCE: Body.UPTD_PPA,
    CaseType.CHILD_NEGLECT: Body.UPTD_PPA,
}


def add_cases(scene: Scene, residents: list[Resident]) -> None:
    """Log the cases of the plan: the open ones as old as it says, those that are over at any time."""
    for way, kind, idle in scene.plan.open_cases:
        _Walk(scene, residents, WAYS[way], kind, scene.ago(idle)).log()
    for _one in range(scene.plan.over_cases):
        way = scene.chance.weighted(_OVER)
        room = min(scene.first + timedelta(days=100), scene.last)
        end = scene.chance.later_day(room, max(room, scene.last - timedelta(days=1)))
        _Walk(scene, residents, WAYS[way], scene.chance.weighted(_TYPES), end).log()


class _Walk:
    """One case on its way: the row as it stands, and the clock of its timeline."""

    def __init__(
        self, scene: Scene, residents: list[Resident], way: tuple[str, ...], kind: str, end: date
    ) -> None:
        self.scene = scene
        self.chance = scene.chance
        self.way = way
        self.kind = kind
        self.referrals: list[Referral] = []
        self.days = self._days(end)
        self.case = self._open(residents)

    def log(self) -> None:
        for doing, day in zip(self.way, self.days[1:], strict=True):
            what, _colon, word = doing.partition(":")
            getattr(self, f"_{what}")(day, word)
            wind(self.case, [Waiting(r.body, r.status, r.sent_on) for r in self.referrals], day)

    def _days(self, end: date) -> list[date]:
        """The day of the report and of each doing, ending on `end`; never before the village began."""
        days = [end]
        for _doing in self.way:
            days.append(max(days[-1] - timedelta(days=self.chance.number(1, 9)), self.scene.first))
        return days[::-1]

    # --- the case itself ---------------------------------------------------------------------------------

    def _open(self, residents: list[Resident]) -> Case:
        scene, chance, day = self.scene, self.chance, self.days[0]
        self.at, by = chance.moment(day), scene.officer(day)
        key = chance.key(self.at)
        resident = self._subject(residents, day)
        reporter = chance.weighted(_REPORTERS)
        named = reporter not in {Reporter.SELF, Reporter.ANONYMOUS}
        journey = resident.journeys[-1] if resident and resident.journeys else None
        case = Case(
            pk=key,
            village=scene.village,
            number=case_number(day, key),
            person=resident.person if resident else None,
            subject_name="" if resident else self._somebody(),
            type=self.kind,
            severity=chance.weighted({DEFAULT_SEVERITY[self.kind]: 5, Severity.MEDIUM: 1}),
            restricted=self.kind in RESTRICTED_TYPES,
            reporter=reporter,
            reporter_name=self._somebody() if named else "",
            reporter_phone=f"+62810{chance.number(10_000_000, 99_999_999)}" if named else "",
            channel=chance.weighted(_CHANNELS),
            reported_on=day,
            incident_on=day - timedelta(days=chance.number(3, 90)) if chance.happens(0.7) else None,
            country=journey.destination if journey else "",
            employer=journey.employer if journey else "",
            agency=journey.agency if journey else "",
            last_action_on=day,
            opened_by=by,
            opened_at=self.at,
        )
        case.narrative = chance.pick(stories.TOLD[self.kind])
        scene.book.add(case)
        scene.book.add(CaseHandler(pk=chance.key(self.at), case=case, user=by, added_at=self.at))
        self.handler = by
        self.case = case
        self._event(K.OPENED, day, by, to=S.NEW)
        wind(case, [], day)
        return case

    def _subject(self, residents: list[Resident], day: date) -> Resident | None:
        """Somebody the village knew by then and to whom this may happen; None: not registered."""
        standing = Category.ACTIVE
        if self.kind in _BEFORE_LEAVING:
            standing = Category.PROSPECTIVE
        elif self.kind in _AT_HOME:
            standing = Category.RETURNED
        fitting = [one for one in residents if one.since <= day and one.person.category == standing]
        return self.chance.pick(fitting) if fitting and self.chance.happens(0.85) else None

    def _somebody(self) -> str:
        return full_name(self.scene.plan.region, self.chance.pick(list(Sex)), self.chance)

    def _by(self, day: date) -> User:
        """Who writes for the village; a restricted case only its handler, as long as they serve."""
        serving = [term.user for term in self.scene.officers if term.starts_on <= day <= term.ends_on]
        if self.case.restricted and self.handler in serving:
            return self.handler
        return self.chance.pick(serving)

    def _event(
        self, kind: CaseEventKind, day: date, by: User, *, frm: str = "", to: str = "", text: str = ""
    ) -> None:
        self.at = max(self.chance.moment(day), self.at + timedelta(seconds=1))
        event = CaseEvent(
            pk=self.chance.key(self.at),
            case=self.case,
            kind=kind,
            from_status=frm,
            to_status=to,
            happened_on=day,
            logged_by=by,
            logged_at=self.at,
        )
        event.text = text
        self.scene.book.add(event)
        self.case.last_action_on = day

    def _step(self, to: CaseStatus, day: date, by: User | None = None, text: str = "") -> None:
        """A step of the table, as the actions take it."""
        case = self.case
        step = step_between(case.status, to)
        frm, case.status = case.status, to
        case.version += 1
        self._event(step.kind, day, by or self._by(day), frm=frm, to=to, text=text)

    # --- what a way is made of; each takes the day and the word after the colon --------------------------

    def _verify(self, day: date, _word: str) -> None:
        self._step(S.VERIFYING, day)

    def _wait(self, day: date, _word: str) -> None:
        self._step(S.WAITING_DATA, day, text=stories.WAITING)

    def _handle(self, day: date, _word: str) -> None:
        self._step(S.HANDLING, day, text=stories.HANDLED)

    def _note(self, day: date, _word: str) -> None:
        self._event(K.NOTE, day, self._by(day), text=self.chance.pick(stories.NOTES))

    def _resolve(self, day: date, _word: str) -> None:
        self._step(S.RESOLVED, day, text=self.chance.pick(stories.SOLVED))

    def _cancel(self, day: date, _word: str) -> None:
        self.case.closed_on = day
        self._step(S.CANCELLED, day, text=stories.CANCELLED)

    def _close(self, day: date, word: str) -> None:
        case, result = self.case, stories.RESULTS[word]
        case.closed_on, case.close_reason, case.result = day, word, result
        if case.type in _MONEY and word == CloseReason.SOLVED:
            case.recovered_rupiah = self.chance.number(8, 120) * 250_000
        self._step(S.CLOSED, day, text=result)

    def _reopen(self, day: date, _word: str) -> None:
        case = self.case
        case.closed_on, case.close_reason, case.result, case.recovered_rupiah = None, "", "", None
        restart(case)
        self._step(S.HANDLING, day, text=stories.REOPENED)

    def _refer(self, day: date, word: str) -> None:
        body = _PROTECTED_BODIES.get(CaseType(self.kind), Body(word))
        request, by = stories.REQUESTS[body], self._by(day)
        if self.case.status in FURTHER_REFERRALS:
            self._event(K.REFERRED, day, by, text=request)
        else:
            self._step(S.REFERRED, day, by, request)
        referral = Referral(
            pk=self.chance.key(self.at),
            village=self.scene.village,
            case=self.case,
            body=body,
            office=stories.OFFICES.get(body, ""),
            letter_number=f"560/{self.chance.number(10, 390)}/{day:%m/%Y}"
            if self.chance.happens(0.6)
            else "",
            sent_on=day,
            answer_by=answer_day(self.case.severity, body, day),
            sent_by=by,
            sent_at=self.at,
        )
        referral.request = request
        self.scene.book.add(referral)
        self.referrals.append(referral)

    def _receive(self, day: date, _word: str) -> None:
        referral = self.referrals[-1]
        by = self._answering(referral, day)
        referral.status, referral.received_on, referral.received_by = ReferralStatus.RECEIVED, day, by
        if self.case.status == S.REFERRED:
            self._step(S.IN_PROGRESS_EXTERNAL, day, by)
        else:
            self._event(K.REFERRAL_RECEIVED, day, by)

    def _answer(self, day: date, _word: str) -> None:
        referral = self.referrals[-1]
        if referral.status == ReferralStatus.SENT:
            self._receive(day, "")
        by = self._answering(referral, day)
        referral.status, referral.answered_on, referral.answered_by = ReferralStatus.ANSWERED, day, by
        referral.answer = stories.ANSWERS[referral.body]
        self._event(K.REFERRAL_ANSWERED, day, by, text=referral.answer)

    def _reject(self, day: date, _word: str) -> None:
        referral = self.referrals[-1]
        by = self._answering(referral, day)
        referral.status, referral.answered_on, referral.answered_by = ReferralStatus.REJECTED, day, by
        referral.answer = stories.REJECTED
        self._event(K.REFERRAL_REJECTED, day, by, text=stories.REJECTED)

    def _answering(self, referral: Referral, day: date) -> User:
        """Disnaker answers inside the system; what others answer the village writes down."""
        return self.scene.coordinator if referral.body == Body.DISNAKER else self._by(day)
