"""The bench's own databases beside the site's, on the same engine; the site's is never opened."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

PROJECT = Path(__file__).resolve().parent.parent
NAME = "desmigratif_bench"
EMPTY = "desmigratif_bench_empty"


def url_of(name: str) -> str:
    """The address of a database beside the site's."""
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


def make_empty(name: str, *, template: str | None = None) -> None:
    """A fresh database of that name, a copy of `template` when given."""
    drop(name)
    with _operator() as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8' LOCALE 'C.UTF-8'").format(
                sql.Identifier(name), sql.Identifier(template or "template0")
            )
        )


def drop(name: str) -> None:
    """No database of that name is left, whoever is connected to it."""
    with _operator() as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def migrate(name: str) -> None:
    """All migrations are in the database."""
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--no-input", "--verbosity", "0", "--skip-checks"],
        cwd=PROJECT,
        env={**os.environ, "DATABASE_URL": url_of(name)},
        check=True,
    )


def digest_of(*patterns: str) -> str:
    """What a kept database was made from: a digest of the project's files that fit the patterns."""
    digest = hashlib.sha256()
    for path in sorted(path for pattern in patterns for path in PROJECT.glob(pattern)):
        digest.update(path.relative_to(PROJECT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def is_filled(name: str, mark: str) -> bool:
    """Whether the database is there and was filled under that mark."""
    with _operator() as connection:
        found = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name]
        ).fetchone()
    return bool(found and found[0] == mark)


def note_filled(name: str, mark: str) -> None:
    """The database says under which mark it was filled."""
    with _operator() as connection:
        connection.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), mark))


@contextmanager
def standing_on(name: str) -> Iterator[None]:
    """Inside, Django asks the database of that name."""
    from django.db import connection

    connection.close()
    usual, connection.settings_dict["NAME"] = connection.settings_dict["NAME"], name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual


def _operator() -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
