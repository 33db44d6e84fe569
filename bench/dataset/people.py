"""People with sealed numbers and their journeys. What only Python can make is made first, for cases too."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from typing import Any
from uuid import UUID

from psycopg import Cursor, sql

from accounts.sealing import seal
from bench.dataset.shape import DAYS, SECOND_NAMES, Size, dice, key7, name_of, pick, ten_o_clock
from bench.writing import insert
from migrants.models import Migration, MigrationStep, Person
from migrants.numbers import nik_fields

PEOPLE_TABLES = (Person, Migration, MigrationStep)
_OFFICER = "(SELECT officer1 FROM bench_village b WHERE b.v = bench_person.v)"
_BLOCK = 5000  # rows that one process seals at a time
_LIFE = dice("n", 1)
_HAS_LEFT = f"{_LIFE} BETWEEN .18 AND .6"
_HAS_RETURNED = f"{_LIFE} BETWEEN .6 AND .95"
_STATUS = (
    f"CASE WHEN {_LIFE} < .18 THEN 'prospective' WHEN {_LIFE} < .6 THEN 'abroad'"
    f" WHEN {_LIFE} < .95 THEN 'returned' ELSE 'cancelled' END"
)
_STANDING = (
    f"CASE WHEN n % 25 = 0 THEN 'family' WHEN {_LIFE} < .18 THEN 'cpmi' WHEN {_LIFE} < .6 THEN 'pmi_active'"
    f" WHEN {_LIFE} < .95 THEN 'pmi_returned' ELSE 'resident' END"
)


def seal_everything(cursor: Cursor[Any], size: Size) -> None:
    """Leaves `bench_person` and `bench_case`: keys, days, sealed numbers with their digests, sealed words."""
    (today,) = cursor.execute("SELECT pg_temp.today()").fetchone()
    codes = dict(cursor.execute("SELECT v, code FROM bench_village").fetchall())
    cursor.execute(
        """
        CREATE TEMP TABLE bench_person (n int, id uuid, v int, village text, sex text, birth_date date,
            since date, nik_sealed bytea, nik_digest bytea, nik_tail_digest bytea);
        CREATE TEMP TABLE bench_case (n int, id uuid, reported_on date, narrative bytea, referral uuid,
            request bytea);
        """
    )
    people = [(n, size.villages, codes, today) for n in _blocks(size.people)]
    cases = [(n, today) for n in _blocks(size.cases)]
    with ProcessPoolExecutor(max_workers=2) as sealers:
        for table, rows in (
            ("bench_person", sealers.map(_people, people)),
            ("bench_case", sealers.map(_cases, cases)),
        ):
            with cursor.copy(sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))) as copy:
                for row in chain.from_iterable(rows):
                    copy.write_row(row)
    cursor.execute("CREATE UNIQUE INDEX ON bench_person (n); ANALYZE bench_person, bench_case, bench_village")


def _blocks(most: int) -> list[range]:
    return [range(first, min(first + _BLOCK, most + 1)) for first in range(1, most + 1, _BLOCK)]


def _people(block: tuple[range, int, dict[int, str], date]) -> list[tuple[object, ...]]:
    numbers, villages, codes, today = block
    return [_person(n, villages, codes, today) for n in numbers]


def _cases(block: tuple[range, date]) -> list[tuple[object, ...]]:
    numbers, today = block
    return [_case(n, today) for n in numbers]


def _person(n: int, villages: int, codes: dict[int, str], today: date) -> tuple[object, ...]:
    v = n * 7919 % villages + 1
    since = today - timedelta(days=n * 48_271 % DAYS)
    born = date(1968, 1, 1) + timedelta(days=n * 104_729 % 13_000)
    female = n % 5 < 3
    key = _key(since, n, 1)
    area = codes[v][3:8].replace(".", "")
    nik = f"99{area}{born.day + 40 * female:02d}{born:%m%y}{n % 9999 + 1:04d}"
    sealed = nik_fields(nik, person=key, village=codes[v])
    return (n, key, v, codes[v], "female" if female else "male", born, since, *sealed.values())


def _case(n: int, today: date) -> tuple[object, ...]:
    day = today - timedelta(days=n * 40_503 % DAYS)
    key, referral = _key(day, n, 2), _key(day, n, 3)
    told = seal("Gaji tiga bulan terakhir belum dibayar.", context=f"case.narrative:{key}")
    asked = seal("Mohon bantuan menghubungi perusahaan.", context=f"referral.request:{referral}")
    return (n, key, day, told, referral, asked)


def _key(day: date, n: int, kind: int) -> UUID:
    milliseconds = int(datetime(day.year, day.month, day.day, 3, tzinfo=UTC).timestamp() * 1000)
    rest = (n * 0x9E3779B97F4A7C15 + kind * 0xC2B2AE3D27D4EB4F) & ((1 << 62) - 1)
    return UUID(int=milliseconds << 80 | 0x7 << 76 | (n & 0xFFF) << 64 | 0b10 << 62 | rest)


def add_people(cursor: Cursor[Any]) -> None:
    """The people of `bench_person`; all but one in twenty-five with a journey and its steps."""
    _insert_people(cursor)
    _insert_journeys(cursor)
    _insert_steps(cursor)


def _insert_people(cursor: Cursor[Any]) -> None:
    third = f"CASE WHEN n % 3 = 0 THEN ' ' || {pick(SECOND_NAMES, 'n', 4)} ELSE '' END"
    insert(
        cursor,
        Person,
        "bench_person ORDER BY since, n",
        id="id",
        village="village",
        full_name=f"{name_of('n', 2)} || {third}",
        sex="sex",
        birth_date="birth_date",
        category=_STANDING,
        nik_sealed="nik_sealed",
        nik_digest="nik_digest",
        nik_tail_digest="nik_tail_digest",
        phone="'+62810' || (10000000 + n)",
        education=pick("sd smp sma diploma", "n", 5),
        hamlet="'Dusun ' || n % 6",
        next_of_kin_name="'Keluarga ' || n",
        next_of_kin_relation="'spouse'",
        registered_by=_OFFICER,
        registered_at=ten_o_clock("since"),
    )


def _insert_journeys(cursor: Cursor[Any]) -> None:
    insert(
        cursor,
        Migration,
        "bench_person WHERE n % 25 <> 0 ORDER BY since, n",
        id=key7(ten_o_clock("since"), "n", "journey"),
        person="id",
        village="village",
        scheme=pick("p_to_p p_to_p g_to_g independent unknown", "n", 7),
        destination=pick("TWN TWN HKG HKG MYS MYS SGP JPN KOR SAU BRN", "n", 8),
        job=pick("PLRT CARE OPR PLANT CONST FISH", "n", 9),
        status=_STATUS,
        registered_on="since",
        departed_on=f"CASE WHEN {_HAS_LEFT}"
        f" THEN least(since + 20 + ({dice('n', 6)} * 200)::int, pg_temp.today())"
        f" WHEN {_HAS_RETURNED} THEN since - 300 - ({dice('n', 6)} * 700)::int END",
        returned_on=f"CASE WHEN {_HAS_RETURNED} THEN since - 10 - ({dice('n', 10)} * 200)::int END",
        procedural=f"CASE WHEN {_HAS_LEFT} OR {_HAS_RETURNED} THEN"
        f" {pick('procedural procedural procedural non_procedural unknown', 'n', 11)} ELSE 'unknown' END",
        logged_by=_OFFICER,
        logged_at=ten_o_clock("since"),
    )
    cursor.execute(
        "UPDATE migrants_migration SET procedural_by_id = logged_by_id, procedural_at = logged_at"
        " WHERE procedural <> 'unknown'"
    )


def _insert_steps(cursor: Cursor[Any]) -> None:
    moment = "m.logged_at + nth * interval '1 second'"
    insert(
        cursor,
        MigrationStep,
        "migrants_migration m, LATERAL (VALUES (1, '', 'prospective'), (2, 'prospective', m.status))"
        " AS step (nth, was, became) WHERE nth = 1 OR m.status <> 'prospective'",
        id=key7(moment, "hashtextextended(m.id::text, 0)", "step"),  # 32 bits meet themselves among a million
        migration="m.id",
        from_status="was",
        to_status="became",
        happened_on="m.registered_on",
        logged_by="m.logged_by_id",
        logged_at=moment,
    )
