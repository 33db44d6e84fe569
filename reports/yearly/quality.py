"""What a reader should know about the data: who wrote when, which returns came, what figures mean."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from reports.freezing.collecting import definition_of
from reports.indicators import CATALOGUE
from reports.yearly.counting import Counted
from reports.yearly.sections import ALWAYS, SECTIONS


def months(counted: Counted) -> list[dict[str, Any]]:
    """Month by month, how many villages wrote something of how many that should."""
    return [
        {
            "month": month.period.slug,
            "label": month.period.label,
            "reported": month.coverage().reported,
            "expected": month.coverage().expected,
        }
        for month in counted.months
    ]


def returns(counted: Counted) -> dict[str, int | None]:
    """Monthly returns of the period: due, on time, late, never sent."""
    cell = counted.table.cell("returns_on_time", counted.place)
    never = (cell.over or 0) - (cell.count or 0) - counted.late_returns
    return {"due": cell.over, "on_time": cell.count, "late": counted.late_returns, "never": never}


def definitions() -> list[dict[str, str]]:
    """What each printed figure counts, in the words of the catalogue."""
    used = dict.fromkeys([*ALWAYS, *(code for section in SECTIONS for code in section.figures)])
    return [definition_of(CATALOGUE[code]) for code in used]


def notes(counted: Counted, figures: dict[str, Any]) -> list[str]:
    """What a reader should know about the quality of the data, each in one sentence."""
    return [*_of_villages(counted, figures), *_of_writing(figures), _stage_note()]


def _of_villages(counted: Counted, figures: dict[str, Any]) -> list[str]:
    found = []
    if figures["unknown_year"]:
        found.append(
            _("The cohort year of %(n)s villages is not known. They are listed, and counted in no cohort.")
            % {"n": figures["unknown_year"]}
        )
    certainty = [row.certainty for row in counted.rows]
    if unsure := certainty.count("uncertain"):
        found.append(_("%(n)s villages are in the register without certainty.") % {"n": unsure})
    if practice := certainty.count("practice"):
        found.append(
            _("%(n)s villages are practice data: this report is not an official one.") % {"n": practice}
        )
    silent = [str(line["year"]) for line in figures["cohorts"] if line["published"] is None]
    if silent and not counted.place.code:
        found.append(_("No source gives a published figure for: %(years)s.") % {"years": ", ".join(silent)})
    return found


def _of_writing(figures: dict[str, Any]) -> list[str]:
    coverage, sent = figures["coverage"], figures["returns"]
    found = [
        _("%(n)s of %(all)s villages wrote something down in the period; the rest may be silent, not idle.")
        % {"n": coverage["reported"], "all": coverage["expected"]}
    ]
    thin = [m["label"] for m in figures["months"] if m["expected"] and not m["reported"]]
    if thin:
        found.append(_("Nothing at all was written down in: %(months)s.") % {"months": ", ".join(thin)})
    if sent["due"]:
        found.append(
            _("Of %(due)s monthly returns due, %(late)s came late and %(never)s did not come.")
            % {"due": sent["due"], "late": sent["late"], "never": sent["never"]}
        )
    return found


def _stage_note() -> str:
    return _("The stage of a village is the one on the day the data were taken.")
