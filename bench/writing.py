"""Write many rows by INSERT..SELECT into tables that keep their indexes and rules only before and after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.db.models import NOT_PROVIDED, Model
from psycopg import Cursor, sql

from villages.models import Placed

_RULES = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
    FROM pg_constraint WHERE contype = 'f' AND conrelid = ANY(%s::regclass[]) ORDER BY 1, 2
"""
_INDEXES = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid)
    FROM pg_index
    WHERE indrelid = ANY(%s::regclass[])
      AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u', 'x'))
    ORDER BY 1
"""


def insert(cursor: Cursor[Any], model: type[Model], source: str, /, **columns: str) -> int:
    """Insert one row for each row of `source`. `columns`: field name -> SQL; the others get their default.

    `source`: what stands after FROM. District and province follow from `village`. Returns how many rows.
    Raises `ValueError` for a column that has neither an expression nor a default.
    """
    given = dict(columns)
    if issubclass(model, Placed):
        given["district"] = f"left({given['village']}, 5)"
        given["province"] = f"left({given['village']}, 2)"
    names, values = [], []
    for field in model._meta.concrete_fields:
        expression = given.pop(field.name, None)
        if expression is None:
            if field.null or field.generated or field.db_default is not NOT_PROVIDED:
                continue
            expression = _literal(field)
        names.append(sql.Identifier(field.column))
        values.append(sql.SQL(expression))
    if given:
        raise ValueError(f"{model.__name__} has no field {', '.join(given)}.")
    cursor.execute(
        sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {}").format(
            sql.Identifier(model._meta.db_table),
            sql.SQL(", ").join(names),
            sql.SQL(", ").join(values),
            sql.SQL(source),
        )
    )
    return cursor.rowcount


def _literal(field: Any) -> str:
    if getattr(field, "auto_now_add", False) or getattr(field, "auto_now", False):
        return "now()"
    if field.has_default() and not callable(field.default):
        return _quoted(field.default)
    if field.empty_strings_allowed and field.get_internal_type() in {"CharField", "TextField", "EmailField"}:
        return "''"
    raise ValueError(f"{field.model.__name__}.{field.name} needs an expression.")


def _quoted(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date | datetime):
        return f"'{value.isoformat()}'"
    return "'" + str(getattr(value, "value", value)).replace("'", "''") + "'"


@contextmanager
def bare(cursor: Cursor[Any], models: Sequence[type[Model]]) -> Iterator[None]:
    """Inside, these tables have no foreign keys, no indexes but their primary keys, and no triggers of ours.

    Afterwards everything is as before, checked word by word. Building an index once is ten times cheaper than
    growing it (performance.md 1), and one check of all rows cheaper than a million of one.
    """
    tables = [model._meta.db_table for model in models]
    rules, indexes = _read(cursor, _RULES, tables), _read(cursor, _INDEXES, tables)
    for table, name, _words in rules:
        cursor.execute(sql.SQL(f"ALTER TABLE {table} DROP CONSTRAINT {{}}").format(sql.Identifier(name)))
    for name, _words in indexes:
        cursor.execute(f"DROP INDEX {name}")
    for table in tables:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    yield
    for table in tables:
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    for _name, words in indexes:
        cursor.execute(words)
    for table, name, words in rules:
        cursor.execute(
            sql.SQL(f"ALTER TABLE {table} ADD CONSTRAINT {{}} {words}").format(sql.Identifier(name))
        )
    again = _read(cursor, _RULES, tables), _read(cursor, _INDEXES, tables)
    if again[0] != rules or _columns(again[1]) != _columns(indexes):
        raise RuntimeError("The tables are not what they were before.")


def _columns(indexes: list[Any]) -> list[str]:
    """Names and columns of indexes; PostgreSQL writes a condition with other brackets the second time."""
    return [words.partition(" WHERE ")[0] for _name, words in indexes]


def _read(cursor: Cursor[Any], question: str, tables: list[str]) -> list[Any]:
    return cursor.execute(question, [tables]).fetchall()
