"""Compose the frozen content into the one HTML document that the press prints.

Nothing is asked of the database and no clock is read here, so the same content gives the same document.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from reports.yearly.content import Content, digest_of

# Beyond this WeasyPrint needs minutes and a gigabyte (performance.md 7). A report that long is refused with a
# sentence; the list of villages as CSV or XLSX has no such limit.
MOST_ROWS = 1500
MOST_CHANGES = 60


class TooManyRows(Exception):
    """The document would have more table rows than one PDF can hold. `rows` says how many."""

    def __init__(self, rows: int) -> None:
        super().__init__(f"{rows} table rows; at most {MOST_ROWS}")
        self.rows = rows


@dataclass(frozen=True)
class Slice:
    """A part of a whole, as the chart tags want it."""

    label: str
    count: int


def table_rows(content: Content) -> int:
    """How many table rows the document will have."""
    figures = content["figures"]
    parts = (
        len(part["lines"])
        for section in figures["sections"]
        for figure in section["figures"]
        for part in figure["parts"]
    )
    whole = sum(len(section["figures"]) for section in figures["sections"])
    lists = (figures["villages"], figures["provinces"], figures["cohorts"], figures["months"])
    return sum(len(rows) for rows in lists) + whole + sum(parts)


def compose(content: Content) -> str:
    """The HTML of the report. Raises `TooManyRows`."""
    if (rows := table_rows(content)) > MOST_ROWS:
        raise TooManyRows(rows)
    with translation.override(content["language"]):
        return render_to_string("reports/pdf/report.html", _context(content))


def _context(content: Content) -> dict[str, Any]:
    figures, digest = content["figures"], digest_of(content)
    changes = content["changes"]
    return {
        **content,
        "digest": digest,
        "digest_short": f"{digest[:8]} … {digest[-8:]}",
        "digest_groups": [digest[at : at + 8] for at in range(0, 64, 8)],
        "first_day": date.fromisoformat(content["first_day"]),
        "last_day": date.fromisoformat(content["last_day"]),
        "data_as_of": datetime.fromisoformat(content["data_as_of"]),
        "this_cohort": next((c for c in figures["cohorts"] if c["year"] == content["year"]), None),
        "most_published": max((c["published"] or 0 for c in figures["cohorts"]), default=0),
        "most_villages": max((p["total"] for p in figures["provinces"]), default=0),
        "villages_by_province": {p["code"]: p["total"] for p in figures["provinces"]},
        "departures": (departures := _departures(figures)),
        "departed": sum(part.count for part in departures),
        "changes_shown": changes["lines"][:MOST_CHANGES] if changes else [],
        "changes_hidden": max(len(changes["lines"]) - MOST_CHANGES, 0) if changes else 0,
    }


def _departures(figures: dict[str, Any]) -> list[Slice]:
    """Departures by path, for the stacked bar; empty when there were none."""
    for section in figures["sections"]:
        for figure in section["figures"]:
            if figure["code"] == "departures":
                return [Slice(line["label"], line["count"]) for line in figure["parts"][0]["lines"]]
    return []
