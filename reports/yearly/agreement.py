"""Refuse to print totals that do not agree, and shares without what they are a share of.

Levels are year, province, district, subdistrict, village: each is compared with the next finer one. Every
total of a content is compared with its parts as they will be printed, or with the same number counted
another way. It looks at the content only, so it also finds what was changed after counting.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from reports.freezing.collecting import Frozen
from reports.yearly.content import Content
from reports.yearly.lines import percent


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
    "records": lambda: _("%(of)s: %(whole)s printed, but its records make %(parts)s."),
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
    "districts": lambda: _("%(of)s: %(whole)s in all, but the districts sum to %(parts)s."),
    "subdistricts": lambda: _("%(of)s: %(whole)s villages, but the subdistricts sum to %(parts)s."),
    "villages": lambda: _("%(of)s: %(whole)s in all, but the villages sum to %(parts)s."),
    "subdistrict_rows": lambda: _("Subdistrict %(of)s: %(whole)s villages, but %(parts)s are listed."),
    "summary": lambda: _("Summary, %(of)s: %(whole)s printed, %(parts)s in the chapters."),
    "returns": lambda: _("Monthly returns: %(whole)s due, but the parts sum to %(parts)s."),
    "denominator": lambda: _("%(of)s: %(parts)s is counted, but what it is a part of is missing."),
    "part_of": lambda: _("%(of)s: %(parts)s is more than %(whole)s, of which it is a part."),
}


def check_records(frozen: Frozen) -> None:
    """Raise `FiguresDisagree` unless every printed number is the number of the records frozen behind it."""
    found = [Disagreement("records", wrong.label, wrong.printed, wrong.found) for wrong in frozen.differing()]
    if found:
        raise FiguresDisagree(found)


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
    yield from _areas(figures)
    yield from _listed(figures)
    yield from _programme(figures)
    yield from _summary(figures)
    yield from _trend(figures)
    for section in figures["sections"]:
        for figure in section["figures"]:
            yield from _figure(figure)
            yield from _area_figures(figure, figures)
        if children := section.get("children"):
            yield _same("parts", _("Children"), children["together"], children["girls"] + children["boys"])


def _rollout(figures: dict[str, Any]) -> Found:
    cohorts, total, provinces = figures["cohorts"], figures["cumulative"], figures["provinces"]
    if total is None:  # a bulletin
        return
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
        if provinces:
            yield _same("cohort_provinces", year, cohort["recorded"], in_provinces)
    unknown = sum(province["unknown_year"] for province in provinces)
    if provinces:
        yield _same("cohort_provinces", _("not known"), figures["unknown_year"], unknown)
    for province in provinces:
        parts = sum(part["count"] for part in province["cohorts"]) + province["unknown_year"]
        if cohorts:
            yield _same("province_row", province["name"], province["total"], parts)


def _areas(figures: dict[str, Any]) -> Found:
    """Designated villages: each level is the sum of the next finer one, area by area."""
    subdistricts, rows = figures["subdistricts"], figures["villages"]
    whole = [{"code": "", "name": _("Villages"), "total": figures["designated"]}]
    if figures["provinces"] or figures["districts"]:
        yield from _summed("provinces", whole, figures["provinces"])
        yield from _summed("districts", figures["provinces"], figures["districts"])
        yield from _summed("subdistricts", figures["districts"], subdistricts)
    yield from _summed("subdistricts", whole, subdistricts)
    for area in subdistricts:
        listed = sum(1 for row in rows if row["code"].startswith(f"{area['code']}."))
        yield _same("subdistrict_rows", area["name"], area["total"], listed)


def _summed(check: str, areas: list[dict[str, Any]], finer: list[dict[str, Any]]) -> Found:
    for area in areas:
        within = (f for f in finer if not area["code"] or f["code"].startswith(f"{area['code']}."))
        yield _same(check, area["name"], area["total"], sum(f["total"] for f in within))


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
        of = month.get("label", "") or _("Villages that wrote")
        yield _denominator(of, month["reported"], month["expected"])
        yield _part_of(of, month["expected"], month["reported"])
    yield _denominator(_("Officers"), officers["in_post"], officers["needed"])
    sent = figures["returns"]
    parts = (sent["on_time"] or 0) + sent["late"] + sent["never"]
    yield _same("returns", "", sent["due"] or 0, parts)


def _summary(figures: dict[str, Any]) -> Found:
    """The summary says what the chapters say."""
    total, officers = figures["cumulative"] or {}, figures["officers"]
    coverage, sent = figures["coverage"], figures["returns"]
    chapters = {
        "villages": (total.get("target"), total.get("published")),
        "registered": (total.get("published"), total.get("recorded")),
        "officers": (officers["needed"], officers["in_post"]),
        "reporting": (coverage["expected"], coverage["reported"]),
        "returns": (sent["due"], sent["on_time"]),
    }
    for line in figures["summary"]:
        label, (target, realisation) = line["label"], chapters[line["code"]]
        yield _same("summary", label, line["realisation"], realisation)
        yield _same("summary", label, line["target"], target)
        yield _same("percent", label, line["percent"], percent(line["realisation"], line["target"]))


def _trend(figures: dict[str, Any]) -> Found:
    """The months of the trend sum to the year, as its chapter prints it."""
    names = {"departures": "of", "departures_non_procedural": "count"}
    for figure in (figure for section in figures["sections"] for figure in section["figures"]):
        if figures["trend"] and (name := names.get(figure["code"])):
            yield _same("parts", figure["label"], figure["count"], sum(m[name] for m in figures["trend"]))
    for month in figures["trend"]:
        yield _same("percent", month["label"], month["percent"], percent(month["count"], month["of"]))
        yield _part_of(month["label"], month["of"], month["count"])


def _figure(figure: dict[str, Any]) -> Found:
    label, count = figure["label"], figure["count"]
    for parts in figure["parts"]:
        if count is not None and parts["lines"]:
            of = f"{label}, {parts['label'].lower()}"
            yield _same("parts", of, count, sum(line["count"] for line in parts["lines"]))
    yield _same("percent", label, figure["percent"], percent(count, figure["over"]))
    if figure["over_label"]:
        yield _denominator(label, count, figure["over"])
    if not figure["may_exceed"]:
        yield _part_of(label, figure["over"], count)


def _area_figures(figure: dict[str, Any], figures: dict[str, Any]) -> Found:
    """A figure of the areas of each level sums to the whole, and in each province to the province."""
    code, label, count = figure["code"], figure["label"], figure["count"]
    for check in ("provinces", "districts", "villages"):
        counts = list(_counts(figures[check], code))
        if counts:
            yield _same(check, label, count, sum(counts))
    for province in figures["provinces"]:
        within = [d for d in figures["districts"] if d["code"].startswith(f"{province['code']}.")]
        for whole in _counts([province], code):
            yield _same("districts", f"{label}, {province['name']}", whole, sum(_counts(within, code)))


def _counts(areas: list[dict[str, Any]], code: str) -> Iterator[int]:
    return (part["count"] or 0 for area in areas for part in area.get("figures", ()) if part["code"] == code)


def _denominator(of: str, count: int | None, whole: int | None) -> Disagreement | None:
    return Disagreement("denominator", of, None, count) if count is not None and whole is None else None


def _part_of(of: str, whole: int | None, part: int | None) -> Disagreement | None:
    too_many = part is not None and whole is not None and part > whole
    return Disagreement("part_of", of, whole, part) if too_many else None
