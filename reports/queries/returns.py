"""Reads of monthly returns: what stands in one, which there are, and which villages send none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, DateField, Exists, OuterRef, Q, QuerySet, Subquery, UUIDField, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from migrants.case_states import IllegalStep
from periods.month import Month
from reports.access import may_open_rows
from reports.cells import Cell, Coverage, Figure
from reports.figures import figure_table
from reports.places import Place
from reports.return_forms import Duty, ReturnForm, Section, form_of
from reports.return_states import MOVES, Way, label_of, move_of
from reports.rules import makes_step
from reports.small_cells import Hidden
from villages.access import Seat, visible_designations, visible_returns
from villages.enums import ReturnStatus
from villages.models import Designation, MonthlyReturn, ReturnStep, Village, VillageCall
from villages.queries import designations_active

MONTHS_TO_BEGIN = 3


# --- counts ------------------------------------------------------------------------------------------------


def frozen_counts(row: MonthlyReturn, *, seat: Seat, today: date) -> dict[str, Any]:
    """What the figure catalogue says of the village and month now, to be kept with the return.

    {"form": day of the form, "figures": {name: [count, denominator]}}; a count of None was not known.
    """
    form = form_of(row.period)
    cells = _live_cells(row, form, seat=seat, today=today)
    return {
        "form": form.valid_from.isoformat(),
        "figures": {name: [cell.count, cell.over] for name, cell in cells.items()},
    }


def cells_of(row: MonthlyReturn, *, seat: Seat, today: date) -> dict[str, Cell]:
    """The numbers of a return by their name in the form, as the reader may see them: those of the moment
    while the officers write it, the frozen ones after."""
    form = form_of(row.period)
    if row.is_open:
        return _live_cells(row, form, seat=seat, today=today)
    assert row.counts is not None  # what is not being written was submitted
    frozen = row.counts["figures"]
    return {name: _frozen_cell(row, name, *frozen[name], seat=seat) for name in frozen}


def _live_cells(row: MonthlyReturn, form: ReturnForm, *, seat: Seat, today: date) -> dict[str, Cell]:
    place = _place(row)
    figures = [line.figure for line in form.lines]
    table = figure_table(figures, [place], row.period, seat=seat, today=today, coverage=False)
    return {line.name: table.cell(line.figure, place, line.value) for line in form.lines}


def _frozen_cell(row: MonthlyReturn, name: str, count: int | None, over: int | None, *, seat: Seat) -> Cell:
    figure, _equals, value = name.partition("=")
    wanted = Figure.named(figure)
    hidden = None
    if wanted.indicator.small_cells and not may_open_rows(seat, wanted.indicator):
        count, over, hidden = None, None, Hidden.WITHHELD  # as in the table of figures of a village
    return Cell(wanted, _place(row), row.period, value, count, over, hidden, Coverage(0, 0), False)


def _place(row: MonthlyReturn) -> Place:
    return Place(row.village_id, str(row.village))


# --- one return --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SectionPage:
    """A section with its numbers and words."""

    section: Section
    cells: list[Cell]
    obstacles: str
    plans: str


@dataclass(frozen=True)
class StepLine:
    """One line of the history."""

    step: ReturnStep

    @property
    def label(self) -> str:
        return label_of(self.step.from_status, self.step.way)


@dataclass(frozen=True)
class ReturnPage:
    """Everything on the page of a return. `ways`: what the reader may do with it now; `missing`: why the
    next step of the reader is not possible yet, "" when it is."""

    row: MonthlyReturn
    duties: list[tuple[Duty, list[SectionPage]]]
    steps: list[StepLine]
    ways: frozenset[str]
    missing: str
    may_write: bool
    standing: tuple[str, str]


def return_page(row: MonthlyReturn, *, seat: Seat, today: date) -> ReturnPage:
    """The return as the reader sees it. Queries: 1, and those of the figures while it is being written."""
    form = form_of(row.period)
    cells = cells_of(row, seat=seat, today=today)
    duties = [(duty, [_section(row, part, cells) for part in duty.sections]) for duty in form.duties]
    ways, missing = _ways(row, form, seat, today)
    return ReturnPage(
        row=row,
        duties=duties,
        steps=[StepLine(step) for step in row.steps.select_related("made_by").order_by("made_at", "pk")],
        ways=ways,
        missing=missing,
        may_write=row.is_open and makes_step(seat, row, form.link("submit")),
        standing=standing_of(row.status, row.first_submitted_on, row.due_on, today),
    )


def sent_back_of(row: MonthlyReturn) -> StepLine | None:
    """The step by which the return came back, with its note; None while it is not sent back. Queries: 1 where
    it is."""
    if row.status != ReturnStatus.RETURNED:
        return None
    steps = row.steps.filter(way=Way.SEND_BACK).select_related("made_by").order_by("made_at", "pk")
    return next(map(StepLine, steps.reverse()[:1]), None)


def _section(row: MonthlyReturn, section: Section, cells: dict[str, Cell]) -> SectionPage:
    said = row.words.get(section.code, {})
    shown = [cells[line.name] for line in section.lines if line.name in cells]
    return SectionPage(section, shown, said.get("obstacles", ""), said.get("plans", ""))


def _ways(row: MonthlyReturn, form: ReturnForm, seat: Seat, today: date) -> tuple[frozenset[str], str]:
    ways, missing = set(), ""
    for move in MOVES:
        if move.frm != row.status or not makes_step(seat, row, form.link(move.link)):
            continue
        try:
            move_of(row, move.way, form, today=today)
        except IllegalStep as refused:
            missing = "" if move.way == Way.CHECK else refused.sentence
        else:
            ways.add(move.way.value)
    return frozenset(ways), missing


def standing_of(status: str, submitted_on: date | None, due_on: date, today: date) -> tuple[str, str]:
    """Kind and words of the tag of a return; late counts from the first submission."""
    late = max(0, ((submitted_on or today) - due_on).days)
    words = ngettext("%(days)s day late", "%(days)s days late", late) % {"days": late}
    besides = {"late": words[:1].lower() + words[1:]}
    if status == ReturnStatus.ACCEPTED:
        return "done", _("Accepted, %(late)s") % besides if late else _("Accepted")
    if status == ReturnStatus.SUBMITTED:
        return ("warn", _("Submitted, %(late)s") % besides) if late else ("now", _("Submitted"))
    if status == ReturnStatus.RETURNED:
        return "warn", _("Sent back")
    return ("late", words) if late else ("", _("Being written"))


# --- lists -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ReturnLine:
    """A return as a list of the village shows it."""

    id: UUID
    name: str
    hint: str
    standing: tuple[str, str]
    crossed: bool = False


def returns_in_list(seat: Seat) -> QuerySet[MonthlyReturn]:
    """The returns of the seat's place, without their words and counts."""
    return visible_returns(seat).defer("words", "counts")


