"""Areas, designations in cohorts of 2, 120, 130 and 150, two officers a village, one account an office."""

from __future__ import annotations

from typing import Any

from psycopg import Cursor

from accounts.models import User
from bench.dataset.shape import BEGAN, Size, key7, name_of
from bench.writing import insert
from villages.actions.known import KNOWN_TARGETS
from villages.models import (
    CohortTarget,
    Designation,
    District,
    OfficerAssignment,
    Posting,
    Province,
    StageRecord,
    Subdistrict,
    Village,
)

ONE = "(SELECT) one"
_PROVINCES = (
    "('33', 'Jawa Tengah'), ('35', 'Jawa Timur'), ('32', 'Jawa Barat'), ('52', 'Nusa Tenggara Barat'),"
    " ('53', 'Nusa Tenggara Timur'), ('18', 'Lampung'), ('36', 'Banten'), ('12', 'Sumatera Utara'),"
    " ('61', 'Kalimantan Barat'), ('73', 'Sulawesi Selatan'), ('51', 'Bali'), ('34', 'D.I. Yogyakarta')"
)
_STAGE = (
    "CASE WHEN v % 40 = 0 THEN 'inactive' WHEN v % 9 = 0 THEN 'independent' WHEN v % 4 = 0 THEN 'coached'"
    " WHEN v % 3 = 0 THEN 'designated' ELSE 'facilitated' END"
)
_DESIGNATED_ON = "make_date(cohort, 3, 1) + v % 240"
_OFFICES = {
    "village_head": ("village", "code"),
    "district_coordinator": ("district", "left(code, 5)"),
    "district_viewer": ("district", "left(code, 5)"),
    "province_viewer": ("province", "left(code, 2)"),
    "ministry_analyst": ("", ""),
    "ministry_admin": ("", ""),
    "system_administrator": ("", ""),
    "auditor": ("", ""),
}


def add_places(cursor: Cursor[Any], size: Size) -> None:
    """Everything that records hang on. Leaves `bench_village` for the parts that follow."""
    _number(cursor, size)
    _add_areas(cursor)
    _add_designations(cursor)
    _add_officers(cursor)
    _add_offices(cursor)


def _number(cursor: Cursor[Any], size: Size) -> None:
    cursor.execute(
        f"""
        CREATE TEMP TABLE bench_province AS
            SELECT row_number() OVER () AS p, code, name
            FROM (VALUES {_PROVINCES}) AS listed (code, name) LIMIT {size.provinces};
        CREATE TEMP TABLE bench_district AS
            SELECT d, code || '.' || lpad(((d - 1) / {size.provinces} + 1)::text, 2, '0') AS code
            FROM generate_series(1, {size.districts}) d
            JOIN bench_province ON p = (d - 1) % {size.provinces} + 1;
        CREATE TEMP TABLE bench_village AS
            SELECT v, code || '.' || lpad((nth % 3 + 1)::text, 2, '0') || '.' || (2001 + nth)::text AS code,
                   CASE WHEN v <= 2 THEN 2016 WHEN v <= 122 THEN 2017 WHEN v <= 252 THEN 2018 ELSE 2019
                   END AS cohort,
                   {key7(BEGAN, "v", "officer1")} AS officer1, {key7(BEGAN, "v", "officer2")} AS officer2
            FROM (SELECT v, (v - 1) / {size.districts} AS nth, (v - 1) % {size.districts} + 1 AS d
                  FROM generate_series(1, {size.villages}) v) numbered
            JOIN bench_district USING (d);
        CREATE UNIQUE INDEX ON bench_village (v);
        """
    )


def _add_areas(cursor: Cursor[Any]) -> None:
    insert(cursor, Province, "bench_province", code="code", name="name")
    insert(
        cursor,
        District,
        "bench_district",
        code="code",
        name="'Kabupaten Contoh ' || d",
        kind="'kabupaten'",
        province="left(code, 2)",
    )
    insert(
        cursor,
        Subdistrict,
        "(SELECT DISTINCT left(code, 8) AS code FROM bench_village) listed",
        code="code",
        name="'Kecamatan ' || right(code, 5)",
        district="left(code, 5)",
    )
    insert(
        cursor,
        Village,
        "bench_village",
        code="code",
        name="'Contoh ' || v",
        kind="'desa'",
        subdistrict="left(code, 8)",
        district="left(code, 5)",
        province="left(code, 2)",
    )


def _add_designations(cursor: Cursor[Any]) -> None:
    insert(
        cursor,
        Designation,
        "bench_village",
        id=key7(BEGAN, "v", "designation"),
        village="code",
        cohort_year="cohort",
        stage=_STAGE,
        designated_on=_DESIGNATED_ON,
        decree_number="'KEP.' || v || '/' || cohort",
        certainty="'practice'",
        source="'bench'",
    )
    for nth, stage in enumerate(("'designated'", "'trained'", _STAGE)):
        insert(
            cursor,
            StageRecord,
            "bench_village",
            id=key7(BEGAN, "v", f"stage{nth}"),
            designation=key7(BEGAN, "v", "designation"),
            stage=stage,
            reached_on=f"{_DESIGNATED_ON} + {nth * 200}",
            evidence="'KEP.' || v",
        )
    for year, facts in KNOWN_TARGETS.items():
        values = {name: str(value) if isinstance(value, int) else "'bench'" for name, value in facts.items()}
        insert(cursor, CohortTarget, ONE, year=str(year), **values)


def _add_officers(cursor: Cursor[Any]) -> None:
    """Two a village, but for one place in fifty villages. Nobody has a password."""
    for slot in (1, 2):
        insert(
            cursor,
            User,
            "bench_village",
            id=f"officer{slot}",
            username=f"'petugas.' || v || '.{slot}'",
            full_name=name_of("v", slot),
            password="'!'",
        )
        insert(
            cursor,
            OfficerAssignment,
            f"bench_village WHERE {slot} = 1 OR v % 50 <> 0",
            id=key7(BEGAN, "v", f"term{slot}"),
            village="code",
            user=f"officer{slot}",
            slot=str(slot),
            starts_on="pg_temp.today() - 400 - v % 200",
            ends_on="pg_temp.today() + 60 + v % 600",
        )


def _add_offices(cursor: Cursor[Any]) -> None:
    """One account of each role, those with a place in or around the first village."""
    for role, (level, code) in _OFFICES.items():
        user = key7(BEGAN, "0", role)
        name = f"'{role.replace('_', '-')}'"
        insert(cursor, User, ONE, id=user, username=name, full_name=name, password="'!'")
        insert(
            cursor,
            Posting,
            "bench_village WHERE v = 1" if level else ONE,
            id=key7(BEGAN, "1", role),
            user=user,
            role=f"'{role}'",
            starts_on="pg_temp.today() - 900",
            **({level: code} if level else {}),
        )
