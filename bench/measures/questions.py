"""SQL alone: every figure and every landing page."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from bench import people
from bench.results import Line, at_most, left_out
from periods.month import Month
from reports.access import access_place, own_place, places_below
from reports.figures import figure_table
from reports.indicators import CATALOGUE

ROUNDS = 7
WARM_UPS = 12  # a lasting worker has prepared a question after five askings and keeps its plan after ten
PAGE_MS = 50.0
PAGE_QUERIES = 15


class Stopwatch:
    """Milliseconds spent in SQL, and how many questions, while it listens."""

    def __init__(self) -> None:
        self.milliseconds = 0.0
        self.count = 0
        self.slowest: tuple[float, str] = (0.0, "")

    def __call__(self, execute: Callable[..., Any], question: str, *rest: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(question, *rest)
        finally:
            took = (time.perf_counter() - began) * 1000
            self.milliseconds += took
            self.count += 1
            self.slowest = max(self.slowest, (took, question))


@contextmanager
def listening() -> Iterator[Stopwatch]:
    """Everything asked inside is counted and timed."""
    watch = Stopwatch()
    with connection.execute_wrapper(watch):
        yield watch


def sql_time(work: Callable[[], object]) -> Stopwatch:
    """The stopwatch of the middle of seven rounds, on a connection that has planned its questions."""
    for _round in range(WARM_UPS):
        work()
    watches = []
    for _round in range(ROUNDS):
        with listening() as watch:
            work()
        watches.append(watch)
    return sorted(watches, key=lambda watch: watch.milliseconds)[ROUNDS // 2]


def dashboards() -> list[Line]:
    """The landing page of every role."""
    return landing_pages(PAGE_MS)


def landing_pages(most_ms: float, at: str = "") -> list[Line]:
    """The landing page of every role within so many milliseconds of SQL; `at` says of which set."""
    try:
        path = reverse("home")
    except NoReverseMatch:
        return [left_out(f"landing pages{at}", "they are not built yet")]
    lines, most = [], 0
    for name in people.ROLES:
        client = people.signed_in(name)
        answer = client.get(path)
        if answer.status_code != 200:
            lines.append(left_out(f"landing page of {name}{at}", f"answered {answer.status_code}"))
            continue
        watch = sql_time(lambda client=client: client.get(path))  # type: ignore[misc]
        lines.append(
            Line(
                f"landing page of {name}{at}",
                f"{watch.milliseconds:.0f} ms of SQL",
                f"{watch.count} queries",
                f"{watch.milliseconds:.0f} ms",
                f"<= {most_ms:g} ms",
                at_most(watch.milliseconds, most_ms),
                {"ms": watch.milliseconds, "queries": watch.count, "slowest": watch.slowest},
            )
        )
        most = max(most, watch.count)
    lines.append(
        Line(
            f"queries of the landing page that asks most{at}",
            str(most),
            reached=str(most),
            goal=f"<= {PAGE_QUERIES}",
            verdict=at_most(most, PAGE_QUERIES),
            numbers={"queries": most},
        )
    )
    return lines


def figures() -> list[Line]:
    """Every figure of the catalogue, whole and by each of its splits: the nation by province, a district by
    village. The slowest are shown, all are kept."""
    month = Month.current(timezone.localdate())
    took: dict[str, float] = {}
    for name in ("ministry-analyst", "district-coordinator"):
        seat = people.seat(name)
        own = own_place(seat)
        places = [own, *places_below(seat, access_place(seat, own.code))]
        for code, indicator in CATALOGUE.items():
            for figure in (code, *(f"{code}:{split.code}" for split in indicator.splits)):
                watch = sql_time(
                    lambda figure=figure, places=places, seat=seat: figure_table(  # type: ignore[misc]
                        [figure], places, month, seat=seat, coverage=False
                    )
                )
                took[f"{figure} of {'the nation' if not own.code else 'a district'}"] = watch.milliseconds
        cover = sql_time(
            lambda places=places, seat=seat: figure_table(["visits"], places, month, seat=seat)  # type: ignore[misc]
        )
        took[f"visits with coverage of {'the nation' if not own.code else 'a district'}"] = cover.milliseconds
    ordered = sorted(took.items(), key=lambda pair: -pair[1])
    slowest, most = ordered[0]
    return [
        Line(
            f"slowest of {len(took)} figures: {slowest}",
            f"{most:.0f} ms of SQL",
            f"all together {sum(took.values()):.0f} ms",
            f"{most:.0f} ms",
            f"<= {PAGE_MS:g} ms",
            at_most(most, PAGE_MS),
            {"ms": dict(ordered)},
        ),
        *(Line(f"figure {name}", f"{ms:.0f} ms of SQL") for name, ms in ordered[1:6]),
        Line("middle of all figures", f"{statistics.median(took.values()):.1f} ms of SQL"),
    ]
