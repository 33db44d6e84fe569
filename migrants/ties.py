"""What the apps above know about a household's people: a business, a membership.

This app knows no groups or cooperatives. An app above registers a teller in its AppConfig.ready():

    ties.tell_with(business_ties)

and gives back ties for many people at once, of what the seat may see.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from villages.access import Seat


class TieKind(StrEnum):
    """What binds somebody: a business, or the village's cooperative."""

    BUSINESS = "business"
    COOPERATIVE = "cooperative"


@dataclass(frozen=True)
class Tie:
    """One person's business or membership: what it is called, and its page."""

    person: UUID
    kind: TieKind
    label: str
    url: str


Teller = Callable[[Seat, Collection[UUID]], Iterable[Tie]]

_tellers: list[Teller] = []


def tell_with(teller: Teller) -> None:
    """From now on the teller is asked too; registering it twice has no effect."""
    if teller not in _tellers:
        _tellers.append(teller)


def ties_of(seat: Seat, people: Collection[UUID]) -> dict[UUID, list[Tie]]:
    """The ties of each of these people, in the order in which the apps registered. One query a teller."""
    found: dict[UUID, list[Tie]] = defaultdict(list)
    for teller in _tellers:
        for tie in teller(seat, people):
            found[tie.person].append(tie)
    return dict(found)
