"""Reckon all books from their postings, and name whatever does not agree."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cooperatives.chart import CASH
from cooperatives.models import LedgerCheck

MOST_OF_A_KIND = 100

# One statement sees one moment, also while others post. Each part names kind, body, what, and two numbers.
# The lines are gone through twice, by entry and by account, from indexes that hold the amounts in that order.
_FINDINGS = """
    SELECT r.kind, b.id, b.name, r.what, r.stands, r.should, r.all_found
    FROM (
        SELECT f.*, row_number() OVER (PARTITION BY f.kind ORDER BY f.body_id, f.what) AS place,
               count(*) OVER () AS all_found
        FROM (
            SELECT 'unbalanced'::text AS kind, e.body_id, e.number || '/' || e.year AS what,
                   s.rest AS stands, 0::bigint AS should
            FROM (
                SELECT entry_id, count(*) AS lines, cooperatives_total(amount) AS rest,
                       cooperatives_total(amount) FILTER (WHERE amount > 0) AS moved
                FROM cooperatives_journalline GROUP BY entry_id
            ) s
            FULL JOIN cooperatives_journalentry e ON e.id = s.entry_id
            WHERE s.lines IS DISTINCT FROM e.lines_count OR s.rest <> 0 OR s.moved <> e.amount
            UNION ALL
            SELECT p.kind, a.body_id, p.what, p.stands, p.should
            FROM (
                SELECT account_id, member_id, cooperatives_total(amount) AS moved
                FROM cooperatives_journalline GROUP BY account_id, member_id
            ) l
            FULL JOIN cooperatives_memberbalance b
                ON b.member_id = l.member_id AND b.account_id = l.account_id
            JOIN cooperatives_ledgeraccount a ON a.id = coalesce(l.account_id, b.account_id)
            LEFT JOIN cooperatives_member m ON m.id = coalesce(l.member_id, b.member_id)
            CROSS JOIN LATERAL (
                SELECT CASE WHEN NOT a.of_members THEN 0
                            WHEN a.kind IN ('asset', 'cost') THEN coalesce(l.moved, 0)
                            ELSE -coalesce(l.moved, 0) END AS kept
            ) r
            CROSS JOIN LATERAL (
                SELECT 'balance'::text, m.number || ', ' || a.code, coalesce(b.balance, 0), r.kept
                WHERE m.id IS NOT NULL AND coalesce(b.balance, 0) <> r.kept
                UNION ALL
                SELECT 'cash'::text, a.code, l.moved, 0::bigint
                WHERE a.code = %(cash)s AND l.member_id IS NULL AND l.moved < 0
                UNION ALL
                SELECT 'stranger'::text, a.code, m.number::bigint, 0::bigint
                WHERE m.body_id <> a.body_id OR (a.of_members AND m.id IS NULL)
            ) AS p (kind, what, stands, should)
            UNION ALL
            SELECT 'gap'::text, coalesce(n.body_id, y.body_id), coalesce(n.year, y.year)::text,
                   n.given, y.last_number::bigint
            FROM (
                SELECT body_id, year, count(*) AS given, min(number) AS first, max(number) AS last
                FROM cooperatives_journalentry GROUP BY body_id, year
            ) n
            FULL JOIN cooperatives_bookyear y ON y.body_id = n.body_id AND y.year = n.year
            WHERE n.first <> 1 OR n.last <> n.given OR n.last IS DISTINCT FROM y.last_number
            UNION ALL
            SELECT 'closed'::text, c.body_id, to_char(c.month, 'YYYY-MM'), n.entries, t.entries::bigint
            FROM cooperatives_closedmonth c
            JOIN cooperatives_trialcheck t ON t.id = c.trial_id
            CROSS JOIN LATERAL (
                SELECT count(*) AS entries FROM cooperatives_journalentry e
                WHERE e.body_id = c.body_id AND e.day < c.month + interval '1 month'
            ) n
            WHERE n.entries <> t.entries
            UNION ALL
            SELECT 'mirror'::text, e.body_id, e.number || '/' || e.year, e.amount, o.amount
            FROM cooperatives_journalentry e
            JOIN cooperatives_journalentry o ON o.id = e.reverses_id
            WHERE e.reverses_id IS NOT NULL
              AND (o.body_id <> e.body_id OR o.amount <> e.amount OR o.lines_count <> e.lines_count)
        ) f
    ) r JOIN cooperatives_financebody b ON b.id = r.body_id
    WHERE r.place <= %(most)s ORDER BY r.kind, r.place
"""

# What is ordered already is merged: tables of millions of rows need not be built in memory first.
_ROOM = """
    SET LOCAL statement_timeout = 0; SET LOCAL jit = off;
    SET LOCAL work_mem = '256MB'; SET LOCAL enable_hashjoin = off
"""

_WORDS: dict[str, str | Promise] = {
    "unbalanced": gettext_lazy("%(body)s, entry %(what)s: its lines leave a rest of %(is)s."),
    "balance": gettext_lazy("%(body)s, member %(what)s: the balance says %(is)s, the postings %(should)s."),
    "gap": gettext_lazy("%(body)s, year %(what)s: %(is)s entries, the last number is %(should)s."),
    "closed": gettext_lazy("%(body)s, closed month %(what)s: %(is)s entries, at the closing %(should)s."),
    "cash": gettext_lazy("%(body)s, account %(what)s: the cash is below zero, %(is)s."),
    "stranger": gettext_lazy("%(body)s, account %(what)s: a line names no member, or one of another body."),
    "mirror": gettext_lazy("%(body)s, entry %(what)s: it reverses %(should)s with %(is)s."),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not agree. `stands`: what stands there; `should`: what the postings say."""

    kind: str
    body_id: UUID
    body: str
    what: str
    stands: int | None
    should: int | None

    @property
    def sentence(self) -> str:
        words = {"body": self.body, "what": self.what, "is": self.stands, "should": self.should}
        return str(_WORDS[self.kind]) % words


def books_that_disagree() -> tuple[list[Finding], int]:
    """What does not agree in any book, at most a hundred of a kind, and how many there are in all.

    Every entry sums to zero with the lines it was posted with; every member's balance equals her postings;
    numbers run from 1 without gap; no closed month has more entries than at its closing; no cash is below
    zero; no line names another body's member; a reversal has the size of its original. Queries: 1, over all
    postings; the planner is given room for it, until the transaction ends.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ROOM)
        cursor.execute(_FINDINGS, {"cash": CASH, "most": MOST_OF_A_KIND})
        rows = cursor.fetchall()
    found = [Finding(*row[:4], *(None if one is None else int(one) for one in row[4:6])) for row in rows]
    return found, rows[0][6] if rows else 0


def latest_check() -> LedgerCheck | None:
    """The latest reckoning; None before the first. One query."""
    return LedgerCheck.objects.order_by("-pk").first()


def summary_of(check: LedgerCheck) -> str:
    """The result of a reckoning in a sentence."""
    if check.found == 0:
        return _("All books agree with their postings.")
    return ngettext(
        "%(n)s thing in the books does not agree.", "%(n)s things in the books do not agree.", check.found
    ) % {"n": check.found}
