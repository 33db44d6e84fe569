"""What the factories make for every test, made again by one insert a table: they take their time once."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import TypeVar

from django.db.models import Model
from django.db.models.signals import post_save

Made = TypeVar("Made")
_kept: dict[object, bytes] = {}


def recalled(build: Callable[[], Made], *, of: object) -> Made:
    """What `build` gives, with its rows in the database; `of` names what it depends on.

    The first call in a process builds and keeps; the others unpickle, so that no test meets an object that
    another one changed, and insert the same rows, parents first. `build` saves row by row: what it writes
    with `bulk_create` or SQL is not seen.
    """
    if of not in _kept:
        made, rows = _watched(build)
        _kept[of] = pickle.dumps((made, rows))
        return made
    made, rows = pickle.loads(_kept[of])
    tables: dict[type[Model], list[Model]] = {}
    for row in rows:
        tables.setdefault(type(row), []).append(row)
    for model, members in tables.items():
        model._base_manager.bulk_create(members)
    return made


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
