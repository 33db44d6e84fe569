"""The first records of the four pillars."""

from __future__ import annotations

from typing import Any

from psycopg import Cursor

from bench.dataset.shape import DAYS, dice, key7, pick, ten_o_clock
from bench.writing import insert
from cooperatives.models import FinanceBody, Member
from pillars.models import BusinessGroup, GroupMember, LearningCentre, OutreachSession

PILLAR_TABLES = (OutreachSession, BusinessGroup, GroupMember, LearningCentre, FinanceBody, Member)
_LOGGED = {"logged_by": "officer1", "logged_at": ten_o_clock("day")}


def add_pillar_records(cursor: Cursor[Any]) -> None:
    """A village has ten sessions, two groups of twelve, a learning centre; three in four a finance body."""
    _insert_sessions(cursor)
    _insert_groups(cursor)
    _insert_centres(cursor)
    _insert_bodies(cursor)


def _insert_sessions(cursor: Cursor[Any]) -> None:
    insert(
        cursor,
        OutreachSession,
        _a_village(10),
        id=_key("session"),
        village="code",
        held_on="day",
        place="'Balai desa'",
        topic=pick("safe_migration documents trafficking finance", "n", 42),
        women="10 + n % 40",
        men="5 + n % 20",
        **_LOGGED,
    )


def _insert_groups(cursor: Cursor[Any]) -> None:
    insert(
        cursor,
        BusinessGroup,
        _a_village(2),
        id=_key("group"),
        village="code",
        name="'Kelompok Contoh ' || n",
        sector=pick("food tailoring craft farming livestock", "n", 43),
        formed_on="day",
        **_LOGGED,
    )
    insert(
        cursor,
        GroupMember,
        f"{_a_village(2)}, generate_series(1, 12) m",
        id=key7(ten_o_clock("day"), "n * 100 + m", "member"),
        group=_key("group"),
        name="'Anggota ' || m",
        sex=pick("female male", "n * 100 + m", 44),
        kind=pick("returned spouse family other", "n * 100 + m", 45),
        joined_on="day",
    )


def _insert_centres(cursor: Cursor[Any]) -> None:
    insert(
        cursor,
        LearningCentre,
        _a_village(1),
        id=_key("centre"),
        village="code",
        name="'Rumah Belajar ' || v",
        address="'Krajan'",
        opened_on="day",
        **_LOGGED,
    )


def _insert_bodies(cursor: Cursor[Any]) -> None:
    bodies = _a_village(1, "v % 4 <> 0")
    insert(
        cursor,
        FinanceBody,
        bodies,
        id=_key("body"),
        village="code",
        kind=pick("cooperative pre_cooperative bumdes", "n", 46),
        name="'Koperasi Contoh ' || v",
        founded_on="day",
        **_LOGGED,
    )
    insert(
        cursor,
        Member,
        f"{bodies}, generate_series(1, 25) m",
        id=key7(ten_o_clock("day"), "n * 100 + m", "register"),
        body=_key("body"),
        number="m",
        name="'Anggota ' || m",
        sex=pick("female male", "n * 100 + m", 47),
        kind=pick("returned family other", "n * 100 + m", 48),
        joined_on="day",
    )


def _a_village(times: int, where: str = "true") -> str:
    return f"""
        (SELECT v, nth, v * 100 + nth AS n, code, officer1,
                pg_temp.today() - floor({dice("v * 100 + nth", 41)} * {DAYS})::int AS day
         FROM bench_village, generate_series(1, {times}) nth WHERE {where}) numbered
    """


def _key(kind: str) -> str:
    return key7(ten_o_clock("day"), "n", kind)
