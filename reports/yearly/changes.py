"""What changed since the edition before: a list of figures, never a silent new number."""

from __future__ import annotations

from collections.abc import Iterator
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

    None for the first edition of a year. Lines: `label`, `before`, `after`; None where a figure is missing.
    With what is frozen also `records`, how many came, went or changed behind each figure, and `definitions`,
    the figures that are defined otherwise.
    """
    if before is None or before.content is None:
        return None
    with translation.override(LANGUAGE):
        old, new = dict(_quoted(before.content["figures"])), dict(_quoted(content["figures"]))
        return {
            "reference": before.reference,
            "data_as_of": before.content["data_as_of"],
            "lines": [
                {
                    "label": (new.get(key) or old[key])[0],
                    "before": old[key][1] if key in old else None,
                    "after": new[key][1] if key in new else None,
                }
                for key in dict.fromkeys([*new, *old])
                if old.get(key, ("", None))[1] != new.get(key, ("", None))[1]
            ],
            "records": records_changed(before, frozen, Place(before.place_code, "")) if frozen else [],
            "definitions": definitions_changed(before, frozen) if frozen else [],
        }


Quoted = Iterator[tuple[str, tuple[str, Any]]]


def _quoted(figures: dict[str, Any]) -> Quoted:
    """Key -> (what the line is called, its value)."""
    for cohort in figures["cohorts"]:
        year = cohort["year"]
        yield f"published:{year}", (_("Cohort %(year)s, published") % {"year": year}, cohort["published"])
        yield f"recorded:{year}", (_("Cohort %(year)s, recorded") % {"year": year}, cohort["recorded"])
    yield "unknown", (_("Year not known, recorded"), figures["unknown_year"])
    yield "officers", (_("Officers in post"), figures["officers"]["in_post"])
    yield "needed", (_("Officers needed"), figures["officers"]["needed"])
    for section in figures["sections"]:
        for figure in section["figures"]:
            yield f"figure:{figure['code']}", (figure["label"], figure["count"])
        if children := section.get("children"):
            yield "children", (_("Children served"), children["together"])
    for line in figures.get("summary", ()):
        if line["code"] in {"reporting", "returns"}:
            yield f"summary:{line['code']}", (line["label"], line["realisation"])
    for row in figures["villages"]:
        cohort = row["cohort"] or _("year not known")
        yield f"village:{row['code']}", (f"{row['code']} {row['name']}", f"{cohort}, {row['stage_label']}")
