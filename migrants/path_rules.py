"""By which path somebody went: the working test of domain.md 2.5, since no law defines "non-procedural".

Procedural is lawful age, a placement agreement or an own contract, a work visa, and an entry in the national
system. Where a fact is not known nothing is concluded; the officer judges, and the facts stand beside it.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models
from django.utils.translation import pgettext_lazy

from migrants.enums import Procedural

VERSION = 1  # raise it whenever the facts or what follows from them change


class PathFact(models.TextChoices):
    """What the working test asks."""

    AGE = "age", pgettext_lazy("path", "Lawful age")
    AGREEMENT = "agreement", pgettext_lazy("path", "Placement agreement or own contract")
    VISA = "visa", pgettext_lazy("path", "Work visa")
    RECORDED = "recorded", pgettext_lazy("path", "Entry in the national system (e-PMI)")


def proposed_path(facts: Mapping[str, bool | None]) -> Procedural:
    """What follows from the facts: all true is procedural, one false non-procedural, else not yet known."""
    answers = [facts.get(fact) for fact in PathFact]
    if any(answer is False for answer in answers):
        return Procedural.NON_PROCEDURAL
    return Procedural.PROCEDURAL if all(answers) else Procedural.UNKNOWN
