"""What a visit may follow from: a public session, which an app above keeps.

This app knows no sessions. The app above hands in its book once, in its AppConfig.ready():

    occasions.ask(SessionBook())

and the visit form offers what the book offers; without a book nothing is offered.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from migrants.models import ServiceVisit
from villages.access import Seat


@dataclass(frozen=True)
class Occasion:
    """One thing a visit may follow from: its key, what it is called, and its page."""

    key: UUID
    label: str
    url: str


class OccasionBook(Protocol):
    """What the app above answers."""

    def offered(self, seat: Seat, also: UUID | None) -> list[Occasion]:
        """Those of the own village that a visit of these days may follow from, and the one with the key
        `also` however old. One query."""

    def note(self, *, by: Seat, visit: ServiceVisit, key: UUID) -> None:
        """Write down that the visit follows from the occasion. Inside the transaction of the visit; a key of
        nothing in the village is left aside."""

    def of(self, seat: Seat, visit: ServiceVisit) -> Occasion | None:
        """What the visit followed from, if the seat may see it. One query."""


_books: list[OccasionBook] = []


def ask(book: OccasionBook) -> None:
    """From now on this book is asked; a second one of the same kind takes its place."""
    _books[:] = [other for other in _books if type(other) is not type(book)] + [book]


def offered(seat: Seat, also: UUID | None = None) -> list[Occasion]:
    """What a visit of these days may follow from, of all books."""
    return [occasion for book in _books for occasion in book.offered(seat, also)]


def note(*, by: Seat, visit: ServiceVisit, key: UUID) -> None:
    """Every book is told; the one that knows the key writes it down."""
    for book in _books:
        book.note(by=by, visit=visit, key=key)


def occasion_of(seat: Seat, visit: ServiceVisit) -> Occasion | None:
    """What the visit followed from; None when nothing was noted or the seat may not see it."""
    return next((found for book in _books if (found := book.of(seat, visit))), None)
