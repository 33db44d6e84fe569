"""A ledger at its full size: 5,000 bodies, 250,000 members, 5,000,000 entries, 10,000,000 lines.

Keys are made so that a load script can name them: body n, its accounts in the order of the chart, its fifty
members. `bare` takes the guards away while the rows are made and brings them back; that the set is right says
the reckoning of all books itself.
"""

from __future__ import annotations

from typing import Any

from psycopg import Cursor

from bench.writing import bare, insert
from cooperatives.chart import CASH, CHART, VOLUNTARY
from cooperatives.models import (
    BookYear,
    FinanceBody,
    JournalEntry,
    JournalLine,
    LedgerAccount,
    Member,
    MemberBalance,
)

BODIES, MEMBERS, ENTRIES = 5000, 50, 1000  # members and entries of each body; one entry a day
FIRST_DAY = "date '2024-01-01'"
_CODES = [line.code for line in CHART]


def body_key(number: str) -> str:
    """SQL: the key of the body of that number."""
    return _key("8b0d", number)


def member_key(number: str) -> str:
    """SQL: the key of a member; those of body n are the fifty from 50 n on."""
    return _key("8eeb", number)


def account_key(body: str, code: str) -> str:
    """SQL: the key of a body's account."""
    return f"({body} * {len(_CODES)} + {_CODES.index(code) + 1})"


def _key(kind: str, number: str) -> str:
    return f"('00000000-0000-7000-{kind}-' || lpad(to_hex(({number})::bigint), 12, '0'))::uuid"


def add_ledger(cursor: Cursor[Any], *, bodies: int = BODIES, entries: int = ENTRIES) -> None:
    """Every body has open books; every fifth day a member takes 500 out, else one brings 1,000 or more."""
    tables = (FinanceBody, LedgerAccount, Member, JournalEntry, JournalLine, BookYear, MemberBalance)
    with bare(cursor, tables):
        _add_bodies(cursor, bodies)
        _add_entries(cursor, bodies, entries)
        _keep(cursor)
    for table in tables:
        cursor.execute(f"ANALYZE {table._meta.db_table}")


def _add_bodies(cursor: Cursor[Any], bodies: int) -> None:
    insert(
        cursor,
        FinanceBody,
        f"generate_series(0, {bodies - 1}) n, (SELECT code FROM villages_village ORDER BY code LIMIT 1) v",
        id=body_key("n"),
        village="v.code",
        kind="'cooperative'",
        name="'Koperasi ' || n",
        founded_on=FIRST_DAY,
        books_opened_on=FIRST_DAY,
    )
    for place, line in enumerate(CHART, start=1):
        insert(
            cursor,
            LedgerAccount,
            f"generate_series(0, {bodies - 1}) n",
            id=f"n * {len(_CODES)} + {place}",
            body=body_key("n"),
            code=f"'{line.code}'",
            name_id=f"'{line.name_id}'",
            name_en=f"'{line.name_en}'",
            kind=f"'{line.kind.value}'",
            of_members=str(line.of_members).lower(),
        )
    insert(
        cursor,
        Member,
        f"generate_series(0, {bodies * MEMBERS - 1}) n",
        id=member_key("n"),
        body=body_key(f"n / {MEMBERS}"),
        number=f"n % {MEMBERS} + 1",
        name="'Anggota ' || n",
        sex="'female'",
        kind="'family'",
        joined_on=FIRST_DAY,
    )


def _add_entries(cursor: Cursor[Any], bodies: int, entries: int) -> None:
    """Day after day, so that the rows of one body lie apart as they would."""
    every = (
        f"generate_series(0, {bodies * entries - 1}) n,"
        f" LATERAL (SELECT n % {bodies} AS body, n / {bodies} AS i) e"
    )
    writer = "(SELECT id FROM accounts_user ORDER BY id LIMIT 1) u"
    amount = "CASE WHEN i % 5 = 4 THEN 500 ELSE 1000 + (n % 7) * 500 END"
    insert(
        cursor,
        JournalEntry,
        f"{every}, LATERAL (SELECT {FIRST_DAY} + i AS day) d, {writer}",
        id=_key("8e17", "n"),
        body=body_key("body"),
        year="extract(year FROM day)",
        number="extract(doy FROM day)",
        day="day",
        kind="CASE WHEN i % 5 = 4 THEN 'voluntary_out' ELSE 'voluntary_in' END",
        amount=amount,
        lines_count="2",
        made_by="u.id",
        made_at="day",
    )
    sides = (
        f"(1, {account_key('body', CASH)}, NULL::uuid),"
        f" (-1, {account_key('body', VOLUNTARY)}, {member_key(f'body * {MEMBERS} + i / 20 % {MEMBERS}')})"
    )
    insert(  # the two lines of an entry lie together, as `post_entry` writes them
        cursor,
        JournalLine,
        f"{every}, LATERAL (VALUES {sides}) AS side(sign, account, member)",
        id="n * 2 + CASE sign WHEN 1 THEN 1 ELSE 2 END",
        entry=_key("8e17", "n"),
        account="side.account",
        member="side.member",
        amount=f"sign * CASE WHEN i % 5 = 4 THEN -1 ELSE 1 END * ({amount})",
    )
    cursor.execute(
        "SELECT setval(pg_get_serial_sequence('cooperatives_journalline', 'id'), max(id))"
        " FROM cooperatives_journalline"
    )


def _keep(cursor: Cursor[Any]) -> None:
    """Balances and last numbers are what the postings say."""
    cursor.execute(
        """
        INSERT INTO cooperatives_memberbalance (member_id, account_id, balance)
        SELECT member_id, account_id, -sum(amount) FROM cooperatives_journalline
        WHERE member_id IS NOT NULL GROUP BY 1, 2;
        INSERT INTO cooperatives_bookyear (body_id, year, last_number)
        SELECT body_id, year, max(number) FROM cooperatives_journalentry GROUP BY 1, 2;
        """
    )
