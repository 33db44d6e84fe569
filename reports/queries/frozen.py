"""What a printed number counted when its edition was made, as far as a reader may see, and what it is now."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.paging import KeysetPage
from accounts.roles import Level, Permission
from reports.access import AREAS, may_list_rows, may_open_rows, own_place, sees_place
from reports.cells import Cell, NoSuchFigure, has_figure
from reports.figures import figure_table
from reports.freezing.collecting import definition_of, digest_of_definition
from reports.freezing.keys import ALL_BUT, OVER, CellKey, figure_named, part_named, period_named
from reports.freezing.making import Made, made_of, sets_of
from reports.freezing.records import Record, Records, number_of, versions_now
from reports.indicators import CATALOGUE, Column, Indicator, Span
from reports.indicators.shape import Measure
from reports.models import FrozenFigure, FrozenSet
from reports.places import Place, cut, level_of
from reports.queries.listing import Line, columns_for, lines, on_page
from reports.yearly.content import LANGUAGE
from villages.access import Seat
from villages.models import Subdistrict
from villages.models.placed import placed_within

PAGE_ROWS = 50
SUBDISTRICT = 8  # length of the code: the one level that figures know nothing of


class Since(StrEnum):
    """What became of a record since it was counted."""

    SAME = "same"
    CHANGED = "changed"
    DROPPED = "dropped"
    MERGED = "merged"
    CLOSED = "closed"
    GONE = "gone"

    @property
    def label(self) -> str | Promise:
        return {
            Since.SAME: _("As it was counted"),
            Since.CHANGED: _("Changed since; shown as it is today"),
            Since.DROPPED: _("Stands, but is counted no more"),
            Since.MERGED: _("Put together with another record since"),
            Since.CLOSED: _("Moved since, or not open to you any more"),
            Since.GONE: _("Deleted since"),
        }[self]


@dataclass(frozen=True)
class FrozenLine:
    """One frozen record. `line` None: there is nothing to show but its id and what became of it."""

    record: Record
    since: Since
    line: Line | None


@dataclass(frozen=True)
class Part:
    """The frozen number of a place within."""

    place: Place
    count: int | None


@dataclass(frozen=True)
class OpenedFigure:
    """A frozen number as a reader sees it.

    `count`: as printed, or from its records where it was printed hidden and the reader may open them; None:
    hidden. `records`: how many records it has in all; `elsewhere`: how many of them lie outside the reader's
    place. `now`: the same number counted today; None where it is not the reader's or is counted no more.
    `page` None: the reader sees numbers only; then `parts` may say them by place. `areas`: those that are
    counted instead of records. `times`: so many for each record.
    """

    figure: FrozenFigure
    kept: FrozenSet
    place: Place
    indicator: Indicator | None
    count: int | None
    records: int
    elsewhere: int
    now: int | None
    now_href: str
    definition_changed: bool
    columns: tuple[Column, ...]
    page: KeysetPage[FrozenLine] | None
    parts: tuple[Part, ...]
    key: CellKey
    areas: KeysetPage[Place] | None = None
    times: int = 1

    @property
    def of_whole(self) -> bool:
        """Whether this is what a share is a share of."""
        return self.key.way == OVER

    @property
    def name(self) -> str:
        """What is counted, in the language of `definition`."""
        if self.indicator is None:
            return self.definition["label"]
        with translation.override(LANGUAGE if self.definition_changed else translation.get_language()):
            return figure_named(self.key)

    @property
    def definition(self) -> dict[str, str]:
        """What it counts: in the reader's language while it is the same today, else as it was frozen."""
        if self.indicator is None or self.definition_changed:
            return dict(self.kept.definition)
        return definition_of(self.indicator)

    @property
    def value_label(self) -> str:
        """What the value of the split is called, in the language of `definition`; "" for the whole figure."""
        if not self.figure.value or self.definition_changed:
            return self.figure.label if self.figure.value else ""
        name = part_named(self.key)
        return self.figure.label if name == self.figure.value else name


@dataclass(frozen=True)
class _Asked:
    """Who opens which set of frozen records. `part` "over": those of the denominator."""

    seat: Seat
    kept: FrozenSet
    indicator: Indicator
    part: str

    @property
    def measure(self) -> Measure | None:
        over = self.indicator.over
        return (over.measure if over else None) if self.part == OVER else self.indicator.measure

    @property
    def columns(self) -> tuple[Column, ...]:
        """What is shown of a record; nothing of those of a denominator, which have a list of their own."""
        columns = () if self.part == OVER else columns_for(self.indicator, self.seat)
        return tuple(column for column in columns if on_page(column, own_place(self.seat)))

    def counted_today(self, keys: list[str]) -> QuerySet[Any] | None:
        """Those of the records that the figure still counts; None where it cannot be counted any more."""
        span = Span.of(period_named(self.kept.period), today=timezone.localdate())
        if not has_figure(self.indicator, span):
            return None
        over = self.indicator.over
        rows = over.rows if self.part == OVER and over else self.indicator.rows
        return rows(span).filter(pk__in=keys)


