"""What the factories make for every test, made again in one round trip: they take their time once."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model
from django.db.models.signals import post_save
from psycopg import ClientCursor

Made = TypeVar("Made")
_kept: dict[object, bytes] = {}
_inserts: dict[object, str] = {}


def recalled(build: Callable[[], Made], *, of: object) -> Made:
    """What `build` gives, with its rows in the database; `of` names what it depends on.

    The first call in a process builds and keeps; the second unpickles, so that no test meets an object that
    another one changed, and inserts the same rows, parents first; the others send the text that the second
    sent. `build` saves row by row: what it writes with `bulk_create` or SQL is not seen.
    """
    if of not in _kept:
        made, rows = _watched(build)
        _kept[of] = pickle.dumps((made, rows))
        return made
    made, rows = pickle.loads(_kept[of])
    if of in _inserts:
        # Beside Django's cursor, which would prepare the text after some calls: several commands cannot be.
        connection.ensure_connection()
        connection.connection.execute(_inserts[of], prepare=False)
    else:
        _inserts[of] = _inserted(rows)
    return made


def _inserted(rows: list[Model]) -> str:
    """The rows are in the database. Returns the commands that put them there."""
    tables: dict[type[Model], list[Model]] = {}
    for row in rows:
        tables.setdefault(type(row), []).append(row)
    sent = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        sent.append(ClientCursor(connection.connection).mogrify(sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        for model, members in tables.items():
            model._base_manager.bulk_create(members)
    return ";\n".join(sent)


def _watched(build: Callable[[], Made]) -> tuple[Made, list[Model]]:
    """What `build` gives, and every row it wrote as it was in the end, in the order of their beginning."""
    rows: dict[tuple[type[Model], object], Model] = {}

    def note(sender: type[Model], instance: Model, **_rest: object) -> None:
        rows[sender, instance.pk] = instance

    post_save.connect(note)
    try:
        return build(), list(rows.values())
    finally:
        post_save.disconnect(note)
