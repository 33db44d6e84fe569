"""The lines of a report, as they will be printed, from what was counted."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from periods.month import Month
from reports.cells import Cell, has_figure
from reports.freezing.keys import (
    OVER,
    VILLAGES,
    CellKey,
    key_counting,
    key_of,
    key_of_others,
    key_within,
)
from reports.indicators import CATALOGUE, UNKNOWN, Kind
from reports.places import Place
from reports.yearly.counting import COHORT, Counted, designated_at, is_logged
from reports.yearly.sections import BY_AREA, SECTIONS, Section

Line = dict[str, Any]

SHORT = range(1, 6)  # of a closed list this short, the unknown counted, the zeros are printed too
TOP = 10  # values shown of an open list; the rest are one line


def percent(part: int | None, whole: int | None) -> str | None:
    """The share in percent, one decimal, halves away from zero, as text: "100.5". None without a whole."""
    if part is None or not whole:
        return None
    return str((Decimal(100 * part) / Decimal(whole)).quantize(Decimal("0.1"), ROUND_HALF_UP))


# --- the rollout -------------------------------------------------------------------------------------------


def cohorts(counted: Counted) -> list[Line]:
    """One line for each cohort year: published, recorded, the difference; none in a bulletin."""
    return [
        {
            "year": line.year,
            "published": line.published,
            "recorded": (recorded := (cell := _of_cohort(counted, counted.place, line.year)).count or 0),
            "difference": None if line.published is None else recorded - line.published,
            "source": line.source,
            "counted_again": line.recorded,
            "cells": {"recorded": key_of(cell)},
        }
        for line in counted.lines or []
    ]


def _of_cohort(counted: Counted, place: Place, year: int) -> Cell:
    return counted.rollout.cell(COHORT, place, str(year))


def unknown_year(counted: Counted) -> int:
    """Villages of the place whose cohort year nobody knows."""
    return counted.rollout.cell(COHORT, counted.place, UNKNOWN).count or 0


def cumulative(counted: Counted) -> Line | None:
    """All cohorts together, and the target by the end of the year; None in a bulletin."""
    if counted.lines is None:
        return None
    known = [line for line in counted.lines if line.published is not None]
    this = [line for line in counted.lines if line.year == counted.period.first_day.year]
    earlier = [line for line in known if line.year < counted.period.first_day.year]
    published = known[-1].published_so_far if known else None
    target = this[0].target_by_then if this else None
    recorded = sum(1 for row in counted.rows if row.cohort_year is not None)
    return {
        "published": published,
        "before": earlier[-1].published_so_far if earlier else None,
        "target": target,
        "percent": percent(published, target),
        "recorded": recorded,
        "difference": None if published is None else recorded - published,
        "cells": {"recorded": key_of_others(counted.rollout.cell(COHORT, counted.place, UNKNOWN), [UNKNOWN])},
    }


def reach(counted: Counted) -> dict[str, Line]:
    """Distinct areas over all cohorts; the published ones of a year are cumulative and are never added up."""
    levels = {"provinces": "province", "districts": "district", "subdistricts": "village__subdistrict"}
    distinct = {name: Count(column, distinct=True) for name, column in levels.items()}
    rows = designated_at(counted.place, counted.span).order_by()
    known = rows.filter(cohort_year__isnull=False).aggregate(**distinct)
    every = rows.aggregate(**distinct)
    year, cohorts = counted.period.first_day.year, counted.rollout.cell(COHORT, counted.place, UNKNOWN)
    dated = CellKey.read(key_of_others(cohorts, [UNKNOWN]))
    whole = counted.table.cell("villages_designated", counted.place)
    line = next((line for line in counted.lines or [] if line.year == year), None)
    return {
        name: {
            "published": getattr(line, f"{name}_by_then") if line else None,
            "recorded": known[name],
            "with_unknown": every[name],
            "cells": {"recorded": str(dated.counting(name)), "with_unknown": key_counting(whole, name)},
        }
        for name in levels
    }


def stages(counted: Counted) -> list[Line]:
    """Where the designated villages stand, empty stages left out."""
    return [
        {"code": cell.value, "label": str(cell.label), "count": cell.count, "cell": key_of(cell)}
        for cell in counted.splits.split_cells("villages_designated:stage")
        if cell.count
    ]


def officers(counted: Counted) -> Line:
    """How many officers serve of two a village."""
    cell = counted.table.cell("officers_in_post", counted.place)
    short = counted.table.cell("officer_gaps", counted.place)
    return {
        "in_post": cell.count,
        "needed": cell.over,
        "over": cell.over,
        "percent": percent(cell.count, cell.over),
        "short": short.count,
        "cells": {"in_post": key_of(cell), "needed": key_counting(cell, OVER), "short": key_of(short)},
    }


# --- areas -------------------------------------------------------------------------------------------------


def provinces(counted: Counted) -> list[Line]:
    """One line for each province with a designation or a record; none below the nation."""
    found = []
    for place in counted.provinces:
        line = _area(counted, place)
        line["cohorts"] = [
            {"year": cohort.year, "count": cell.count or 0, "cell": key_of(cell)}
            for cohort in counted.lines or []
            for cell in [_of_cohort(counted, place, cohort.year)]
        ]
        unknown = counted.rollout.cell(COHORT, place, UNKNOWN)
        line["unknown_year"] = unknown.count
        line["cells"]["unknown_year"] = key_of(unknown)
        if line["total"] or any(figure["count"] for figure in line["figures"]):
            found.append(line)
    return found


def districts(counted: Counted) -> list[Line]:
    """One line for each district with a designation or a record; none below the nation."""
    lines = [_area(counted, place) for place in counted.districts]
    return [line for line in lines if line["total"] or any(figure["count"] for figure in line["figures"])]


def subdistricts(counted: Counted) -> list[Line]:
    """One line for each subdistrict with a designated village, by code."""
    whole = counted.table.cell("villages_designated", counted.place)
    return [
        {"code": code, "name": name, "total": count, "cells": {"total": key_within(whole, code)}}
        for code, (name, count) in sorted(counted.by_subdistrict.items())
    ]


def _area(counted: Counted, place: Place) -> Line:
    total = counted.table.cell("villages_designated", place)
    return {
        "code": place.code,
        "name": place.name,
        "total": total.count,
        "cells": {"total": key_of(total)},
        "figures": [_short(counted.table.cell(code, place)) for code in BY_AREA],
    }


def _short(cell: Cell) -> Line:
    return {"code": cell.indicator.code, "count": cell.count, "cell": key_of(cell)}


def villages(counted: Counted) -> list[Line]:
    """One line for each designated village, by code; with figures of its own in the report of a district."""
    return [_village(counted, row) for row in counted.rows]


def _village(counted: Counted, row: Any) -> Line:
    line = {
        "code": row.village_id,
        "name": row.village.name,
        "subdistrict": row.village.subdistrict.name,
        "district": row.district.name,
        "province": row.province.name,
        "cohort": row.cohort_year,
        "stage": row.stage,
        "stage_label": str(row.get_stage_display()),
        "active": row.pk in counted.active,
        "officers": row.officers,
    }
    if line["active"]:
        line["cells"] = {"officers": key_of(counted.villages.cell("officers_in_post", row.village_id))}
    if counted.place.code:
        line["figures"] = [_short(counted.villages.cell(code, row.village_id)) for code in BY_AREA]
    return line


# --- pillars -----------------------------------------------------------------------------------------------


def sections(counted: Counted) -> list[Line]:
    """The four pillars with their figures; figures of today stand in the current period only."""
    return [_section(counted, section) for section in SECTIONS]


def _section(counted: Counted, section: Section) -> Line:
    known = {
        code: splits
        for code, splits in section.figures.items()
        if CATALOGUE[code].kind != Kind.NOW or has_figure(CATALOGUE[code], counted.span)
    }
    return {
        "code": section.pillar.value,
        "title": str(section.pillar.label),
        "figures": [_figure(counted, code, splits) for code, splits in known.items()],
    }


def trend(counted: Counted) -> list[Line]:
    """The share of departures outside the path, month by month; none in a bulletin, which has one month."""
    if isinstance(counted.period, Month):
        return []
    outside = counted.splits.split_cells("departures_non_procedural:month")
    every = {cell.value: cell for cell in counted.splits.split_cells("departures:month")}
    return [
        {
            "month": cell.value,
            "label": str(cell.label),
            "count": cell.count,
            "of": (of := every[cell.value]).count,
            "percent": percent(cell.count, of.count),
            "cell": key_of(cell),
            "cells": {"of": key_of(of)},
        }
        for cell in outside
        if cell.value != UNKNOWN
    ]


def _figure(counted: Counted, code: str, splits: tuple[str, ...]) -> Line:
    cell, before = counted.table.cell(code, counted.place), counted.before.cell(code, counted.place)
    return {
        "code": code,
        "label": str(cell.indicator.label),
        "unit": str(cell.indicator.unit),
        **(numbers := _numbers(cell)),
        "before": _numbers(before),
        "villages": (villages := _villages_with(counted, code)),
        "cells": numbers["cells"] | ({"villages": key_counting(cell, VILLAGES)} if villages else {}),
        "parts": [_parts(counted, code, split) for split in splits],
    }


def _numbers(cell: Cell) -> Line:
    over = cell.indicator.over
    return {
        "count": cell.count,
        "hidden": str(cell.hidden) if cell.hidden else None,
        "over": cell.over,
        "over_label": str(over.label) if over else None,
        "may_exceed": over is not None and over.may_be_less,
        "percent": percent(cell.count, cell.over),
        "cell": key_of(cell),
        "cells": {"over": key_counting(cell, OVER)},
    }


def _villages_with(counted: Counted, code: str) -> int | None:
    """How many active villages have at least one such record; None where villages do not log it."""
    if not is_logged(code):
        return None
    places = {row.village_id for row in counted.rows if row.pk in counted.active}
    return sum(1 for place in places if counted.villages.cell(code, place).count)


def _parts(counted: Counted, code: str, split: str) -> Line:
    closed = CATALOGUE[code].split(split).values
    cells = counted.splits.split_cells(f"{code}:{split}")
    if any(cell.hidden for cell in cells):
        cells = []
    if len(closed) not in SHORT:
        cells = [cell for cell in cells if cell.count]
    shown, rest = (cells, []) if closed else (cells[:TOP], cells[TOP:])
    found = [
        {"code": cell.value, "label": str(cell.label), "count": cell.count, "cell": key_of(cell)}
        for cell in shown
    ]
    if rest:
        key = key_of_others(rest[0], [cell.value for cell in shown])
        count = sum(cell.count or 0 for cell in rest)
        found.append({"code": "", "label": _("Others"), "count": count, "cell": key})
    return {"split": split, "label": str(CATALOGUE[code].split(split).label), "lines": found}
