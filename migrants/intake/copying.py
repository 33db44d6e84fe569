"""Many rows at once, by COPY."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any

from django.db import connection
from django.db.models import Model
from django.utils import timezone
from psycopg import sql

from villages.models import Placed


def copy_in(model: type[Model], rows: Sequence[Model]) -> int:
    """Write new rows of one model as they stand; moments that the database's clock would set are now.

    Constraints and triggers hold as for any other write. Call inside a transaction. Returns how many rows.
    """
    if not rows:
        return 0
    fields = [field for field in model._meta.concrete_fields if not field.primary_key or rows[0].pk]
    now = timezone.now()
    for name in _clocked(fields):
        for row in rows:
            setattr(row, name, now)
    if issubclass(model, Placed):
        for placed in rows:
            placed.district_id, placed.province_id = placed.village_id[:5], placed.village_id[:2]  # type: ignore[attr-defined]
    values = attrgetter(*[field.attname for field in fields])
    return copy_values(model, [str(field.column) for field in fields], map(values, rows))


def copy_values(model: type[Model], columns: Iterable[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write the values of the named columns, row after row. Returns how many rows."""
    command = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    count = 0
    with connection.cursor() as cursor, cursor.copy(command) as copy:
        for row in rows:
            copy.write_row(row)
            count += 1
    return count


def _clocked(fields: Iterable[Any]) -> list[str]:
    return [
        field.attname
        for field in fields
        if getattr(field, "auto_now_add", False) or getattr(field, "auto_now", False)
    ]
