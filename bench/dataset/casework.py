"""Cases with handlers, timelines and referrals."""

from __future__ import annotations

from typing import Any

from psycopg import Cursor

from bench.dataset.shape import Size, dice, key7, pick, ten_o_clock
from bench.writing import insert
from migrants.models import Case, CaseEvent, CaseHandler, Referral

CASE_TABLES = (Case, CaseHandler, CaseEvent, Referral)
_OPEN = "new verifying waiting_data handling referred in_progress_external resolved"
_TYPES = (
    "unpaid_wage unpaid_wage wants_return overcharging failed_departure job_fraud sick lost_contact overstay"
    " deported trafficking_suspected"
)
_IS_OVER = "status IN ('closed', 'cancelled')"
_WAITS = "status IN ('referred', 'in_progress_external')"
_LATER = f"least(reported_on + ({dice('n', 35)} * 60)::int, pg_temp.today())"


def add_cases(cursor: Cursor[Any], size: Size) -> None:
    """Those of the last four months are open, of older ones one in thirty; four in ten were referred."""
    _walk(cursor, size)
    _insert_cases(cursor)
    _insert_timelines(cursor)
    _insert_referrals(cursor)


def _walk(cursor: Cursor[Any], size: Size) -> None:
    """Leaves `bench_walk`: each case with its person, its officer, its type and how far it came."""
    cursor.execute(
        f"""
        CREATE TEMP TABLE bench_walk AS
            SELECT c.n, c.id, c.reported_on, c.narrative, c.referral, c.request, p.id AS person, p.village,
                   b.officer1, {pick(_TYPES, "c.n", 32)} AS type,
                   CASE WHEN c.reported_on > pg_temp.today() - 120 OR c.n % 30 = 0
                        THEN {pick(_OPEN, "c.n", 31)}
                        WHEN c.n % 50 = 1 THEN 'cancelled' ELSE 'closed' END AS status
            FROM bench_case c
            JOIN bench_person p ON p.n = 1 + floor({dice("c.n", 33)} * {size.people})::int
            JOIN bench_village b ON b.v = p.v
        """
    )


def _insert_cases(cursor: Cursor[Any]) -> None:
    insert(
        cursor,
        Case,
        "bench_walk ORDER BY reported_on, n",
        id="id",
        number="'KS-' || to_char(reported_on, 'YYMM') || '-B' || n",
        person="person",
        village="village",
        type="type",
        severity=pick("low medium high high critical", "n", 34),
        restricted="type = 'trafficking_suspected'",
        reporter="'spouse'",
        reported_on="reported_on",
        country="'TWN'",
        narrative_sealed="narrative",
        status="status",
        last_action_on=_LATER,
        closed_on=f"CASE WHEN {_IS_OVER} THEN {_LATER} END",
        close_reason="CASE WHEN status = 'closed' THEN 'solved' ELSE '' END",
        holder=f"CASE WHEN {_IS_OVER} THEN '' WHEN {_WAITS} THEN 'district' ELSE 'village' END",
        held_since=f"CASE WHEN NOT {_IS_OVER} THEN reported_on END",
        act_by=f"CASE WHEN NOT {_IS_OVER} THEN reported_on + 14 END",
        opened_by="officer1",
        opened_at=ten_o_clock("reported_on"),
    )
    insert(
        cursor,
        CaseHandler,
        "bench_walk",
        id=key7(ten_o_clock("reported_on"), "n", "handler"),
        case="id",
        user="officer1",
    )


def _insert_timelines(cursor: Cursor[Any]) -> None:
    moment = "(reported_on + nth * interval '10 hours')"
    insert(
        cursor,
        CaseEvent,
        "bench_walk, LATERAL (VALUES (1, 'opened', '', 'new'), (2, 'status', 'new', 'verifying'),"
        " (3, 'note', '', ''), (4, 'status', 'verifying', status)) AS line (nth, what, was, became)"
        " WHERE nth < 4 OR status <> 'verifying'",
        id=key7(moment, "n", "event"),
        case="id",
        kind="what",
        from_status="was",
        to_status="became",
        happened_on="least(reported_on + nth, pg_temp.today())",
        logged_by="officer1",
        logged_at=moment,
    )


def _insert_referrals(cursor: Cursor[Any]) -> None:
    insert(
        cursor,
        Referral,
        f"bench_walk WHERE {_WAITS} OR n % 5 < 2 ORDER BY reported_on",
        id="referral",
        village="village",
        case="id",
        body=pick("disnaker disnaker bp3mi kbri", "n", 36),
        request_sealed="request",
        sent_on="reported_on",
        answer_by="reported_on + 14",
        status=f"CASE WHEN NOT {_WAITS} THEN 'answered' WHEN status = 'referred' THEN 'sent'"
        " ELSE 'received' END",
        received_on="CASE WHEN status <> 'referred' THEN reported_on END",
        answered_on=f"CASE WHEN NOT {_WAITS} THEN least(reported_on + 20, pg_temp.today()) END",
        answer_sealed=f"CASE WHEN NOT {_WAITS} THEN request END",
        sent_by="officer1",
        sent_at=ten_o_clock("reported_on"),
    )
