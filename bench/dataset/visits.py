"""A million visits over seven years."""

from __future__ import annotations

from typing import Any

from psycopg import Cursor

from bench.dataset.shape import DAYS, FIRST_NAMES, Size, dice, key7, pick, ten_o_clock
from bench.writing import insert
from migrants.models import ServiceVisit

VISIT_TABLES = (ServiceVisit,)


def add_visits(cursor: Cursor[Any], size: Size) -> None:
    """Seven in ten by registered people; one in six to follow up, done where its day has passed."""
    numbered = f"""
        (SELECT s.n, p.id AS person, p.village, b.officer1, b.officer2,
                pg_temp.today() - floor({dice("s.n", 21)} * {DAYS})::int AS day
         FROM generate_series(1, {size.visits}) AS s (n)
         JOIN bench_person p ON p.n = 1 + floor({dice("s.n", 22)} * {size.people})::int
         JOIN bench_village b ON b.v = p.v
         ORDER BY day) numbered
    """
    insert(
        cursor,
        ServiceVisit,
        numbered,
        id=key7(ten_o_clock("day"), "n", "visit"),
        village="village",
        person="CASE WHEN n % 10 < 7 THEN person END",
        visitor_name=f"CASE WHEN n % 10 < 7 THEN '' ELSE {pick(FIRST_NAMES, 'n', 23)} END",
        visitor_sex=f"CASE WHEN n % 10 < 7 THEN '' ELSE {pick('female male', 'n', 24)} END",
        visited_on="day",
        topic=pick(
            "information information document document verification family return business complaint",
            "n",
            25,
        ),
        channel=pick("walk_in walk_in walk_in home_visit phone whatsapp", "n", 26),
        outcome="CASE WHEN n % 6 = 0 THEN 'follow_up' ELSE 'done' END",
        follow_up_on="CASE WHEN n % 6 = 0 THEN day + 10 END",
        followed_up_at="CASE WHEN n % 6 = 0 AND day < pg_temp.today() - 12 THEN day + interval '9 days' END",
        withdrawn_at="CASE WHEN n % 100 = 0 THEN day + interval '11 hours' END",
        withdrawn_by="CASE WHEN n % 100 = 0 THEN officer1 END",
        logged_by="CASE WHEN n % 2 = 0 THEN officer1 ELSE officer2 END",
        logged_at=ten_o_clock("day"),
    )
