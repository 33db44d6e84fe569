"""Compose the frozen content into the HTML document that the press prints.

Nothing is asked of the database and no clock is read here, so the same content gives the same document.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from reports.enums import EditionKind, WordsLine
from reports.yearly.content import Content, digest_of

# One document up to here; a longer report is printed in chapters, on two cores and in less memory each, and
# joined (performance.md 7). More than the whole nation has no report.
ROWS_OF_ONE_DOCUMENT = 300
MOST_ROWS = 90_000
AREAS = frozenset({"wilayah", "kendala"})
ANNEX = frozenset({"desa", "definisi", "mutu", "perubahan"})
MOST_CHANGES = 60
FEWEST_POINTS = 5  # of a line; fewer are read faster in the table
OF_YEARS = frozenset({"angkatan", "kendala", "desa", "definisi"})  # chapters that a bulletin leaves out


class TooManyRows(Exception):
    """The report would have more table rows than any PDF should. `rows` says how many."""

    def __init__(self, rows: int) -> None:
        super().__init__(f"{rows} table rows; at most {MOST_ROWS}")
        self.rows = rows


@dataclass(frozen=True)
class Chapter:
    """One entry of the table of contents: where it is, what it is called, and its template."""

    anchor: str
    title: str
    template: str
    section: dict[str, Any] | None = None  # the pillar it is about


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
    lists = (figures[name] for name in ("villages", "provinces", "districts", "cohorts", "months", "trend"))
    return sum(len(rows) for rows in lists) + whole + sum(parts)


def fits_one_document(content: Content) -> bool:
    """Whether the report is printed as one document. Raises `TooManyRows`."""
    if (rows := table_rows(content)) > MOST_ROWS:
        raise TooManyRows(rows)
    return rows <= ROWS_OF_ONE_DOCUMENT


def compose(content: Content) -> str:
    """The HTML of a report that fits one document."""
    with translation.override(content["language"]):
        return render_to_string("reports/pdf/report.html", context(content))


def chapters(content: Content) -> list[Chapter]:
    """The chapters that this kind of report has, in order, in the language that is active."""
    pillars = [
        Chapter(
            section["code"],
            _("Pillar %(n)s: %(title)s") % {"n": n, "title": section["title"]},
            "reports/pdf/_pillar.html",
            section,
        )
        for n, section in enumerate(content["figures"]["sections"], 1)
    ]
    every = [
        Chapter("ringkasan", _("Summary"), "reports/pdf/_summary.html"),
        Chapter("angkatan", _("Rollout by cohort and area"), "reports/pdf/_rollout.html"),
        *pillars,
        Chapter("wilayah", _("Figures by area"), "reports/pdf/_areas.html"),
        Chapter("kendala", _("Constraints and next steps"), "reports/pdf/_constraints.html"),
        Chapter("desa", _("Villages by area code"), "reports/pdf/_villages.html"),
        Chapter("definisi", _("Definitions"), "reports/pdf/_definitions.html"),
        Chapter("mutu", _("Quality of the data"), "reports/pdf/_quality.html"),
        Chapter("perubahan", _("Changes since the edition before"), "reports/pdf/_changes.html"),
    ]
    bulletin = content["kind"] == EditionKind.BULLETIN
    return [chapter for chapter in every if not bulletin or chapter.anchor not in OF_YEARS]


def context(content: Content) -> dict[str, Any]:
    """What the templates ask for, in the language that is active."""
    figures, digest = content["figures"], digest_of(content)
    changes = content["changes"]
    return {
        **content,
        "chapters": chapters(content),
        "title": title_of(content),
        "summary": _summary(content),
        "general": _general(content),
        "reached": _reached(content),
        "rows": figures["villages"],
        "digest": digest,
        "digest_short": f"{digest[:8]} … {digest[-8:]}",
        "digest_groups": [digest[at : at + 8] for at in range(0, 64, 8)],
        "first_day": date.fromisoformat(content["first_day"]),
        "last_day": date.fromisoformat(content["last_day"]),
        "data_as_of": datetime.fromisoformat(content["data_as_of"]),
        "most_published": max((c["published"] or 0 for c in figures["cohorts"]), default=0),
        "most_villages": max((p["total"] for p in figures["provinces"]), default=0),
        "villages_by_province": {p["code"]: p["total"] for p in figures["provinces"]},
        "departures": (departures := _departures(figures)),
        "departed": sum(part.count for part in departures),
        "trend_points": (trend := [(month["label"], _share(month)) for month in figures["trend"]]),
        "trend_is_drawn": sum(share is not None for _month, share in trend) >= FEWEST_POINTS,
        "codes_address": f"{settings.SITE_URL}/angka/",
        "check_address": f"{settings.SITE_URL}/periksa/{content['reference']}",
        "changes_shown": changes["lines"][:MOST_CHANGES] if changes else [],
        "changes_hidden": max(len(changes["lines"]) - MOST_CHANGES, 0) if changes else 0,
        "by_district": _by_province(figures),
    }


def title_of(content: Content) -> str:
    """What the document is called."""
    words = {
        EditionKind.YEARLY: _("Yearly report %(programme)s %(period)s"),
        EditionKind.DISTRICT: _("Yearly report %(programme)s %(place)s %(period)s"),
        EditionKind.BULLETIN: _("Monthly bulletin %(programme)s %(period)s"),
    }[EditionKind(content["kind"])]
    return words % {
        "programme": content["programme"],
        "place": content["place"]["name"],
        "period": content["period"],
    }


def _summary(content: Content) -> list[dict[str, Any]]:
    """The lines of the summary, each with the cause and the follow-up that the office wrote."""
    said = {line["code"]: line for line in (content["words"] or {}).get("lines", ())}
    return [
        {**line, **{part: said.get(line["code"], {}).get(part, "") for part in ("cause", "step")}}
        for line in content["figures"]["summary"]
    ]


def _general(content: Content) -> dict[str, str] | None:
    """What the office wrote about the year in general; None when it wrote nothing."""
    lines = (content["words"] or {}).get("lines", ())
    return next((line for line in lines if line["code"] == WordsLine.GENERAL), None)


def _reached(content: Content) -> list[dict[str, Any]]:
    """The levels an area can be reached at; within a district the subdistricts alone."""
    labels = {"provinces": _("Provinces"), "districts": _("Districts"), "subdistricts": _("Subdistricts")}
    levels = ["subdistricts"] if content["place"]["code"] else list(labels)
    return [{"label": labels[level], **content["figures"]["reach"][level]} for level in levels]


def _share(month: dict[str, Any]) -> float | None:
    return None if month["percent"] is None else float(month["percent"])


def _by_province(figures: dict[str, Any]) -> list[dict[str, Any]]:
    """Each province with its districts, for the table of districts."""
    return [
        {**province, "districts": [d for d in figures["districts"] if d["code"][:2] == province["code"]]}
        for province in figures["provinces"]
    ]


def _departures(figures: dict[str, Any]) -> list[Slice]:
    """Departures by path, for the stacked bar; empty when there were none."""
    for section in figures["sections"]:
        for figure in section["figures"]:
            if figure["code"] == "departures":
                return [Slice(line["label"], line["count"]) for line in figure["parts"][0]["lines"]]
    return []
