"""What a printed number counted when its edition was made, as far as a reader may see, and what it is now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts.paging import KeysetPage
from accounts.roles import Level
from reports.access import AREAS, may_list_rows, may_open_rows, own_place, sees_place
from reports.cells import Cell, NoSuchFigure
from reports.figures import figure_table
from reports.freezing.collecting import definition_of, digest_of_definition
from reports.freezing.keys import ALL_BUT, OVER, CellKey, figure_named, part_named, period_named
from reports.freezing.making import Made, made_of, sets_of
from reports.freezing.records import Record, Records, number_of
from reports.indicators import CATALOGUE, Column, Indicator
from reports.indicators.units import Unit
from reports.models import FrozenFigure, FrozenSet
from reports.places import Place, cut, level_of
from reports.queries.frozen_lines import Asked, FrozenLine, cut_out, page_of
from reports.queries.frozen_values import tells
from reports.yearly.content import LANGUAGE
from villages.access import Seat
from villages.models import Subdistrict

SUBDISTRICT = 8  # length of the code: the one level that figures know nothing of


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
    counted instead of records. `times`: so many for each record. `told`: the lines say what the records said
    when they were counted, not what they say today.
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
    told: bool = False

    @property
    def of_whole(self) -> bool:
        """Whether this is what a share is a share of."""
        return self.key.way == OVER

    @property
    def shows_names(self) -> bool:
        """Whether a column shows what is never kept."""
        return any(column.named for column in self.columns)

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
    def unit(self) -> str | Unit:
        """What is counted: by its number while the definition is the same, else as it was frozen."""
        if self.indicator is None or self.definition_changed:
            return self.definition["unit"]
        return self.indicator.unit

    @property
    def value_label(self) -> str:
        """What the value of the split is called, in the language of `definition`; "" for the whole figure."""
        if not self.figure.value or self.definition_changed:
            return self.figure.label if self.figure.value else ""
        name = part_named(self.key)
        return self.figure.label if name == self.figure.value else name


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
    return opened.records(records[next(sets_of(key))], after)


@dataclass(frozen=True)
class _Opening:
    """A frozen number on its way to a reader."""

    figure: FrozenFigure
    key: CellKey
    kept: FrozenSet
    made: Made
    indicator: Indicator | None
    seat: Seat

    def records(self, kept: Records, after: str) -> OpenedFigure:
        """The number with the records it counted."""
        key, indicator, seat, rows = self.key, self.indicator, self.seat, self.made.records
        mine = [row for row in rows if row.place in own_place(seat)]
        asked = Asked(seat, self.kept, indicator, key.way) if indicator else None
        opens = indicator is not None and may_list_rows(seat, indicator)
        now = _today(key, seat) if indicator and not key.way else None
        columns = asked.columns if asked and opens else ()
        return replace(
            self._said(len(rows), len(rows) - len(mine)),
            now=now[0] if now else None,
            now_href=now[1] if now else "",
            columns=columns,
            told=indicator is not None and tells(kept, columns, indicator),
            page=page_of(asked, mine, kept, after) if asked and opens else None,
            parts=_parts(asked, mine, self.figure.place) if asked and not opens else (),
        )

    def areas(self, codes: tuple[str, ...], after: str) -> OpenedFigure:
        """The number with the areas it counted, which whoever sees figures of them may know."""
        mine = [code for code in codes if code in own_place(self.seat)]
        page = cut_out(mine, after)
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


def _parts(asked: Asked, rows: list[Record], code: str) -> tuple[Part, ...]:
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
