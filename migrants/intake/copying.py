"""Many rows at once, by COPY."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import Field, Model
from django.utils import timezone
from psycopg import sql

from villages.models import Placed


def copy_in(model: type[Model], rows: Sequence[Mapping[str, Any]]) -> int:
    """Write new rows, each given by column; what a row does not name has the default of its field.

    Moments that a single save would set are now; district and province follow from the village. Constraints
    and triggers hold as for any other write. Call inside a transaction. Returns how many rows.
    """
    if not rows:
        return 0
    fields = [
        field
        for field in model._meta.concrete_fields
        if not field.generated and (not field.primary_key or "id" in rows[0])
    ]
    columns = [str(field.column) for field in fields]
    plain = {str(field.column): _default(field) for field in fields}
    fresh = [field for field in fields if _is_made_anew(field) and str(field.column) not in rows[0]]
    placed = issubclass(model, Placed)

    def values() -> Iterable[Sequence[Any]]:
        for row in rows:
            given = {**plain, **row}
            for field in fresh:
                given[str(field.column)] = field.get_default()
            if placed:
                given["district_id"], given["province_id"] = row["village_id"][:5], row["village_id"][:2]
            yield [given[column] for column in columns]

    return copy_values(model, columns, values())


def copy_values(model: type[Model], columns: Iterable[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write the values of the named columns, row after row. Returns how many rows. Raises Django's errors."""
    command = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    count = 0
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(command) as copy:
        for row in rows:
            copy.write_row(row)
            count += 1
    return count


def _is_made_anew(field: Field[Any, Any]) -> bool:
    return field.has_default() and callable(field.default)


def _default(field: Field[Any, Any]) -> Any:
    if getattr(field, "auto_now_add", False) or getattr(field, "auto_now", False):
        return timezone.now()
    return field.get_default()
