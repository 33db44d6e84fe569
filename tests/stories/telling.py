"""How a story is told: through the pages, signed in as the people of the place, on the day it happens."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime

from accounts.keys import new_key
from periods.month import Year
from reports.access import own_place
from reports.cells import Cell
from reports.figures import figure_table


class Story:
    """The pages, and the day."""

    def __init__(self, cast, clock):
        self.cast, self.clock = cast, clock

    def on(self, day: date) -> None:
        self.day = day
        self.clock.move_to(datetime(day.year, day.month, day.day, 2, tzinfo=UTC))

    @property
    def today(self) -> str:
        return f"{self.day:%d-%m-%Y}"

    def page(self, who: str, path: str) -> str:
        answer = self.cast.client(who).get(path)
        assert answer.status_code == 200, path
        return answer.content.decode()

    def send(self, who: str, path: str, confirmed: str = "", **entries: str) -> str:
        """Fill in a form; where it leads. What was doubted has to be named, or the form comes back."""
        entries = {"key": str(new_key())} | entries | ({"confirmed": confirmed} if confirmed else {})
        answer = self.cast.client(who).post(path, entries)
        wrong = "" if answer.status_code == 302 else dict(answer.context["form"].errors)
        doubts = "" if answer.status_code == 302 else getattr(answer.context["form"], "open_doubts", "")
        assert answer.status_code == 302, (path, wrong, doubts)
        return answer.url

    def figures(self, who: str, *codes: str) -> list[int]:
        """This year's counts at the reader's own place."""
        return [cell.count for cell in self.cells(who, *codes)]

    def cells(self, who: str, *codes: str) -> list[Cell]:
        """This year's cells at the reader's own place."""
        seat = self.cast.seat(who)
        place = own_place(seat)
        table = figure_table(codes, [place], Year(self.day.year), seat=seat)
        return [table.cell(code, place) for code in codes]

    def sees_nothing_personal(self, secrets: Iterable[str], *readers: str) -> None:
        for who in readers:
            client = self.cast.client(who)
            for path in ("/", "/figures/", "/menu/"):
                answer = client.get(path)
                if answer.status_code == 200:
                    told = [word for word in secrets if word in answer.content.decode()]
                    assert told == [], (who, path)
