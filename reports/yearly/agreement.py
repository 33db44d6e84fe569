"""Refuse to print totals that do not agree.

Every total of a content is compared with its parts as they will be printed, or with the same number counted
another way. It looks at the content only, so it also finds what was changed after counting.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from reports.yearly.content import Content, percent


@dataclass(frozen=True)
class Disagreement:
    """A total and what should equal it. `check` names the comparison, `of` the year, level or figure."""

    check: str
    of: str
    whole: Any
    parts: Any

    def sentence(self) -> str:
        """What disagrees, in the reader's language."""
        return CHECKS[self.check]() % {"of": self.of, "whole": self.whole, "parts": self.parts}


class FiguresDisagree(Exception):
    """Totals of a content disagree; the text names them all."""

    def __init__(self, found: list[Disagreement]) -> None:
        super().__init__(" ".join(disagreement.sentence() for disagreement in found))
        self.found = found

    def as_json(self) -> list[dict[str, Any]]:
        """For the row of the edition; read back by `sentences`."""
        return [asdict(disagreement) for disagreement in self.found]


def sentences(details: list[dict[str, Any]]) -> list[str]:
    """What disagreed, from the row of a failed edition, in the reader's language."""
    return [
        Disagreement(**detail).sentence()
        for detail in details
        if set(detail) == {"check", "of", "whole", "parts"}
    ]


CHECKS: dict[str, Callable[[], str]] = {
    "published": lambda: _("Published, all cohorts: %(whole)s, but the cohorts sum to %(parts)s."),
    "recorded": lambda: _("Recorded, all cohorts: %(whole)s, but the cohorts sum to %(parts)s."),
    "difference": lambda: _("Difference %(of)s: %(whole)s printed, %(parts)s by calculation."),
    "percent": lambda: _("Share %(of)s: %(whole)s printed, %(parts)s by calculation."),
    "cohort": lambda: _(
        "Cohort %(of)s: %(whole)s villages by date, %(parts)s by cohort year. Check the dates of designation."
    ),
    "cohort_provinces": lambda: _("Cohort %(of)s: %(whole)s villages, but the provinces sum to %(parts)s."),
    "cohort_rows": lambda: _("Cohort %(of)s: %(whole)s villages, but %(parts)s are listed."),
    "province_row": lambda: _("Province %(of)s: %(whole)s villages, but its cohorts sum to %(parts)s."),
    "designated": lambda: _("Villages designated: %(whole)s, but %(parts)s are listed."),
    "stages": lambda: _("Villages designated: %(whole)s, but the stages sum to %(parts)s."),
    "active": lambda: _("Villages in the programme: %(whole)s, but %(parts)s are listed."),
    "officers": lambda: _("Officers in post: %(whole)s, but the villages sum to %(parts)s."),
    "needed": lambda: _("Officers needed: %(whole)s, but two a village are %(parts)s."),
    "reach": lambda: _("Reach, %(of)s: %(whole)s counted, %(parts)s in the list."),
    "parts": lambda: _("%(of)s: %(whole)s in all, but the lines sum to %(parts)s."),
    "provinces": lambda: _("%(of)s: %(whole)s in all, but the provinces sum to %(parts)s."),
    "part_of": lambda: _("%(of)s: %(parts)s is more than %(whole)s, of which it is a part."),
}


def check_agreement(content: Content) -> None:
    """Raise `FiguresDisagree` unless every total of the content equals its parts."""
    found = [disagreement for disagreement in _compared(content["figures"]) if disagreement is not None]
    if found:
        raise FiguresDisagree(found)


Found = Iterator[Disagreement | None]


def _same(check: str, of: str, whole: Any, parts: Any) -> Disagreement | None:
    return None if whole == parts else Disagreement(check, of, whole, parts)


def _compared(figures: dict[str, Any]) -> Found:
    yield from _rollout(figures)
    yield from _listed(figures)
    yield from _programme(figures)
    for section in figures["sections"]:
        for figure in section["figures"]:
            yield from _figure(figure, figures["provinces"])
        if children := section.get("children"):
            yield _same("parts", _("Children"), children["together"], children["girls"] + children["boys"])


