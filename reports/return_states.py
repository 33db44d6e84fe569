"""How a monthly return moves: one table for actions, pages and the line of the log. What is not in it is
refused with a sentence of what is missing (`IllegalStep`, answered 409).

Who makes a step is data: the chain of the form (`return_forms`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from migrants.case_states import IllegalStep
from reports.return_forms import ReturnForm
from villages import events
from villages.enums import ReturnStatus
from villages.models import MonthlyReturn

S = ReturnStatus


class Way(StrEnum):
    """What somebody does with a return."""

    SUBMIT = "submit"
    CHECK = "check"
    SEND_BACK = "send_back"
    ACCEPT = "accept"


@dataclass(frozen=True)
class ReturnMove:
    """One allowed step. `link`: the link of the chain whose role makes it."""

    frm: ReturnStatus
    way: Way
    to: ReturnStatus
    link: str
    event: str
    label: str | Promise


MOVES: tuple[ReturnMove, ...] = (
    ReturnMove(S.DRAFT, Way.SUBMIT, S.SUBMITTED, "submit", events.RETURN_SUBMITTED, _("Submitted")),
    ReturnMove(S.RETURNED, Way.SUBMIT, S.SUBMITTED, "submit", events.RETURN_SUBMITTED, _("Submitted again")),
    ReturnMove(S.SUBMITTED, Way.CHECK, S.SUBMITTED, "check", events.RETURN_CHECKED, _("Checked")),
    ReturnMove(S.SUBMITTED, Way.SEND_BACK, S.RETURNED, "accept", events.RETURN_SENT_BACK, _("Sent back")),
    ReturnMove(S.SUBMITTED, Way.ACCEPT, S.ACCEPTED, "accept", events.RETURN_ACCEPTED, _("Accepted")),
)

LINKS = {move.way: move.link for move in MOVES}


def move_of(row: MonthlyReturn, way: str, form: ReturnForm, *, today: date) -> ReturnMove:
    """The step of the table for a return that stands there. Raises `IllegalStep` with what is missing."""
    move = next((move for move in MOVES if (move.frm, move.way) == (row.status, way)), None)
    if move is None:
        raise IllegalStep(
            gettext("This return stands at “%(status)s” now. Look at it again.")
            % {"status": S(row.status).label}
        )
    if missing := missing_for(row, move, form, today=today):
        raise IllegalStep(missing)
    return move


def missing_for(row: MonthlyReturn, move: ReturnMove, form: ReturnForm, *, today: date) -> str:
    """What is missing for the step, as a sentence; "" when nothing is."""
    if form.link(move.link) is None:
        return gettext("Nobody makes this step in this month's form.")
    if move.way == Way.SUBMIT:
        return _unfinished(row, today)
    if move.way == Way.CHECK and row.checked_at is not None:
        return gettext("This return was checked already.")
    check = form.link("check")
    if move.way == Way.ACCEPT and check and check.needed and row.checked_at is None:
        return gettext("The village head has not checked this return yet.")
    return ""


def _unfinished(row: MonthlyReturn, today: date) -> str:
    if today <= row.period.last_day:
        first = date_format(row.period.next().first_day, "j F Y")
        return gettext("This month is not over. Submit the return from %(day)s on.") % {"day": first}
    if not any(text for said in row.words.values() for text in said.values()):
        return gettext("Write at least one obstacle or plan before you submit.")
    return ""


def label_of(frm: str, way: str) -> str:
    """What a step is called in the history of a return."""
    return next((str(move.label) for move in MOVES if (move.frm, move.way) == (frm, way)), way)
