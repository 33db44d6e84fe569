"""What a reader should know about the data: who wrote when, which returns came, what figures mean."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from reports.cells import FigureTable
from reports.freezing.collecting import definition_of
from reports.freezing.keys import OVER, CellKey, key_counting, key_of
from reports.indicators import CATALOGUE
from reports.places import Place
from reports.yearly.counting import Counted
from reports.yearly.sections import ALWAYS, SECTIONS

Line = dict[str, Any]
ACTIVE, WROTE, CERTAINTY, CAME = (
    "villages_active",
    "villages_active:wrote",
    "villages_designated:certainty",
    "returns_due:came",
)


def coverage(table: FigureTable, place: Place) -> Line:
    """How many villages of the place wrote something down in the period, how many did not, of how many."""
    found, period = table.coverage(place), table.period.slug
    return {
        "reported": found.reported,
        "silent": found.expected - found.reported,
        "expected": found.expected,
        "cells": {
            "reported": str(CellKey(WROTE, "yes", place.code, period)),
            "silent": str(CellKey(WROTE, "no", place.code, period)),
            "expected": str(CellKey(ACTIVE, "", place.code, period)),
        },
    }


def months(counted: Counted) -> list[Line]:
    """Month by month, how many villages wrote something of how many that should."""
    return [
        {
            "month": month.period.slug,
            "label": month.period.label,
            **coverage(month, counted.place),
        }
        for month in counted.months
    ]


def returns(counted: Counted) -> Line:
    """Monthly returns of the period: due, on time, late, never sent."""
    cell = counted.table.cell("returns_on_time", counted.place)
    came = {part.value: part for part in counted.splits.split_cells(CAME)}
    return {
        "due": cell.over,
        "on_time": cell.count,
        "late": came["late"].count,
        "never": came["never"].count,
        "cells": {
            "due": key_counting(cell, OVER),
            "on_time": key_of(cell),
            "late": key_of(came["late"]),
            "never": key_of(came["never"]),
        },
    }


def certainty(counted: Counted) -> Line:
    """How many villages stand in the register without certainty, and how many for practice."""
    cells = {part.value: part for part in counted.splits.split_cells(CERTAINTY)}
    found = {name: cells[name] for name in ("uncertain", "practice")}
    return {
        **{name: cell.count for name, cell in found.items()},
        "cells": {name: key_of(cell) for name, cell in found.items()},
    }


def said(text: str, line: Line, **names: str) -> Line:
    """A sentence with its numbers and their keys: `names` says which number of the line each place takes."""
    cells = line.get("cells", {})
    return {
        "text": text,
        **{place: line[name] for place, name in names.items()},
        "cells": {place: cells[name] for place, name in names.items() if name in cells},
    }


def definitions() -> list[dict[str, str]]:
    """What each printed figure counts, in the words of the catalogue."""
    used = dict.fromkeys([*ALWAYS, *(code for section in SECTIONS for code in section.figures)])
    return [definition_of(CATALOGUE[code]) for code in used]


def notes(counted: Counted, figures: Line) -> list[Line]:
    """What a reader should know about the quality of the data, each in one sentence (`said`)."""
    return [*_of_villages(counted, figures), *_of_writing(figures), _plain(_stage_note())]


def _of_villages(counted: Counted, figures: Line) -> list[Line]:
    found, sure = [], figures["certainty"]
    if figures["unknown_year"]:
        text = _("The cohort year of %(n)s villages is not known. They are listed, and counted in no cohort.")
        found.append(said(text, figures, n="unknown_year"))
    if sure["uncertain"]:
        found.append(said(_("%(n)s villages are in the register without certainty."), sure, n="uncertain"))
    if sure["practice"]:
        text = _("%(n)s villages are practice data: this report is not an official one.")
        found.append(said(text, sure, n="practice"))
    silent = [str(line["year"]) for line in figures["cohorts"] if line["published"] is None]
    if silent and not counted.place.code:
        years = {"years": ", ".join(silent)}
        found.append(_plain(_("No source gives a published figure for: %(years)s.") % years))
    return found


def _of_writing(figures: Line) -> list[Line]:
    sent = figures["returns"]
    text = _(
        "%(n)s of %(all)s villages wrote something down in the period; the rest may be silent, not idle."
    )
    found = [said(text, figures["coverage"], n="reported", all="expected")]
    thin = [m["label"] for m in figures["months"] if m["expected"] and not m["reported"]]
    if thin:
        months = {"months": ", ".join(thin)}
        found.append(_plain(_("Nothing at all was written down in: %(months)s.") % months))
    if sent["due"]:
        text = _("Of %(due)s monthly returns due, %(late)s came late and %(never)s did not come.")
        found.append(said(text, sent, due="due", late="late", never="never"))
    return found


def _plain(text: str) -> Line:
    return {"text": text.replace("%", "%%")}


def _stage_note() -> str:
    return _("The stage of a village is the one on the day the data were taken.")