def line_of(row: MonthlyReturn, today: date) -> ReturnLine:
    """One return as a line."""
    hint = _("Last day: %(day)s") % {"day": f"{row.due_on:%d-%m-%Y}"}
    return ReturnLine(
        row.pk, row.period.label, hint, standing_of(row.status, row.first_submitted_on, row.due_on, today)
    )


def months_to_begin(seat: Seat, today: date) -> list[Month]:
    """This month and those before that have no return yet, the newest first; none for who writes none."""
    month, months = Month.current(today), []
    for _turn in range(MONTHS_TO_BEGIN):
        months.append(month)
        month = month.previous()
    link = form_of(months[0]).link("submit")
    if seat.village is None or link is None or seat.role != link.role:
        return []
    known = set(visible_returns(seat).values_list("month", flat=True))
    return [month for month in months if month.first_day not in known]


class Filter:
    """The states a list of villages can be narrowed to."""

    WAITING = "submitted"
    MISSING = "missing"
    BACK = "returned"
    ACCEPTED = "accepted"
    NEVER = "never"


_STATES: dict[str, Q] = {
    Filter.WAITING: Q(return_status=ReturnStatus.SUBMITTED),
    Filter.MISSING: Q(return_status__in=["", ReturnStatus.DRAFT]),
    Filter.BACK: Q(return_status=ReturnStatus.RETURNED),
    Filter.ACCEPTED: Q(return_status=ReturnStatus.ACCEPTED),
    Filter.NEVER: Q(ever=False),
}


