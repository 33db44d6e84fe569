"""How a case moves: one table (domain.md 2.7), used by actions, forms, pages, the API and the diagram in
docs.

Each step says who may make it, what it asks for, and which audit event it leaves. Each state has an owner:
the party that holds the ball. A waiting or answered referral moves the ball without moving the case; that is
`holder_of` below. What is not in the table is refused with a sentence (`IllegalStep`, answered 409).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.rules import Untimely
from migrants import events
from migrants.enums import OPEN_STATUSES, Body, CaseEventKind, CaseStatus, ReferralStatus

S = CaseStatus


class Party(StrEnum):
    """Who can hold the ball or make a step."""

    VILLAGE = "village"
    DISTRICT = "district"
    REPORTER = "reporter"
    OTHER_BODY = "other_body"
    NOBODY = "nobody"


class Way(StrEnum):
    """By which action, and so on which page, a step is made."""

    MOVE = "move"
    REFER = "refer"
    ANSWER = "answer"
    CLOSE = "close"
    REOPEN = "reopen"


@dataclass(frozen=True)
class CaseStep:
    """One allowed change of status. `label` is the words on the button."""

    frm: CaseStatus
    to: CaseStatus
    label: str | Promise
    by: frozenset[Party]
    event: str = events.CASE_MOVED
    kind: CaseEventKind = CaseEventKind.STATUS
    way: Way = Way.MOVE
    needs_words: bool = False


class IllegalStep(Untimely):
    """The table has no such step. `sentence` says what is missing or what is possible instead."""


_VILLAGE = frozenset({Party.VILLAGE})
_BOTH = frozenset({Party.VILLAGE, Party.DISTRICT})


def _close(frm: CaseStatus) -> CaseStep:
    return CaseStep(
        frm, S.CLOSED, _("Close the case"), _VILLAGE, events.CASE_CLOSED, CaseEventKind.CLOSED, Way.CLOSE
    )


def _reopen(frm: CaseStatus) -> CaseStep:
    return CaseStep(
        frm,
        S.HANDLING,
        _("Open the case again"),
        _VILLAGE,
        events.CASE_REOPENED,
        CaseEventKind.REOPENED,
        Way.REOPEN,
        needs_words=True,
    )


def _refer(frm: CaseStatus) -> CaseStep:
    return CaseStep(
        frm,
        S.REFERRED,
        _("Refer to another body"),
        _VILLAGE,
        events.CASE_REFERRED,
        CaseEventKind.REFERRED,
        Way.REFER,
    )


# domain.md 2.7. "reopened" there is a step, not a state: the case is handled by the village again.
STEPS: tuple[CaseStep, ...] = (
    CaseStep(S.NEW, S.VERIFYING, _("Check the data"), _VILLAGE),
    CaseStep(S.NEW, S.CANCELLED, _("Cancel: logged by mistake"), _VILLAGE, needs_words=True),
    CaseStep(S.VERIFYING, S.HANDLING, _("Handle in the village"), _VILLAGE),
    _refer(S.VERIFYING),
    CaseStep(S.VERIFYING, S.WAITING_DATA, _("Wait for papers"), _VILLAGE),
    CaseStep(S.WAITING_DATA, S.VERIFYING, _("Papers have come: check again"), _VILLAGE),
    _close(S.WAITING_DATA),
    _refer(S.HANDLING),
    CaseStep(S.HANDLING, S.RESOLVED, _("Mark as solved"), _VILLAGE, needs_words=True),
    CaseStep(
        S.REFERRED,
        S.IN_PROGRESS_EXTERNAL,
        _("The body has taken the case"),
        _BOTH,
        events.REFERRAL_RECEIVED,
        CaseEventKind.REFERRAL_RECEIVED,
        Way.ANSWER,
    ),
    CaseStep(S.REFERRED, S.RESOLVED, _("Mark as solved"), _VILLAGE, needs_words=True),
    CaseStep(S.IN_PROGRESS_EXTERNAL, S.RESOLVED, _("Mark as solved"), _VILLAGE, needs_words=True),
    _close(S.IN_PROGRESS_EXTERNAL),
    _close(S.RESOLVED),
    _reopen(S.RESOLVED),
    _reopen(S.CLOSED),
)

_BY_PAIR = {(step.frm, step.to): step for step in STEPS}

# Who holds the ball when no referral says otherwise.
OWNERS: dict[CaseStatus, Party] = {
    S.NEW: Party.VILLAGE,
    S.VERIFYING: Party.VILLAGE,
    S.WAITING_DATA: Party.REPORTER,
    S.HANDLING: Party.VILLAGE,
    S.REFERRED: Party.OTHER_BODY,
    S.IN_PROGRESS_EXTERNAL: Party.OTHER_BODY,
    S.RESOLVED: Party.VILLAGE,
    S.CLOSED: Party.NOBODY,
    S.CANCELLED: Party.NOBODY,
}

# A further body may be asked in these states; the case stays where it is.
FURTHER_REFERRALS = frozenset({S.REFERRED, S.IN_PROGRESS_EXTERNAL})

# What happens next, in the words of the page; for whoever holds the ball.
_NEXT: dict[tuple[CaseStatus, Party], str | Promise] = {
    (S.NEW, Party.VILLAGE): _("Next: check what was told, then start."),
    (S.VERIFYING, Party.VILLAGE): _("Next: handle it in the village, refer it, or wait for papers."),
    (S.WAITING_DATA, Party.REPORTER): _("Next: remind the reporter of the missing papers."),
    (S.HANDLING, Party.VILLAGE): _("Next: solve it in the village, or refer it."),
    (S.REFERRED, Party.DISTRICT): _("Next: the district office receives and answers the referral."),
    (S.REFERRED, Party.OTHER_BODY): _("Next: ask the body for an answer and write it down here."),
    (S.REFERRED, Party.VILLAGE): _("Next: read the answer, tell the family, refer again or solve it."),
    (S.IN_PROGRESS_EXTERNAL, Party.DISTRICT): _("Next: the district office answers the referral."),
    (S.IN_PROGRESS_EXTERNAL, Party.OTHER_BODY): _("Next: ask the body for an answer and write it down here."),
    (S.IN_PROGRESS_EXTERNAL, Party.VILLAGE): _("Next: tell the family the answer, then mark it solved."),
    (S.RESOLVED, Party.VILLAGE): _("Next: close the case, or open it again."),
}


def steps_from(status: str) -> tuple[CaseStep, ...]:
    """Every step a case of this status may take, in the order of the table."""
    return tuple(step for step in STEPS if step.frm == status)


def step_between(frm: str, to: str) -> CaseStep:
    """The step of the table. Raises `IllegalStep` with the steps that are possible."""
    step = _BY_PAIR.get((CaseStatus(frm), CaseStatus(to)))
    if step is None:
        raise IllegalStep(_refusal(CaseStatus(frm), CaseStatus(to)))
    return step


def _refusal(frm: CaseStatus, to: CaseStatus) -> str:
    if frm == to:
        return gettext("The case already has the status “%(status)s”.") % {"status": frm.label}
    possible = ", ".join(f"“{step.to.label}”" for step in steps_from(frm))
    if not possible:
        return gettext("A case with the status “%(status)s” takes no further step.") % {"status": frm.label}
    return gettext("From “%(frm)s” a case cannot go to “%(to)s”. Possible: %(possible)s.") % {
        "frm": frm.label,
        "to": to.label,
        "possible": possible,
    }


@dataclass(frozen=True)
class Waiting:
    """What the ball needs to know of a referral."""

    body: str
    status: str
    sent_on: date | None = None


def holder_of(status: str, referrals: Iterable[Waiting]) -> Party:
    """Who holds the ball: exactly one party. `referrals`: all of the case, oldest first.

    While another body works, the newest unanswered referral says which; when all are answered or rejected the
    ball is back in the village.
    """
    state = CaseStatus(status)
    if state not in FURTHER_REFERRALS:
        return OWNERS[state]
    waiting = [r for r in referrals if r.status in (ReferralStatus.SENT, ReferralStatus.RECEIVED)]
    if not waiting:
        return Party.VILLAGE
    return Party.DISTRICT if waiting[-1].body == Body.DISNAKER else Party.OTHER_BODY


def next_sentence(status: str, holder: Party) -> str:
    """What happens next, for the page; "" for a case that is over."""
    return str(_NEXT.get((CaseStatus(status), holder), ""))


def is_open(status: str) -> bool:
    """Whether somebody still holds the ball."""
    return status in OPEN_STATUSES
