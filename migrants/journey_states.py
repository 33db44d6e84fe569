"""How a journey moves: one table, used by the forms, the actions and the pages.

A step forward is what happened; a step back corrects a wrong entry and needs a reason. The table is the whole
truth: what is not in it is refused.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from migrants.case_states import IllegalStep
from migrants.enums import Category, MigrationStatus

S = MigrationStatus


@dataclass(frozen=True)
class JourneyStep:
    """From one status to the next. `sets` is the date field that the day of the step fills, if any; `clears`
    are the date fields a correction empties."""

    frm: MigrationStatus
    to: MigrationStatus
    label: str | Promise
    sets: str = ""
    clears: tuple[str, ...] = ()
    needs_reason: bool = False

    @property
    def is_correction(self) -> bool:
        return bool(self.clears) or self.frm == S.CANCELLED


STEPS: tuple[JourneyStep, ...] = (
    JourneyStep(S.PROSPECTIVE, S.ABROAD, _("Departed"), sets="departed_on"),
    JourneyStep(S.PROSPECTIVE, S.CANCELLED, _("Cancelled: will not depart"), needs_reason=True),
    JourneyStep(S.ABROAD, S.RETURNED, _("Returned home"), sets="returned_on"),
    JourneyStep(
        S.ABROAD, S.PROSPECTIVE, _("Correct: has not departed"), clears=("departed_on",), needs_reason=True
    ),
    JourneyStep(
        S.RETURNED, S.ABROAD, _("Correct: has not returned"), clears=("returned_on",), needs_reason=True
    ),
    JourneyStep(S.CANCELLED, S.PROSPECTIVE, _("Correct: still wants to depart"), needs_reason=True),
)

_BY_PAIR = {(step.frm, step.to): step for step in STEPS}

# Who the person is to the programme while the latest journey stands like this; a cancelled one says nothing.
STANDING: dict[str, Category] = {
    S.PROSPECTIVE: Category.PROSPECTIVE,
    S.ABROAD: Category.ACTIVE,
    S.RETURNED: Category.RETURNED,
}


def steps_from(status: str) -> tuple[JourneyStep, ...]:
    """The steps a journey of this status may take; none is empty: every status has a way on or a way back."""
    return tuple(step for step in STEPS if step.frm == status)


def step_between(frm: str, to: str) -> JourneyStep | None:
    """The step of the table, or None where it has none."""
    return _BY_PAIR.get((MigrationStatus(frm), MigrationStatus(to)))


def check_step(frm: str, to: str) -> JourneyStep:
    """The step of the table. Raises `IllegalStep` with the steps that are possible instead."""
    step = step_between(frm, to)
    if step is None:
        raise IllegalStep(stands_at(frm) if frm == to else _instead(frm, to))
    return step


def _instead(frm: str, to: str) -> str:
    return gettext("From “%(frm)s” a journey cannot go to “%(to)s”. Possible: %(possible)s.") % {
        "frm": MigrationStatus(frm).label,
        "to": MigrationStatus(to).label,
        "possible": ", ".join(f"“{step.to.label}”" for step in steps_from(frm)),
    }


def stands_at(status: str) -> str:
    """The sentence for somebody whose page shows an older status."""
    return gettext("The journey already stands at “%(status)s”. Look at it again before you change it.") % {
        "status": MigrationStatus(status).label
    }