def villages_of_month(seat: Seat, month: Month, *, state: str = "") -> QuerySet[Designation]:
    """The villages of the place in the programme that month, each with what its return has come to:
    `return_id`, `return_status` ("" where there is none), `submitted_on`, `ever` (whether it ever
    submitted any), `calls` and `called_on`. `state`: one of `Filter`, or "" for all.
    """
    mine = MonthlyReturn.objects.filter(village=OuterRef("village"), month=month.first_day)
    calls = VillageCall.objects.filter(village=OuterRef("village"))
    submitted = MonthlyReturn.objects.filter(village=OuterRef("village"), first_submitted_on__isnull=False)
    active = designations_active(on=month.last_day).filter(pk__in=visible_designations(seat).values("pk"))
    counted = calls.order_by().values("village").annotate(n=Count("pk")).values("n")
    rows: QuerySet[Designation] = active.select_related("village").annotate(
        return_id=Subquery(mine.values("pk")[:1], output_field=UUIDField()),
        return_status=Coalesce(Subquery(mine.values("status")[:1]), Value("")),
        submitted_on=Subquery(mine.values("first_submitted_on")[:1], output_field=DateField()),
        ever=Exists(submitted),
        calls=Coalesce(Subquery(counted), 0),
        called_on=Subquery(calls.order_by("-called_on").values("called_on")[:1], output_field=DateField()),
    )
    return rows.filter(_STATES[state]) if state else rows


@dataclass(frozen=True)
class VillageLine:
    """A village of the district's list."""

    row: Any
    standing: tuple[str, str]

    @property
    def hint(self) -> str:
        """What is known of its silence."""
        said = [] if self.row.ever else [_("Has never submitted a return")]
        if self.row.calls:
            called = ngettext("%(n)s call, last on %(day)s", "%(n)s calls, last on %(day)s", self.row.calls)
            said.append(called % {"n": self.row.calls, "day": f"{self.row.called_on:%d-%m-%Y}"})
        return " · ".join(said)


def village_line(row: Any, month: Month, today: date) -> VillageLine:
    """A row of `villages_of_month` as a line."""
    due_on = form_of(month).due_on(month)
    if not row.return_status and due_on >= today:
        return VillageLine(row, ("", _("Not begun")))
    return VillageLine(row, standing_of(row.return_status, row.submitted_on, due_on, today))


def calls_of(village: Village) -> QuerySet[VillageCall]:
    """The calls to a village, with who called."""
    rows: QuerySet[VillageCall] = VillageCall.objects.filter(village=village).select_related("called_by")
    return rows


# --- reminders ---------------------------------------------------------------------------------------------


def villages_without_row(month: Month) -> list[Village]:
    """Villages in the programme at the end of the month that have no return of it."""
    there = MonthlyReturn.objects.filter(village=OuterRef("village"), month=month.first_day)
    rows = designations_active(on=month.last_day).filter(~Exists(there)).select_related("village")
    return [row.village for row in rows.order_by("village_id")]


def returns_to_remind(month: Month) -> QuerySet[MonthlyReturn]:
    """Returns of the month that nobody has submitted."""
    rows: QuerySet[MonthlyReturn] = MonthlyReturn.objects.filter(
        month=month.first_day, status=ReturnStatus.DRAFT
    )
    return rows.order_by("village_id")
