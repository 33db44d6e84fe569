"""What changed since the edition before: a list of figures, never a silent new number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from reports.freezing.collecting import Frozen
from reports.freezing.comparing import definitions_changed, records_changed
from reports.models import ReportEdition
from reports.places import Place
from reports.yearly.content import LANGUAGE, Content


def changes_since(
    before: ReportEdition | None, content: Content, frozen: Frozen | None = None
) -> dict[str, Any] | None:
    """Every figure that differs from the edition before, and villages that came, went or changed.

    None for the first edition of a year. Lines: `label`, `before`, `after`, None where a figure is missing,
    and the codes that the two editions print beside them.
    With what is frozen also `records`, how many came, went or changed behind each figure, and `definitions`,
    the figures that are defined otherwise.
    """
    if before is None or before.content is None:
        return None
    with translation.override(LANGUAGE):
        old, new = _coded(before.content), _coded(content)
        return {
            "reference": before.reference,
            "data_as_of": before.content["data_as_of"],
            "lines": [
                {
                    "label": (new.get(key) or old[key]).label,
                    "before": was.value if (was := old.get(key)) else None,
                    "after": now.value if (now := new.get(key)) else None,
                    "before_code": was.code if was else "",
                    "after_code": now.code if now else "",
                }
                for key in dict.fromkeys([*new, *old])
                if _value(old, key) != _value(new, key)
            ],
            "records": _records(before, frozen, content) if frozen else [],
            "definitions": definitions_changed(before, frozen) if frozen else [],
        }


def _records(before: ReportEdition, frozen: Frozen, content: Content) -> list[dict[str, Any]]:
    return records_changed(before, frozen, Place(before.place_code, ""), content["codes"])


@dataclass(frozen=True)
class Quoted:
    """A figure of a report as the list of changes names it. `code`: what its edition prints beside it."""

    label: str
    value: Any
    code: str


def _value(quoted: dict[str, Quoted], key: str) -> Any:
    return quoted[key].value if key in quoted else None


def _coded(content: Content) -> dict[str, Quoted]:
    """Everything of a content that the list compares."""
    codes = content.get("codes", {})
    return {
        key: Quoted(label, value, codes.get(cell, "") if value else "")
        for key, label, value, cell in _quoted(content["figures"])
    }


def _quoted(figures: dict[str, Any]) -> Iterator[tuple[str, str, Any, str | None]]:
    """Key, what the line is called, its value, and the key of what it counts."""
    cells = figures.get("cells", {})
    for cohort in figures["cohorts"]:
        year = cohort["year"]
        yield f"published:{year}", _("Cohort %(year)s, published") % {"year": year}, cohort["published"], None
        label = _("Cohort %(year)s, recorded") % {"year": year}
        yield f"recorded:{year}", label, cohort["recorded"], _cell(cohort, "recorded")
    yield "unknown", _("Year not known, recorded"), figures["unknown_year"], cells.get("unknown_year")
    officers = figures["officers"]
    yield "officers", _("Officers in post"), officers["in_post"], _cell(officers, "in_post")
    yield "needed", _("Officers needed"), officers["needed"], _cell(officers, "needed")
    for section in figures["sections"]:
        for figure in section["figures"]:
            yield f"figure:{figure['code']}", figure["label"], figure["count"], figure.get("cell")
        if children := section.get("children"):
            yield "children", _("Children served"), children["together"], None
    for line in figures.get("summary", ()):
        if line["code"] in {"reporting", "returns"}:
            yield f"summary:{line['code']}", line["label"], line["realisation"], _cell(line, "realisation")
    for row in figures["villages"]:
        cohort = row["cohort"] or _("year not known")
        said = f"{cohort}, {row['stage_label']}"
        yield f"village:{row['code']}", f"{row['code']} {row['name']}", said, None


def _cell(line: dict[str, Any], name: str) -> str | None:
    return (line.get("cells") or {}).get(name)
