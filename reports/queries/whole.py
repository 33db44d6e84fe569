"""The whole list behind a figure, as long as it is: every record with its columns, told by the database.

A page of fifty records is read in Python; a file of a million would be made of ten million small calls. Here
the columns say themselves in SQL above the same sorted records, and PostgreSQL writes the lines.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import CharField, F, ForeignKey, QuerySet, TextField
from django.db.models.expressions import Col
from django.utils.functional import Promise
from psycopg import ClientCursor, Copy
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGconn
from psycopg.sql import SQL, Composable, Identifier, Literal
from psycopg.types.string import TextLoader

from reports.indicators.reading import Found
from reports.indicators.shape import Column

UNDER_WAY = "desmigratif export"  # the name of the connection while it writes a whole list
MOST_TIME = "120s"
# A million rows sorted in memory take three quarters of the time of a sort on disk. Only a long list uses it,
# and of long files one is made at a time.
SORT_MEMORY = "256MB"
LINES_AT_ONCE = 1000
# As `exports.defused`. Nothing that begins with a digit, or between "A" and the full-width forms, is a
# formula, so most texts are never looked at more closely.
_FORMULA = Literal("^( *[=+@\t\r＝＋－＠-])")
_HARMLESS = (("A", "\uff00"), ("0", ":"))


class WholeList:
    """Every record of a list, in its order, with these columns."""

    def __init__(self, rows: QuerySet[Any], columns: Sequence[Column]) -> None:
        self.rows = rows
        self.columns = columns

    @property
    def header(self) -> list[str | Promise]:
        return [column.label for column in self.columns]

    @cached_property
    def number(self) -> int:
        """How many records there were when it was first asked. One query."""
        return self.rows.count()

    def csv(self) -> Iterator[bytes]:
        """The lines of a CSV file without its header, many at once, in the language of this moment. One query
        when they are taken."""
        return _copied(self._question(defused=True))

    def cells(self) -> Iterator[tuple[Any, ...]]:
        """A tuple for each record, of text on one line, whole numbers and None, days as 31-12-2026, in the
        language of this moment. One query when they are taken."""
        return _fetched(self._question(defused=False))

    def _question(self, *, defused: bool) -> str | None:
        paths = list(dict.fromkeys(path for column in self.columns for path in column.read.paths))
        names = {path: Identifier(f"c{turn}") for turn, path in enumerate(paths)}
        found = {path: _found(name, self._is_free_text(path), defused) for path, name in names.items()}
        cells = [column.read.told(*(found[path] for path in column.read.paths)) for column in self.columns]
        return _told(self.rows.values_list(*paths), cells, list(names.values()))

    def _is_free_text(self, path: str) -> bool:
        """Text that may hold anything. What records point to is a key, or an area's code: digits and dots, as
        the database checks."""
        cell = F(path).resolve_expression(self.rows.query.chain(), allow_joins=True)
        if isinstance(cell, Col) and isinstance(cell.target, ForeignKey):
            return False
        return isinstance(cell.output_field, CharField | TextField)


def _found(raw: Identifier, is_free_text: bool, defused: bool) -> Found:
    if not is_free_text:
        return Found(raw, raw, raw)
    line = SQL("replace({}, {}, ' ')").format(raw, Literal("\n"))
    if not defused:
        return Found(raw, line, line)
    between = SQL('{0} COLLATE "C" >= {1} AND {0} COLLATE "C" < {2}')
    harmless = SQL(" OR ").join(between.format(raw, Literal(one), Literal(two)) for one, two in _HARMLESS)
    closer = SQL("regexp_replace({}, {}, {})").format(line, _FORMULA, Literal("'\\1"))
    safe = SQL("CASE WHEN {} THEN {} WHEN {} <> '' THEN {} END").format(harmless, line, raw, closer)
    return Found(raw, line, safe)


def _told(rows: QuerySet[Any, Any], cells: Sequence[Composable], names: Sequence[Identifier]) -> str | None:
    """The question as one text: the cells above the sorted rows; None when it can have no answer."""
    try:
        text, values = rows.query.sql_with_params()
    except EmptyResultSet:
        return None
    connection.ensure_connection()
    assert connection.connection is not None
    in_order = SQL(ClientCursor(connection.connection).mogrify(text, values))
    comma = SQL(", ")
    above = SQL("SELECT {} FROM ({}) AS listed ({})")
    return above.format(comma.join(cells), in_order, comma.join(names)).as_string(connection.connection)


def _copied(question: str | None) -> Iterator[bytes]:
    if question is None:
        return
    statement = SQL("COPY ({}) TO STDOUT (FORMAT csv)").format(SQL(question))
    with _at_length(), connection.cursor() as cursor, cursor.copy(statement) as copy:
        for lines in _arrived(copy):
            yield lines.replace(b"\n", b"\r\n")  # text is on one line: no other line ends here


def _arrived(copy: Copy) -> Iterator[bytes]:
    """The lines as they come, many at once. To take those that libpq holds costs a third of asking psycopg
    for each, which waits anew every time."""
    held = copy.connection.pgconn
    length = 0
    while length == 0 and (line := copy.read()):
        lines = [line]
        length, line = held.get_copy_data(1)
        while length > 0:
            lines.append(line)
            length, line = held.get_copy_data(1)
        if length < 0:  # the end, which psycopg then does not see
            _check_end(held)
        yield b"".join(lines)


def _check_end(held: PGconn) -> None:
    for result in list(iter(held.get_result, None)):  # all are taken, whatever the first says
        if result.status != ExecStatus.COMMAND_OK:
            raise error_from_result(result)


def _fetched(question: str | None) -> Iterator[tuple[Any, ...]]:
    if question is None:
        return
    with _at_length(), connection.chunked_cursor() as cursor:
        cursor.adapters.register_loader("date", TextLoader)
        cursor.execute(question)
        while some := cursor.fetchmany(LINES_AT_ONCE):
            yield from some


def is_under_way() -> bool:
    """Whether somebody else takes a whole list at this moment. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database()"
            " AND application_name = %s AND pid <> pg_backend_pid())",
            [UNDER_WAY],
        )
        return bool(cursor.fetchone()[0])


@contextmanager
def _at_length() -> Generator[None]:
    """Inside, a question may take as long as a whole list needs, days are written 31-12-2026, and others see
    that a list is under way."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('statement_timeout', %s, true), set_config('application_name', %s, true),"
                " set_config('datestyle', 'Postgres, DMY', true), set_config('jit', 'off', true),"
                " set_config('work_mem', %s, true)",
                [MOST_TIME, UNDER_WAY, SORT_MEMORY],
            )
        yield
        with connection.cursor() as cursor:  # a transaction around this one goes on
            cursor.execute(
                "SET LOCAL datestyle = 'ISO, MDY'; SET LOCAL application_name TO DEFAULT;"
                " SET LOCAL work_mem TO DEFAULT"
            )
