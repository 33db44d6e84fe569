"""The words of offices about a year, as an edition freezes them."""

from __future__ import annotations

from typing import Any

from reports.enums import EditionKind, WordsLine
from reports.models import ReportEdition, YearWords


def words_of(edition: ReportEdition) -> dict[str, Any] | None:
    """What the offices wrote: `lines` beside the summary, `districts` in the chapter of constraints.

    Each line has `code`, `label`, `cause`, `step`; a line without a word is left out. None in a bulletin,
    which prints none. Queries: 2 for the nation, 1 for a district.
    """
    if edition.kind == EditionKind.BULLETIN:
        return None
    rows = YearWords.objects.filter(year=edition.year).select_related("district").order_by("district_id")
    own = rows.filter(district=edition.district_id).first()
    others = [] if edition.district_id else [row for row in rows.exclude(district=None) if row.printed]
    return {
        "lines": _lines(own) if own else [],
        "districts": [
            {
                "code": row.district_id,
                "name": str(row.district),
                "edited": row.edited is not None,
                "lines": _lines(row),
            }
            for row in others
        ],
    }


def _lines(row: YearWords) -> list[dict[str, str]]:
    said = row.printed
    return [
        {"code": code.value, "label": str(code.label), **said[code.value]}
        for code in WordsLine
        if code.value in said
    ]
