"""A pytest plugin: tests that commit can still be cleaned up after.

`@pytest.mark.django_db(transaction=True)` empties every table when the test ends. The audit log, and any
other table guarded by `append_only()`, refuses that: so the guards are lifted, by the owner, for the emptying
alone, and are set again before the next test. What follows from the code, the names of models and of rights,
stays: Django would empty and write it anew, at two seconds a test. Named in pyproject.toml
(`-p tests.audit_flush`); nothing has to be imported or asked for.
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


_SAID_BY_THE_CODE = frozenset({"django_content_type", "auth_permission", "django_migrations"})


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


def empty_tables() -> None:
    """No table has a row but those that say what the code says."""
    tables = set(connection.introspection.django_table_names(only_existing=True, include_views=False))
    names = ", ".join(connection.ops.quote_name(table) for table in sorted(tables - _SAID_BY_THE_CODE))
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {names}")


def pytest_sessionstart() -> None:
    from django.test import TransactionTestCase

    def teardown(_case: TransactionTestCase) -> None:
        with guards_lifted():
            empty_tables()

    TransactionTestCase._fixture_teardown = teardown
