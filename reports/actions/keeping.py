"""Kept counts stay short and true."""

from __future__ import annotations

from django.db import connection, transaction

from audit.actions import record
from reports.events import COUNTS_CHECKED

_FOLD = """
    WITH gone AS (
        DELETE FROM reports_keptcount WHERE (source, month, province_id, district_id, value) IN (
            SELECT source, month, province_id, district_id, value FROM reports_keptcount
            GROUP BY 1, 2, 3, 4, 5 HAVING count(*) > 1 OR sum(number) = 0
        ) RETURNING source, month, province_id, district_id, value, number
    ), folded AS (
        INSERT INTO reports_keptcount (source, month, province_id, district_id, value, number)
        SELECT source, month, province_id, district_id, value, sum(number) FROM gone
        GROUP BY 1, 2, 3, 4, 5 HAVING sum(number) <> 0
    )
    SELECT count(*) FROM gone
"""

# The records once more as the triggers count them (migration 0010), against what is kept.
MEND_COUNTS = """
    WITH counted AS (
        SELECT 'visits' AS source, date_trunc('month', visited_on)::date AS month, province_id, district_id,
               '' AS value, count(*) AS number
        FROM migrants_servicevisit WHERE withdrawn_at IS NULL GROUP BY 2, 3, 4
        UNION ALL
        SELECT 'registrations', date_trunc('month', registered_on)::date, province_id, district_id, '',
               count(*)
        FROM migrants_migration GROUP BY 2, 3, 4
        UNION ALL
        SELECT 'departures', date_trunc('month', departed_on)::date, province_id, district_id, procedural,
               count(*)
        FROM migrants_migration WHERE departed_on IS NOT NULL GROUP BY 2, 3, 4, 5
    ), kept AS (
        SELECT source, month, province_id, district_id, value, sum(number) AS number
        FROM reports_keptcount GROUP BY 1, 2, 3, 4, 5
    )
    INSERT INTO reports_keptcount (source, month, province_id, district_id, value, number)
    SELECT source, month, province_id, district_id, value,
           coalesce(counted.number, 0) - coalesce(kept.number, 0)
    FROM counted FULL JOIN kept USING (source, month, province_id, district_id, value)
    WHERE coalesce(counted.number, 0) <> coalesce(kept.number, 0)
"""


@transaction.atomic
def fold_counts() -> int:
    """Each kept count is one row, and none is zero. Returns how many rows were folded.

    Readers see the rows before or after, never some of both: it is one statement. Two at the same time fold
    different rows.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FOLD)
        return int(cursor.fetchone()[0])


@transaction.atomic
def check_counts() -> int:
    """Kept counts agree with the records, and the trail says how many did not. Returns how many.

    The system does it itself, at night. Records and counts are read and mended by one statement, so what is
    written meanwhile is neither missed nor counted twice. Records `figures.checked`.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '300s'; SET LOCAL lock_timeout = 0")
        cursor.execute("LOCK TABLE reports_keptcount IN SHARE UPDATE EXCLUSIVE MODE")  # one mends at a time
        cursor.execute(MEND_COUNTS)
        wrong: int = cursor.rowcount
    record(COUNTS_CHECKED, by=None, subject_label=str(wrong))
    return wrong
