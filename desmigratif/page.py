"""What the frame around every page shows: who sits where, the way to other pages, whom to call."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language

from accounts.roles import Level
from desmigratif.destinations import BAR, HOME, MENU, PAGES, TELL_UNREAD, Destination
from villages.access import Seat
from villages.middleware import idle_seconds


@dataclass(frozen=True)
class Link:
    """A destination as one reader sees it. `current`: "page" on the page itself, "true" inside its part.
    `unread`: how many notifications wait behind it."""

    label: str | Promise
    icon: str
    address: str
    hint: str | Promise = ""
    current: str = ""
    unread: int = 0


class Frame:
    """Lazily what `base.html` and `door.html` ask for; costs no query beyond the seat."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.seat: Seat | None = getattr(request, "seat", None)
        self.language = get_language() or settings.LANGUAGE_CODE
        self.programme: str = settings.PROGRAMME_NAME
        self.help_name = str(settings.HELP_NAME)
        self.help_phone: str = settings.HELP_PHONE

    @property
    def now(self) -> datetime:
        return timezone.now()

    @property
    def here(self) -> str:
        """The address to come back to after the language was changed."""
        return self.request.get_full_path()

    @property
    def place_name(self) -> str:
        seat = self.seat
        if seat is None:
            return ""
        return seat.place_name or (settings.MINISTRY_NAME if seat.level == Level.NATION else "")

    @property
    def idle_seconds(self) -> int:
        """After how many seconds without a request the session ends; 0 before sign-in."""
        return idle_seconds(self.seat) if self.seat else 0

    @cached_property
    def bar(self) -> list[Link]:
        seat = self.seat
        if seat is None:
            return []
        wanted = BAR[seat.role]
        known = {page.name: page for _heading, pages in PAGES for page in pages}
        return list(self._links([*(known[name] for name in wanted), MENU]))

    @cached_property
    def menu(self) -> list[tuple[str | Promise, list[Link]]]:
        """Every page the seat may open, under its headings."""
        seat = self.seat
        if seat is None:
            return []
        groups = ((heading, list(self._links(pages))) for heading, pages in PAGES)
        return [(heading, links) for heading, links in groups if links]

    def _links(self, pages: Iterable[Destination]) -> Iterator[Link]:
        assert self.seat is not None
        for page in pages:
            if page.is_for(self.seat) and (address := page.address):
                label = HOME.get(self.seat.role, page.label) if page.name == "home" else page.label
                unread = self._unread if page.name in TELL_UNREAD else 0
                yield Link(label, page.icon, address, page.hint, self._current(page), unread)

    @property
    def _unread(self) -> int:
        """How many notifications wait, as `accounts.backends` counted them with the person."""
        return getattr(self.request.user, "unread_count", 0)

    def _current(self, page: Destination) -> str:
        match = self.request.resolver_match
        if match is None:
            return ""
        if match.view_name == page.name:
            return "page"
        return "true" if match.view_name.startswith(page.covers or (page.name + "/",)) else ""


def page(request: HttpRequest) -> dict[str, object]:
    """Give every template `frame` and `seat` (None before sign-in and without a posting)."""
    return {"frame": Frame(request), "seat": getattr(request, "seat", None)}
