"""The rollout: what was published for each cohort year, what this register holds, and the difference."""

from __future__ import annotations

from dataclasses import dataclass

from reports.cells import Cell, FigureTable
from reports.figures import Asked
from reports.indicators import UNKNOWN, Period
from reports.places import Place
from villages.models import CohortTarget

FIGURE = "villages_designated:cohort"


@dataclass(frozen=True)
class RolloutLine:
    """One cohort year, or the years up to one with a target. None: no source gives it."""

    first_year: int
    year: int
    recorded: int
    cell: Cell | None
    published: int | None
    published_so_far: int | None
    target: int | None
    source: str

    @property
    def missing(self) -> int | None:
        """Villages published but not in this register; negative when the register holds more."""
        return None if self.published is None else self.published - self.recorded

    @property
    def surplus(self) -> int:
        """How many more villages the register holds than were published; 0 when it does not."""
        return max(-(self.missing or 0), 0)

    @property
    def percent_of_target(self) -> float | None:
        return 100 * self.published / self.target if self.published is not None and self.target else None


@dataclass(frozen=True)
class Rollout:
    """Cohort years in order, the sum up to each published target, and villages whose year nobody knows."""

    lines: list[RolloutLine]
    sums: list[RolloutLine]
    unknown: Cell
    all: Cell
    targets: list[CohortTarget]  # of the nation, in the order of years

    @property
    def most(self) -> int:
        """The longest bar."""
        return max((max(line.published or 0, line.recorded) for line in self.lines), default=0)


def rollout_asked(place: Place, period: Period) -> Asked:
    """What has to be counted for `rollout`, beside the other figures of the page."""
    return Asked([FIGURE, "villages_designated"], [place], period, coverage=False)


def rollout(place: Place, table: FigureTable) -> Rollout:
    """The rollout at a place up to the period of the table; published figures exist for the nation only. One
    query.

    A year stands in the table when a figure was published for it or a village of it is recorded. Villages of
    unknown year are in no line.
    """
    cells = {cell.value: cell for cell in table.split_cells(FIGURE)}
    known = [] if place.code else list(CohortTarget.objects.all())
    targets = {target.year: target for target in known}
    years = sorted({*targets, *(int(value) for value in cells if value != UNKNOWN)})
    lines: list[RolloutLine] = []
    sums: list[RolloutLine] = []
    so_far: int | None = 0
    for year in years:
        if year > table.span.last.year:
            break
        target = targets.get(year)
        cell = table.cell(FIGURE, place, str(year))
        published = target.published if target else None
        so_far = None if so_far is None or published is None else so_far + published
        lines.append(
            RolloutLine(
                first_year=year,
                year=year,
                recorded=cell.count or 0,
                cell=cell,
                published=published,
                published_so_far=so_far,
                target=None,
                source=target.source if target else "",
            )
        )
        if target and target.target_by_then:
            sums.append(_sum(lines, target.target_by_then))
    unknown, everything = table.cell(FIGURE, place, UNKNOWN), table.cell("villages_designated", place)
    return Rollout(lines, sums, unknown, everything, known)


def _sum(lines: list[RolloutLine], target: int | None) -> RolloutLine:
    """The lines so far added up; a published sum only when every year has a published figure."""
    published = [line.published for line in lines]
    known = [number for number in published if number is not None]
    whole = sum(known) if len(known) == len(published) else None
    return RolloutLine(
        first_year=lines[0].year,
        year=lines[-1].year,
        recorded=sum(line.recorded for line in lines),
        cell=None,
        published=whole,
        published_so_far=whole,
        target=target,
        source="",
    )
