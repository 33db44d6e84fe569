"""What must not grow with the country: the officer's lists at M, and a search among ten million people.

The set is made larger where it stands: each row is copied into villages that do not exist, without what
only weighs (sealed numbers), into tables of their own with the same indexes, which the product finds first.
So nothing is sealed a million times, and one village stays as it was in the middle of many.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.urls import reverse

from bench import people
from bench.dataset import M, S
from bench.measures.people import FIND_MS, SAMPLE, finding, in_one_village, question, timed
from bench.measures.questions import landing_pages, sql_time
from bench.results import Line, at_least, at_most
from migrants.models import Person

LISTS = {
    "Hari ini of one village": "home",
    "open cases of one village": "migrants:case-list",
    "visits of one village": "migrants:visit-list",
}
MOST_GROWTH = 1.5
M_PAGE_MS = 150.0
MANY = 10_000_000
SCHEMA = "bench_grown"
WEIGHT = frozenset({"nik_sealed", "passport_sealed", "register_note_sealed"})
# By these the product finds people; the others serve figures and constraints.
PERSON_INDEXES = ("pkey", "village_name", "nik_tail", "phone", "nik")


def lists_at_m() -> list[Line]:
    """Each list of an officer with M's visits and cases, against the same with S's; milliseconds of SQL."""
    small = _list_times()
    with grown(
        {
            "migrants_servicevisit": M.visits // S.visits,
            "migrants_case": M.cases // S.cases,
            "migrants_person": M.people // S.people,
        }
    ):
        large = _list_times()
    return [
        Line(
            f"{name}: M against S",
            f"{large[name]:.1f} ms of SQL",
            f"{before:.1f} ms of SQL",
            f"{large[name] / before:.2f}",
            f"<= {MOST_GROWTH:g}",
            at_most(large[name] / before, MOST_GROWTH),
            {"S": before, "M": large[name]},
        )
        for name, before in small.items()
    ]


def dashboards_at_m() -> list[Line]:
    """The landing page of every role with M's people, journeys, visits and cases, in many districts."""
    with grown(
        {
            "migrants_servicevisit": M.visits // S.visits,
            "migrants_case": M.cases // S.cases,
            "migrants_person": M.people // S.people,
            "migrants_migration": M.people // S.people,
            "reports_keptcount": M.visits // S.visits,
        }
    ):
        return landing_pages(M_PAGE_MS, " at M")


def people_of_ten_millions() -> list[Line]:
    """Search in one village among ten million people, and whether it goes by the index it has at S."""
    officer = people.seat(people.OFFICER)
    searches = in_one_village(list(Person.objects.visible_to(officer).order_by("pk")[:SAMPLE]))
    asked = {words: question(officer, texts[0]) for words, texts in searches.items()}
    before = {words: plan_of(rows) for words, rows in asked.items()}
    with grown({"migrants_person": MANY // S.people}):
        lines = [
            timed(f"find by {words}, {MANY:,} people", _each(finding, officer, texts), FIND_MS)
            for words, texts in searches.items()
        ]
        after = {words: plan_of(rows) for words, rows in asked.items()}
    same = [words for words in asked if _indexes(before[words]) == _indexes(after[words])]
    plans = {words: {"S": before[words], "ten million": after[words]} for words in asked}
    kept = f"{len(same)} of {len(asked)}"
    goal, verdict = f"{len(asked)}", at_least(len(same), len(asked))
    return [
        *lines,
        Line("searches that go by the same index", kept, "", kept, goal, verdict, {"plans": plans}),
    ]


def _indexes(plan: list[str]) -> list[str]:
    """The indexes of a plan; whether they are read row by row or as a bitmap depends on how many rows fit."""
    return [step.split()[-1] for step in plan if "Index " in step]


def plan_of(rows: QuerySet[Any]) -> list[str]:
    """By which ways PostgreSQL answers a question, from the top: the nodes and the indexes they go by."""
    found: list[str] = []
    waiting = [json.loads(rows.explain(format="json"))[0]["Plan"]]
    while waiting:
        node = waiting.pop(0)
        found.append(" ".join(filter(None, [node["Node Type"], node.get("Index Name", "")])))
        waiting += node.get("Plans", [])
    return found


@contextmanager
def grown(tables: Mapping[str, int]) -> Iterator[None]:
    """Inside, these tables hold so many times their rows, each copy in villages of its own."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE; CREATE SCHEMA {SCHEMA}")
        cursor.execute("SET statement_timeout = 0; SET maintenance_work_mem = '256MB'")
        for table, times in tables.items():
            _grow(cursor, table, times)
        cursor.execute(f"RESET statement_timeout; SET search_path = {SCHEMA}, public")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"SET search_path = public; DROP SCHEMA {SCHEMA} CASCADE")


def _grow(cursor: Any, table: str, times: int) -> None:
    cursor.execute(
        "SELECT column_name, data_type FROM information_schema.columns"
        " WHERE table_schema = 'public' AND table_name = %s ORDER BY ordinal_position",
        [table],
    )
    columns = dict(cursor.fetchall())
    as_they_are = ", ".join(f"NULL::bytea AS {name}" if name in WEIGHT else name for name in columns)
    copied = ", ".join(_copied(name, kind) for name, kind in columns.items())
    cursor.execute(
        f"CREATE UNLOGGED TABLE {SCHEMA}.{table} AS SELECT {as_they_are} FROM public.{table};"
        f"INSERT INTO {SCHEMA}.{table} SELECT {copied} FROM public.{table}, generate_series(2, {times}) nth"
    )
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename = %s", [table]
    )
    for name, definition in cursor.fetchall():
        if table != "migrants_person" or name.removeprefix("migrants_person_") in PERSON_INDEXES:
            cursor.execute(definition.replace(" ON public.", f" ON {SCHEMA}.", 1))
    cursor.execute(f"VACUUM (ANALYZE) {SCHEMA}.{table}")


def _copied(column: str, kind: str) -> str:
    """A copy lives in another village and is another one; what was written stays."""
    if column in WEIGHT:
        return "NULL::bytea"
    if column == "village_id":
        return "'x' || right(md5(village_id || nth), 12)"
    if column == "district_id":  # a district of M holds about three times what one of S holds
        return "CASE WHEN nth <= 3 THEN district_id ELSE 'x' || right(md5(district_id || nth), 4) END"
    if kind == "bigint":
        return f"{column} + nth::bigint * 1000000000" if column == "id" else column
    if column in ("id", "person_id"):
        return f"md5({column}::text || nth)::uuid"
    if column in ("nik_digest", "nik_tail_digest"):
        return f"substr(sha256({column} || nth::text::bytea), 1, 16)"
    return column


def _list_times() -> dict[str, float]:
    client = people.signed_in(people.OFFICER)
    return {
        name: sql_time(lambda path=path: client.get(reverse(path))).milliseconds  # type: ignore[misc]
        for name, path in LISTS.items()
    }


def _each(work: Callable[..., Callable[[], object]], seat: Any, texts: Sequence[str]) -> list[Any]:
    return [work(seat, text) for text in texts]
