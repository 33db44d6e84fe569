"""Finding a person, asking for people alike, and the blind index: SQL alone, at S and at a million people."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import replace

import psycopg
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from bench import database
from bench import people as askers
from bench.dataset import M, S, generate
from bench.measures.questions import listening
from bench.results import Line, Rounds, at_most, left_out
from migrants.models import Person
from migrants.queries.duplicates import records_alike
from migrants.queries.people import order_of, people_found, read_search
from villages.access import Seat

MILLION = "desmigratif_bench_million"
FIND_MS = 10.0
ALIKE_MS = 15.0
PAGE_MS = 50.0
BLIND_RATIO = 1.1
SAMPLE = 40
LOOKUPS = 2000


def people() -> list[Line]:
    """At S, in the set that is there."""
    return _measured(f"{S.people:,} people")


def people_of_a_million() -> list[Line]:
    """At M: a database of its own with people and journeys alone; visits and cases have no part in it."""
    database.make_empty(MILLION, template=database.EMPTY)
    try:
        with psycopg.connect(database.url_of(MILLION), autocommit=True) as own, own.cursor() as cursor:
            generate(cursor, replace(M, visits=0, cases=0))
        with database.standing_on(MILLION):
            return _measured(f"{M.people:,} people")
    finally:
        database.drop(MILLION)


def _measured(size: str) -> list[Line]:
    officer, district = askers.seat(askers.OFFICER), askers.seat("district-coordinator")
    sample = list(Person.objects.visible_to(officer).order_by("pk")[:SAMPLE])
    if not sample:
        return [left_out(f"people of {size}", "nobody lives in the officer's village")]
    own = in_one_village(sample)
    searches: dict[str, tuple[Seat, Sequence[str], float]] = {
        **{words: (officer, texts, FIND_MS) for words, texts in own.items()},
        "a misspelt name in one district": (district, own["a misspelt name in one village"], PAGE_MS),
    }
    lines = [
        timed(f"find by {words}, {size}", [finding(seat, text) for text in texts], most)
        for words, (seat, texts, most) in searches.items()
    ]
    lines.append(timed(f"people alike on saving, {size}", [_alike(officer, one) for one in sample], ALIKE_MS))
    return [*lines, _blind_index(size)]


def in_one_village(sample: Sequence[Person]) -> dict[str, Sequence[str]]:
    """What an officer types to find these people, by what it is."""
    return {
        "a misspelt name in one village": [one.full_name[:3] + one.full_name[4:] for one in sample],
        "a whole name in one village": [one.full_name for one in sample],
        "the last four of a NIK in one village": [one.nik[-4:] for one in sample],
        "a NIK in one village": [one.nik for one in sample],
        "a phone in one village": [one.phone for one in sample],
    }


def question(seat: Seat, text: str) -> QuerySet[Person]:
    """What the product asks for that text: the first page of the people found."""
    search = read_search(text, timezone.localdate())
    return people_found(seat, search).order_by(*order_of(search))[:26]


def finding(seat: Seat, text: str) -> Callable[[], object]:
    """The work of finding them."""
    return lambda: list(question(seat, text))


def _alike(seat: Seat, person: Person) -> Callable[[], object]:
    return lambda: records_alike(seat, person)


def timed(measure: str, works: Sequence[Callable[[], object]], most: float) -> Line:
    """The middle and the slowest twentieth of many different questions, each asked once to warm up."""
    took = []
    for work in works:
        work()
        with listening() as watch:
            work()
        took.append(watch.milliseconds)
    middle, late = statistics.median(took), sorted(took)[len(took) * 19 // 20]
    return Line(
        measure,
        f"{middle:.1f} ms of SQL",
        f"95 of 100 within {late:.1f} ms",
        f"{middle:.1f} ms",
        f"<= {most:g} ms",
        at_most(middle, most),
        {"ms": took},
    )


def _blind_index(size: str) -> Line:
    """The same people by the keyed digest of their NIK, and by a plain number in a column with an index."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            CREATE TEMP TABLE bench_plain AS
                SELECT id, '99' || lpad((row_number() OVER (ORDER BY id))::text, 14, '0') AS nik
                FROM migrants_person;
            CREATE UNIQUE INDEX ON bench_plain (nik);
            ANALYZE bench_plain;
            """
        )
        cursor.execute(
            "SELECT p.nik_digest, b.nik FROM bench_plain b JOIN migrants_person p USING (id)"
            " ORDER BY md5(b.nik) LIMIT %s",
            [LOOKUPS],
        )
        pairs = cursor.fetchall()
        blind, plain = (
            "SELECT id FROM migrants_person WHERE nik_digest = %s",
            "SELECT id FROM bench_plain WHERE nik = %s",
        )
        rounds = Rounds([], [])
        for nth in range(4):
            ours = _asked(cursor, blind, [bytes(digest) for digest, _nik in pairs])
            theirs = _asked(cursor, plain, [nik for _digest, nik in pairs])
            if nth:  # the first round warms up
                rounds.ours.append(ours)
                rounds.baseline.append(theirs)
        cursor.execute("DROP TABLE bench_plain")
    ours, theirs = rounds.middle
    return Line(
        f"a NIK by its keyed digest against a plain column, {size}",
        f"{ours:.3f} ms",
        f"{theirs:.3f} ms",
        f"{rounds.ratio:.2f}",
        f"<= {BLIND_RATIO:g}",
        at_most(rounds.ratio, BLIND_RATIO),
        {"ours": rounds.ours, "baseline": rounds.baseline},
    )


def _asked(cursor: object, question: str, values: Sequence[object]) -> float:
    """The middle time of one look-up, in milliseconds."""
    took = []
    for value in values:
        with listening() as watch:
            cursor.execute(question, [value])  # type: ignore[attr-defined]
            cursor.fetchall()  # type: ignore[attr-defined]
        took.append(watch.milliseconds)
    return statistics.median(took)
