"""A pytest plugin: tests that commit can still be cleaned up after.

`@pytest.mark.django_db(transaction=True)` empties every table when the test ends. The audit log, and any
other table guarded by `append_only()`, refuses that: so the guards are lifted, by the owner, for the emptying
alone, and are set again before the next test. Named in pyproject.toml (`-p tests.audit_flush`); nothing has
to be imported or asked for.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

_GUARDED = """
    SELECT c.oid::regclass::text,
           has_table_privilege(c.oid, 'TRUNCATE'),
           ARRAY(SELECT quote_ident(t.tgname) FROM pg_trigger t
                 WHERE t.tgrelid = c.oid AND NOT t.tgisinternal AND t.tgenabled <> 'D' AND t.tgtype & 32 <> 0)
    FROM pg_class c
    WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace
"""


@contextmanager
def guards_lifted() -> Iterator[None]:
    """Inside, the owner may empty every table; afterwards every guard stands as before."""
    with connection.cursor() as cursor:
        cursor.execute(_GUARDED)
        guarded = [row for row in cursor.fetchall() if not row[1] or row[2]]
        for table, allowed, triggers in guarded:
            for trigger in triggers:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
            if not allowed:
                cursor.execute(f"GRANT TRUNCATE ON {table} TO CURRENT_USER")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for table, allowed, triggers in guarded:
                for trigger in triggers:
                    cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {trigger}")
                if not allowed:
                    cursor.execute(f"REVOKE TRUNCATE ON {table} FROM CURRENT_USER")


def pytest_sessionstart() -> None:
    from django.test import TransactionTestCase

    plain_teardown = TransactionTestCase._fixture_teardown

    def teardown(case: TransactionTestCase) -> None:
        with guards_lifted():
            plain_teardown(case)

    TransactionTestCase._fixture_teardown = teardown
