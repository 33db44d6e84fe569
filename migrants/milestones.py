"""The dated milestones of a journey (domain.md 2.4), and which dates cannot be or are unusual.

The order differs by destination, so none is asked for; only what contradicts itself is refused. Departure and
return are milestones too, but they move the journey: their days stand in the journey itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext, pgettext_lazy

LONG_BEFORE = timedelta(days=3 * 365)  # preparations rarely take longer than three years


class Milestone(models.TextChoices):
    """What happens on the procedural path besides departure and return, in the usual order."""

    INFORMATION = "information", pgettext_lazy("milestone", "Information received")
    REGISTRATION = "registration", pgettext_lazy("milestone", "Account in SIAPkerja")
    VERIFICATION = "verification", pgettext_lazy("milestone", "Checked by the district office")
    SELECTION = "selection", pgettext_lazy("milestone", "Selected by the employer")
    MEDICAL = "medical", pgettext_lazy("milestone", "Medical and psychological check")
    PLACEMENT_AGREEMENT = "placement_agreement", pgettext_lazy("milestone", "Placement agreement signed")
    TRAINING = "training", pgettext_lazy("milestone", "Training and competence test")
    SOCIAL_SECURITY = "social_security", pgettext_lazy("milestone", "Social security registered")
    PASSPORT = "passport", pgettext_lazy("milestone", "Passport issued")
    VISA = "visa", pgettext_lazy("milestone", "Work visa issued")
    WORK_AGREEMENT = "work_agreement", pgettext_lazy("milestone", "Work agreement signed")
    BRIEFING = "opp", pgettext_lazy("milestone", "Pre-departure briefing (OPP)")
    E_PMI = "e_pmi", pgettext_lazy("milestone", "e-PMI issued")
    ARRIVED = "working", pgettext_lazy("milestone", "Arrived and began to work")


AT_HOME = tuple(kind for kind in Milestone if kind != Milestone.ARRIVED)
# Pairs in which the second cannot well be done without the first: the other way round is asked back.
USUALLY_FIRST = (
    (Milestone.REGISTRATION, Milestone.VERIFICATION),
    (Milestone.PASSPORT, Milestone.VISA),
    (Milestone.BRIEFING, Milestone.E_PMI),
)


@dataclass(frozen=True)
class Doings:
    """The known days of a journey: its milestones, departure, return, and the birth of the person."""

    days: Mapping[str, date]
    departed_on: date | None = None
    returned_on: date | None = None
    born_on: date | None = None


def impossible(kind: str, day: date, known: Doings) -> str:
    """The sentence why this milestone cannot have been on that day; "" when it can."""
    if known.born_on and day <= known.born_on:
        return gettext("This day is before the person was born.")
    if known.returned_on and day > known.returned_on:
        return gettext("This day is after the return. Correct one of the two.")
    if kind == Milestone.ARRIVED and known.departed_on and day < known.departed_on:
        return gettext("The work abroad cannot begin before the departure.")
    return ""


def impossible_departure(day: date, known: Doings) -> str:
    """The sentence why the departure cannot have been on that day; "" when it can."""
    if known.born_on and day <= known.born_on:
        return gettext("This day is before the person was born.")
    arrived = known.days.get(Milestone.ARRIVED)
    if arrived and day > arrived:
        return gettext("The work abroad cannot begin before the departure.")
    return ""


def impossible_return(day: date, known: Doings) -> str:
    """The sentence why the return cannot have been on that day; "" when it can."""
    if known.departed_on and day < known.departed_on:
        return gettext("The return cannot be before the departure.")
    if any(day < other for other in known.days.values()):
        return gettext("A milestone of this journey is later than this day. Correct one of the two.")
    return ""


def unusual(kind: str, day: date, known: Doings) -> Iterator[tuple[str, str]]:
    """Code and sentence of what is possible but rare about this day."""
    days = {**known.days, kind: day}
    for first, second in USUALLY_FIRST:
        if kind in (first, second) and first in days and second in days and days[second] < days[first]:
            yield (
                f"before-{first}",
                gettext("“%(second)s” is usually after “%(first)s”.")
                % {"first": Milestone(first).label, "second": Milestone(second).label},
            )
    if known.departed_on and kind in AT_HOME:
        if day > known.departed_on:
            yield "after-departure", gettext("This day is after the departure.")
        elif known.departed_on - day > LONG_BEFORE:
            yield "long-before", gettext("This day is more than three years before the departure.")


def unusual_departure(day: date, known: Doings) -> Iterator[tuple[str, str]]:
    """Code and sentence of what is possible but rare about a departure on that day."""
    later = [Milestone(kind) for kind in AT_HOME if known.days.get(kind, day) > day]
    if later:
        yield (
            "later-milestone",
            gettext("“%(milestone)s” is written down for a later day than this departure.")
            % {"milestone": later[0].label},
        )