def open_figure(figure: FrozenFigure, *, seat: Seat, part: str = "", after: str = "") -> OpenedFigure | None:
    """The frozen number and one page of its records. `part` "over" opens its denominator; None: it has none.

    Queries: at most 11, whatever the number of records.
    """
    key = CellKey(figure.figure, figure.value, figure.place, figure.period)
    if part == OVER:
        key = key.counting(OVER)
    sets = {
        (kept.figure, kept.part, kept.period): kept
        for name, of, period in sets_of(key)
        for kept in FrozenSet.objects.filter(edition=figure.edition_id, figure=name, part=of, period=period)
    }
    kept = sets.get(next(sets_of(key)))
    if kept is None:
        return None
    records = {name: Records.unpacked(bytes(one.records)) for name, one in sets.items()}
    made = made_of(key, lambda *name: records[name])
    indicator = CATALOGUE.get(key.indicator)
    opened = _Opening(figure, key, kept, made, indicator, seat)
    if made.areas is not None:
        return opened.areas(made.areas, after)
    return opened.records(records[next(sets_of(key))].columns, after)


@dataclass(frozen=True)
class _Opening:
    """A frozen number on its way to a reader."""

    figure: FrozenFigure
    key: CellKey
    kept: FrozenSet
    made: Made
    indicator: Indicator | None
    seat: Seat

    def records(self, columns: tuple[str, ...], after: str) -> OpenedFigure:
        """The number with the records it counted."""
        key, indicator, seat, rows = self.key, self.indicator, self.seat, self.made.records
        mine = [row for row in rows if row.place in own_place(seat)]
        asked = _Asked(seat, self.kept, indicator, key.way) if indicator else None
        opens = indicator is not None and may_list_rows(seat, indicator)
        now = _today(key, seat) if indicator and not key.way else None
        return replace(
            self._said(len(rows), len(rows) - len(mine)),
            now=now[0] if now else None,
            now_href=now[1] if now else "",
            columns=asked.columns if asked and opens else (),
            page=_page(asked, mine, columns, after) if asked and opens else None,
            parts=_parts(asked, mine, self.figure.place) if asked and not opens else (),
        )

    def areas(self, codes: tuple[str, ...], after: str) -> OpenedFigure:
        """The number with the areas it counted, which whoever sees figures of them may know."""
        mine = [code for code in codes if code in own_place(self.seat)]
        page = _cut(mine, after)
        named = _names_of(page.rows)
        places = [Place(code, named.get(code, code)) for code in page.rows]
        listed = KeysetPage(rows=places, after=page.after, is_first=page.is_first)
        return replace(self._said(len(codes), len(codes) - len(mine)), areas=listed)

    def _said(self, number: int, elsewhere: int) -> OpenedFigure:
        over = self.indicator.over if self.indicator else None
        return OpenedFigure(
            figure=self.figure,
            kept=self.kept,
            place=_named(self.figure.place),
            indicator=self.indicator,
            count=self._count(),
            records=number,
            elsewhere=elsewhere,
            now=None,
            now_href="",
            definition_changed=self.indicator is None or _definition_changed(self.indicator, self.kept),
            columns=(),
            page=None,
            parts=(),
            key=self.key,
            times=over.times if over and self.key.way == OVER else 1,
        )

    def _count(self) -> int | None:
        """As printed; of a number that was hidden what its records make, for whoever may open them."""
        if self.key.way == OVER and self.key.figure != self.figure.figure:
            return self.figure.over
        hidden = self.figure.count is None
        if hidden and self.indicator and may_open_rows(self.seat, self.indicator):
            return self.made.number
        return self.figure.count


def frozen_as(cell: Cell) -> FrozenFigure | None:
    """The number of this cell as the latest published report froze it that was not taken back; None where
    none did. Queries: 1."""
    figures = FrozenFigure.objects.standing().select_related("edition__district").defer("edition__content")
    return (
        figures.filter(
            figure=cell.figure.name,
            value=cell.value,
            place=cell.place.code,
            period=cell.period.slug,
        )
        .order_by("-edition__data_as_of", "-edition__number")
        .first()
    )


def _definition_changed(indicator: Indicator, kept: FrozenSet) -> bool:
    with translation.override(LANGUAGE):
        return digest_of_definition(definition_of(indicator)) != kept.definition_digest


def _today(key: CellKey, seat: Seat) -> tuple[int | None, str] | None:
    """The number of today and the address of its list; None where the figure or the place is not there."""
    if len(key.place) == SUBDISTRICT or not sees_place(seat, key.place):
        return None  # no figure is counted by subdistrict
    place = Place(key.place, key.place)
    try:
        table = figure_table([key.figure], [place], period_named(key.period), seat=seat, coverage=False)
    except NoSuchFigure:
        return None
    if key.value.startswith(ALL_BUT):
        others = set(key.value[len(ALL_BUT) :].split(","))
        rest = [cell.count or 0 for cell in table.split_cells(key.figure) if cell.value not in others]
        return sum(rest), ""
    cell: Cell = table.cell(key.figure, place, key.value)
    return cell.count, cell.href if cell.count is not None else ""


