"""How a business moves: one table for action, form and page. What is not in it is refused."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from migrants.case_states import IllegalStep
from pillars.enums import BusinessStatus

S = BusinessStatus


@dataclass(frozen=True)
class BusinessMove:
    """One allowed change of status. `label` is the words of the choice; `stops`: it asks why."""

    frm: BusinessStatus
    to: BusinessStatus
    label: str | Promise
    stops: bool = True


MOVES: tuple[BusinessMove, ...] = (
    BusinessMove(S.ALIVE, S.PAUSED, _("It pauses")),
    BusinessMove(S.ALIVE, S.CLOSED, _("It closes for good")),
    BusinessMove(S.PAUSED, S.ALIVE, _("It runs again"), stops=False),
    BusinessMove(S.PAUSED, S.CLOSED, _("It closes for good")),
)


def moves_from(status: str) -> list[BusinessMove]:
    """What may become of a business that stands there; nothing of a closed one."""
    return [move for move in MOVES if move.frm == status]


def check_move(frm: str, to: str) -> BusinessMove:
    """The move from one status to the other. Raises `IllegalStep` for one that is not in the table."""
    for move in MOVES:
        if (move.frm, move.to) == (frm, to):
            return move
    raise IllegalStep(
        gettext("This business stands at “%(status)s” now. Look at it again.")
        % {"status": BusinessStatus(frm).label}
    )
