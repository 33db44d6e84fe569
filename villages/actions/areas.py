"""Bring the four area tables in line with a published list, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.actions import record
from villages import events
from villages.access import Seat
from villages.area_files import AreaFileRefused, AreaLevel, AreaReader, AreaRow, broken_line, read_successors
from villages.models import Designation

# Retiring more than this share of a level, and more than so many rows, looks like half a file.
RETIRED_SHARE = 0.2
RETIRED_ROWS = 50


@dataclass(frozen=True)
class _Table:
    """One level: its table, its parent columns with the length of their codes, and its own columns."""

    name: str
    label: object
    parents: tuple[tuple[str, int], ...] = ()
    own: tuple[str, ...] = ()

    @property
    def has_kind(self) -> bool:
        return "kind" in self.own

    @property
    def point(self) -> tuple[str, ...]:
        return tuple(column for column in ("latitude", "longitude") if column in self.own)

    @property
    def differs(self) -> str:
        """The SQL condition that a held row says something else than the given one; no point is no news."""
        return " OR ".join(
            ["held.name <> given.name"]
            + (["held.kind <> given.kind"] if self.has_kind else [])
            + [
                f"(given.{column} IS NOT NULL AND held.{column} IS DISTINCT FROM given.{column})"
                for column in self.point
            ]
        )


TABLES = {
    AreaLevel.PROVINCE: _Table("villages_province", gettext_lazy("Provinces")),
    AreaLevel.DISTRICT: _Table(
        "villages_district", gettext_lazy("Districts"), (("province_id", 2),), ("kind",)
    ),
    AreaLevel.SUBDISTRICT: _Table(
        "villages_subdistrict", gettext_lazy("Subdistricts"), (("district_id", 5),)
    ),
    AreaLevel.VILLAGE: _Table(
        "villages_village",
        gettext_lazy("Villages"),
        (("subdistrict_id", 8), ("district_id", 5), ("province_id", 2)),
        ("kind", "latitude", "longitude"),
    ),
}


@dataclass(frozen=True)
class LevelCounts:
    """What an import did at one level. `returned`: codes back in force, not counted in `changed`."""

    level: AreaLevel
    label: str
    new: int
    changed: int
    returned: int
    retired: int
    unchanged: int

    @property
    def is_still(self) -> bool:
        return not (self.new or self.changed or self.returned or self.retired)


@dataclass
class AreaImport:
    """The outcome of an import."""

    levels: list[LevelCounts]
    linked: int = 0  # retired codes that now name their successor
    unknown_old: int = 0  # old codes of the successor file that were never in these tables
    orphaned: list[str] = field(default_factory=list)  # programme villages retired without a successor

    @property
    def changed_nothing(self) -> bool:
        return self.linked == 0 and all(level.is_still for level in self.levels)


@transaction.atomic
def import_areas(
    *,
    by: Seat | None,
    path: Path,
    successors: Path | None = None,
    on: date | None = None,
    dry_run: bool = False,
    retire_many: bool = False,
) -> AreaImport:
    """The four area tables hold exactly the codes of the list; what it no longer names is retired.

    `path`: a flat CSV, plain or `.gz`, or a folder of `idn-area-data`. `successors`: CSV of old and new code;
    only retired codes get a successor. `on`: first day of the list, today when None: retired rows end the day
    before; new codes begin on it, unless this is the first list of their level. An unknown point never wipes
    out a known one. `dry_run` counts and leaves nothing behind. Raises `AreaFileRefused` naming lines, also
    when a fifth of a level would be retired and `retire_many` is not given; then nothing was changed. Records
    `areas.imported` when anything changed. Statement timeout: lifted for the transaction.
    """
    first_day = on or timezone.localdate()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        _copy(cursor, AreaReader(path).rows())
        levels = [_bring_in_line(cursor, level, first_day) for level in AreaLevel]
        if not retire_many:
            _check_whole(path, levels)
        outcome = AreaImport(levels)
        if successors is not None:
            _link(cursor, successors, outcome)
        outcome.orphaned = _orphans()
        if not outcome.changed_nothing:
            record(
                events.AREAS_IMPORTED,
                by=by,
                subject_label=path.name,
                changes={
                    counts.level.name.lower(): ["", f"+{counts.new} ~{counts.changed} -{counts.retired}"]
                    for counts in levels
                },
            )
            for table in TABLES.values():
                cursor.execute(f"ANALYZE {table.name}")
    if dry_run:
        transaction.set_rollback(True)
    return outcome


def _copy(cursor: CursorWrapper, rows: Iterable[AreaRow]) -> None:
    cursor.execute("DROP TABLE IF EXISTS pg_temp.incoming_area")
    cursor.execute(
        "CREATE TEMP TABLE incoming_area (level smallint, code text, name text, kind text,"
        " latitude numeric(8,5), longitude numeric(8,5)) ON COMMIT DROP"
    )
    with cursor.copy("COPY incoming_area (level, code, name, kind, latitude, longitude) FROM STDIN") as copy:
        for row in rows:
            copy.write_row((int(row.level), row.code, row.name, row.kind, row.latitude, row.longitude))
    cursor.execute("ALTER TABLE incoming_area ADD PRIMARY KEY (code)")
    cursor.execute("ANALYZE incoming_area")


def _bring_in_line(cursor: CursorWrapper, level: AreaLevel, first_day: date) -> LevelCounts:
    """Insert, change, bring back and retire the rows of one level; every statement once for all rows."""
    table = TABLES[level]
    new, changed, returned, held, given = _compare(cursor, level)
    if new:
        # A first list says nothing about when its codes began.
        _insert_new(cursor, level, began=first_day if held > new else None)
    if changed or returned:
        _update_changed(cursor, level)
    return LevelCounts(
        level=level,
        label=str(table.label),
        new=new,
        changed=changed,
        returned=returned,
        retired=_retire_missing(cursor, table, first_day - timedelta(days=1)),
        unchanged=given - new - changed - returned,
    )


def _compare(cursor: CursorWrapper, level: AreaLevel) -> tuple[int, int, int, int, int]:
    """How many codes are new, changed and back in force; how many rows we held, and how many are given."""
    table = TABLES[level]
    cursor.execute(
        f"""
        SELECT count(*) FILTER (WHERE held.code IS NULL),
               count(held.code) FILTER (WHERE held.valid_to IS NULL AND ({table.differs})),
               count(held.valid_to),
               (SELECT count(*) FROM {table.name}),
               count(*)
        FROM incoming_area given LEFT JOIN {table.name} held USING (code) WHERE given.level = %s
        """,  # noqa: S608 - names of our own tables
        [int(level)],
    )
    new, changed, returned, held, given = cursor.fetchone()
    return new, changed, returned, held, given


def _insert_new(cursor: CursorWrapper, level: AreaLevel, *, began: date | None) -> None:
    table = TABLES[level]
    columns = ["code", "name", *table.own, *(column for column, _length in table.parents), "valid_from"]
    parents = (f"left(code, {length})" for _column, length in table.parents)
    values = ["code", "name", *table.own, *parents, "%s::date"]
    cursor.execute(
        f"""
        INSERT INTO {table.name} ({", ".join(columns)})
        SELECT {", ".join(values)} FROM incoming_area given
        WHERE level = %s AND NOT EXISTS (SELECT FROM {table.name} held WHERE held.code = given.code)
        ORDER BY code
        """,  # noqa: S608
        [began, int(level)],
    )


def _update_changed(cursor: CursorWrapper, level: AreaLevel) -> None:
    """Names, kinds and known points as given; a code of the list is in force again."""
    table = TABLES[level]
    sets = ["name = given.name", "valid_to = NULL", "successor_id = NULL"]
    sets += ["kind = given.kind"] if table.has_kind else []
    sets += [f"{column} = coalesce(given.{column}, held.{column})" for column in table.point]
    cursor.execute(
        f"""
        UPDATE {table.name} held SET {", ".join(sets)} FROM incoming_area given
        WHERE given.code = held.code AND given.level = %s AND (held.valid_to IS NOT NULL OR {table.differs})
        """,  # noqa: S608
        [int(level)],
    )


def _retire_missing(cursor: CursorWrapper, table: _Table, last_day: date) -> int:
    """End what the list no longer names; return how many rows that were."""
    cursor.execute(
        f"""
        UPDATE {table.name} held SET valid_to = %s
        WHERE valid_to IS NULL AND NOT EXISTS (SELECT FROM incoming_area given WHERE given.code = held.code)
        """,  # noqa: S608
        [last_day],
    )
    return int(cursor.rowcount)


def _check_whole(path: Path, levels: list[LevelCounts]) -> None:
    for counts in levels:
        before = counts.retired + counts.changed + counts.unchanged
        if counts.retired > RETIRED_ROWS and counts.retired > RETIRED_SHARE * before:
            raise AreaFileRefused(
                [
                    _(
                        "%(file)s would retire %(retired)s of %(before)s: %(level)s. Is the list whole? "
                        "If so, repeat with --retire-many."
                    )
                    % {
                        "file": path.name,
                        "retired": counts.retired,
                        "before": before,
                        "level": counts.label,
                    }
                ]
            )


def _link(cursor: CursorWrapper, successors: Path, outcome: AreaImport) -> None:
    """Let retired codes name their successor. Raises AreaFileRefused for an old code still in force or a new
    one that is not in the list."""
    for line, old, new in read_successors(successors):
        table = TABLES[AreaLevel(old.count("."))]
        cursor.execute(
            f"SELECT (SELECT valid_to IS NULL FROM {table.name} WHERE code = %s),"  # noqa: S608
            f" EXISTS (SELECT FROM {table.name} WHERE code = %s AND valid_to IS NULL)",
            [old, new],
        )
        old_in_force, new_in_force = cursor.fetchone()
        if not new_in_force:
            raise broken_line(successors, line, _("%(code)s is not in the list") % {"code": new})
        if old_in_force is None:
            outcome.unknown_old += 1
            continue
        if old_in_force:
            raise broken_line(successors, line, _("%(code)s is still in force") % {"code": old})
        cursor.execute(
            f"UPDATE {table.name} SET successor_id = %s"  # noqa: S608
            " WHERE code = %s AND successor_id IS DISTINCT FROM %s",
            [new, old, new],
        )
        outcome.linked += cursor.rowcount


def _orphans() -> list[str]:
    """Villages in the programme whose code is retired and has no successor, as code and name."""
    rows = Designation.objects.filter(
        ended_on__isnull=True, village__valid_to__isnull=False, village__successor__isnull=True
    ).order_by("village_id")
    return [f"{code} {name}" for code, name in rows.values_list("village_id", "village__name")]