def _page(asked: _Asked, rows: list[Record], columns: tuple[str, ...], after: str) -> KeysetPage[FrozenLine]:
    cut_out = _cut(rows, after)
    found = _lines(asked, list(cut_out.rows), columns)
    return KeysetPage(rows=found, after=cut_out.after, is_first=cut_out.is_first)


def _cut(rows: list[Any], after: str) -> KeysetPage[Any]:
    begin = int(after) if after.isascii() and after.isdigit() and len(after) < 9 else 0
    more = str(begin + PAGE_ROWS) if begin + PAGE_ROWS < len(rows) else ""
    return KeysetPage(rows=rows[begin : begin + PAGE_ROWS], after=more, is_first=not begin)


def _lines(asked: _Asked, records: list[Record], columns: tuple[str, ...]) -> list[FrozenLine]:
    """What became of each record. Queries: 3."""
    model: type[Model] = apps.get_model(asked.kept.source)
    keys = [record.key for record in records]
    rows = model._base_manager.filter(pk__in=keys)
    there = {str(pk) for pk in rows.values_list("pk", flat=True)}
    counting = asked.counted_today(keys)
    known = {str(row.pk): row for row in _readable(asked, rows, columns)}
    counted = None
    if counting is not None:
        # The rows of the figure's own question carry what it adds to them, which the columns may read.
        still = {str(row.pk): row for row in _readable(asked, counting, columns)}
        counted, known = still.keys(), known | still
    return [
        FrozenLine(
            record,
            _since(record, known.get(record.key), record.key in there, counted),
            _drawn(asked, known.get(record.key)),
        )
        for record in records
    ]


def _drawn(asked: _Asked, row: Any) -> Line | None:
    """The line of a record; None where it is closed to the reader, and where a column reads what only the
    figure's own question adds, which counts this record no more."""
    if row is None or not asked.columns:
        return None
    try:
        return next(iter(lines([row], asked.columns, asked.indicator, asked.seat)))
    except AttributeError:
        return None


def _readable(asked: _Asked, rows: QuerySet[Any], columns: tuple[str, ...]) -> QuerySet[Any]:
    """Those the reader may see today, with what the columns read and the version of today."""
    rows = _open_to(asked.seat, rows, asked.indicator.place_path)
    if asked.part != OVER and asked.indicator.related:
        rows = rows.select_related(*asked.indicator.related)
    versioned = versions_now(rows, columns)
    return rows if versioned is None else versioned


def _since(record: Record, row: Any, exists: bool, counted: Container[str] | None) -> Since:
    if row is None:
        return Since.CLOSED if exists else Since.GONE
    if getattr(row, "merged_into_id", None) is not None:
        return Since.MERGED
    if counted is not None and record.key not in counted:
        return Since.DROPPED
    return Since.SAME if getattr(row, "_version", "") == record.version else Since.CHANGED


def _open_to(seat: Seat, rows: QuerySet[Any], path: str) -> QuerySet[Any]:
    """Of these records those that lie in the seat's place today and are not restricted to others."""
    rows = rows.filter(placed_within(seat, path))
    if seat.may(Permission.ANSWER_REFERRALS):
        return rows
    fields = {field.name for field in rows.model._meta.concrete_fields}
    for name in ("restricted", "case"):
        if name in fields:
            return rows.filter(**{"restricted" if name == "restricted" else "case__restricted": False})
    return rows


def _parts(asked: _Asked, rows: list[Record], code: str) -> tuple[Part, ...]:
    """The number one level down, for whoever sees numbers only; nothing of figures that hide small ones."""
    indicator, own = asked.indicator, own_place(asked.seat)
    wider = own if own.code.startswith(code) or len(code) == SUBDISTRICT else Place(code, code)
    level = wider.level_below
    if level is None or len(code) == SUBDISTRICT or indicator.is_median or indicator.small_cells:
        return ()
    grouped: dict[str, list[Record]] = {}
    for row in rows:
        grouped.setdefault(cut(row.place, level), []).append(row)
    times = indicator.over.times if asked.part == OVER and indicator.over else 1
    names = dict(AREAS[level].objects.filter(code__in=grouped).values_list("code", "name"))
    return tuple(
        Part(Place(area, names.get(area, area)), (number_of(grouped[area], asked.measure) or 0) * times)
        for area in sorted(grouped)
    )


def _named(code: str) -> Place:
    if len(code) == SUBDISTRICT:
        return Place(code, str(Subdistrict.objects.filter(code=code).first() or code))
    place = Place(code, str(_("Indonesia")))
    if place.level == Level.NATION:
        return place
    area = AREAS[place.level].objects.filter(code=code).first()
    return Place(code, str(area) if area else code)


def _names_of(codes: Sequence[str]) -> dict[str, str]:
    """The names of areas of one level. Queries: 1."""
    if not codes:
        return {}
    area = Subdistrict if len(codes[0]) == SUBDISTRICT else AREAS[level_of(codes[0])]
    return {found.code: str(found) for found in area.objects.filter(code__in=codes)}