def _rollout(figures: dict[str, Any]) -> Found:
    cohorts, total, provinces = figures["cohorts"], figures["cumulative"], figures["provinces"]
    published = [cohort["published"] for cohort in cohorts if cohort["published"] is not None]
    yield _same("published", "", total["published"], sum(published) if published else None)
    yield _same("recorded", "", total["recorded"], sum(cohort["recorded"] for cohort in cohorts))
    yield _same("percent", _("all cohorts"), total["percent"], percent(total["published"], total["target"]))
    for cohort in (*cohorts, total):
        name = str(cohort.get("year", _("all cohorts")))
        known = cohort["published"] is not None
        expected = cohort["recorded"] - cohort["published"] if known else None
        yield _same("difference", name, cohort["difference"], expected)
    for cohort in cohorts:
        year = str(cohort["year"])
        yield _same("cohort", year, cohort["recorded"], cohort["counted_again"])
        lines = (part for province in provinces for part in province["cohorts"])
        in_provinces = sum(part["count"] for part in lines if part["year"] == cohort["year"])
        yield _same("cohort_provinces", year, cohort["recorded"], in_provinces)
    unknown = sum(province["unknown_year"] for province in provinces)
    yield _same("cohort_provinces", _("not known"), figures["unknown_year"], unknown)
    for province in provinces:
        parts = sum(part["count"] for part in province["cohorts"]) + province["unknown_year"]
        yield _same("province_row", province["name"], province["total"], parts)
    yield _same("provinces", _("Villages"), figures["designated"], sum(p["total"] for p in provinces))


def _listed(figures: dict[str, Any]) -> Found:
    rows = figures["villages"]
    for cohort in figures["cohorts"]:
        listed = sum(1 for row in rows if row["cohort"] == cohort["year"])
        yield _same("cohort_rows", str(cohort["year"]), cohort["recorded"], listed)
    listed = sum(1 for row in rows if row["cohort"] is None)
    yield _same("cohort_rows", _("not known"), figures["unknown_year"], listed)
    yield _same("designated", "", figures["designated"], len(rows))
    yield _same("active", "", figures["active"], sum(1 for row in rows if row["active"]))
    levels = (
        ("provinces", _("provinces"), 2),
        ("districts", _("districts"), 5),
        ("subdistricts", _("subdistricts"), 8),
    )
    for level, word, length in levels:
        known = {row["code"][:length] for row in rows if row["cohort"] is not None}
        every = {row["code"][:length] for row in rows}
        yield _same("reach", word, figures["reach"][level]["recorded"], len(known))
        yield _same("reach", word, figures["reach"][level]["with_unknown"], len(every))


def _programme(figures: dict[str, Any]) -> Found:
    officers, rows = figures["officers"], figures["villages"]
    serving = {row["code"]: row["officers"] for row in rows if row["active"]}
    yield _same("stages", "", figures["designated"], sum(stage["count"] for stage in figures["stages"]))
    yield _same("officers", "", officers["in_post"], sum(serving.values()))
    yield _same("needed", "", officers["needed"], 2 * figures["active"])
    yield _same(
        "percent", _("officers"), officers["percent"], percent(officers["in_post"], officers["needed"])
    )
    for month in (*figures["months"], figures["coverage"]):
        if month["reported"] > month["expected"]:
            of = month.get("label", "")
            yield Disagreement("part_of", of, month["expected"], month["reported"])


def _figure(figure: dict[str, Any], provinces: list[dict[str, Any]]) -> Found:
    label, count = figure["label"], figure["count"]
    for parts in figure["parts"]:
        if count is not None and parts["lines"]:
            of = f"{label}, {parts['label'].lower()}"
            yield _same("parts", of, count, sum(line["count"] for line in parts["lines"]))
    yield _same("percent", label, figure["percent"], percent(count, figure["over"]))
    if count is not None and figure["over"] is not None and count > figure["over"]:
        yield Disagreement("part_of", label, figure["over"], count)
    counts = [part["count"] for p in provinces for part in p["figures"] if part["code"] == figure["code"]]
    if counts:
        yield _same("provinces", label, count, sum(counts))
