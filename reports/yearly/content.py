"""Count one year in one snapshot of the database: the frozen content of an edition.

The content is a plain JSON document that holds everything the PDF prints, in the words it prints. Lists
carry every order that matters, because PostgreSQL keeps the keys of an object in an order of its own. Its
`figures` are what the digest is taken of; all of them come from `figure_table` or from a set of records
that an entry of the catalogue names. No person is in it: figures, places and texts about the programme
only.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from hashlib import sha256
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from periods.clock import WIB
from periods.month import Month, Year
from reports.access import PUBLISHED, nation
from reports.cells import Cell, FigureTable
from reports.figures import figure_table
from reports.indicators import CATALOGUE, UNKNOWN, Span
from reports.places import Place
from reports.yearly.sections import ALWAYS, BY_PROVINCE, SECTIONS, Section
from villages.models import Province
from villages.models.designations import DesignationQuerySet
from villages.queries import CohortLine, cohort_lines, designations_active, with_officers

Content = dict[str, Any]

SCHEMA = 1
LANGUAGE = "id"  # the report is an official Indonesian document
COHORT = "villages_designated:cohort"
SHORT = range(1, 5)  # of a closed list this short the zeros are printed too
TOP = 10  # values shown of an open list; the rest are one line


@contextmanager
def snapshot() -> Iterator[datetime]:
    """Every read inside sees the database as it was at one moment, which is yielded; nothing can be written.

    Not to be used inside a transaction.
    """
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SET LOCAL statement_timeout = '60s'")
        yield timezone.now()


def build_content(*, year: int, number: int, reference: str, moment: datetime) -> Content:
    """The content of an edition, counted now: the year's figures up to its last day, or today within it.

    `moment` is printed as the time the data were taken. What changed since the edition before is added by
    `changes.changes_since`. Queries: about 190, whatever the number of villages.
    """
    with translation.override(LANGUAGE):
        counted = _Counted.of(Year(year), today=moment.astimezone(ZoneInfo(WIB)).date())
        figures = _figures(counted)
        return {
            "schema": SCHEMA,
            "language": LANGUAGE,
            "year": year,
            "edition": number,
            "reference": reference,
            "ministry": settings.MINISTRY_NAME,
            "programme": settings.PROGRAMME_NAME,
            "first_day": counted.span.first.isoformat(),
            "last_day": counted.span.last.isoformat(),
            "data_as_of": moment.isoformat(timespec="seconds"),
            "figures": figures,
            "definitions": _definitions(),
            "notes": _notes(counted, figures),
            "changes": None,
        }


def digest_of(content: Content) -> str:
    """SHA-256 of the figures as canonical JSON (sorted keys, no blanks, UTF-8): 64 hexadecimal digits."""
    text = json.dumps(content["figures"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode()).hexdigest()


def percent(part: int | None, whole: int | None) -> str | None:
    """The share in percent, one decimal, halves away from zero, as text: "100.5". None without a whole."""
    if part is None or not whole:
        return None
    return str((Decimal(100 * part) / Decimal(whole)).quantize(Decimal("0.1"), ROUND_HALF_UP))


@dataclass(frozen=True)
class _Counted:
    """Everything asked of the database for one report."""

    period: Year
    span: Span
    nation: Place
    provinces: list[Place]
    rows: list[Any]
    active: frozenset[Any]
    lines: list[CohortLine]
    table: FigureTable = field(repr=False)
    splits: FigureTable = field(repr=False)
    rollout: FigureTable = field(repr=False)
    before: FigureTable = field(repr=False)
    villages: FigureTable = field(repr=False)
    months: list[FigureTable] = field(repr=False)

    @classmethod
    def of(cls, period: Year, *, today: date) -> _Counted:
        span = Span.of(period, today=today)
        country = nation()
        provinces = [Place(p.code, p.name) for p in Province.objects.order_by("code")]
        rows = list(
            with_officers(_designated(span), on=span.day)
            .select_related("village__subdistrict", "district", "province")
            .order_by("village_id", "pk")
        )
        villages = [Place(code, code) for code in sorted({row.village_id for row in rows})]
        whole = list(dict.fromkeys([*ALWAYS, *(code for s in SECTIONS for code in s.figures)]))
        splits = [
            f"{code}:{split}" for s in SECTIONS for code, several in s.figures.items() for split in several
        ]

        def ask(
            figures: list[str], places: list[Place], when: Year | Month = period, *, coverage: bool = False
        ) -> FigureTable:
            return figure_table(figures, places, when, seat=PUBLISHED, today=today, coverage=coverage)

        return cls(
            period=period,
            span=span,
            nation=country,
            provinces=provinces,
            rows=rows,
            active=frozenset(designations_active(on=span.day).values_list("pk", flat=True)),
            lines=cohort_lines(until_year=period.year),
            table=ask(whole, [country, *provinces], coverage=True),
            splits=ask([*splits, "villages_designated:stage"], [country]),
            rollout=ask([COHORT], [country, *provinces]),
            before=ask(whole, [country], period.previous()),
            villages=ask([code for code in whole if _is_logged(code)], villages),
            months=[
                ask([], [country], month, coverage=True)
                for month in period.months()
                if month.first_day <= span.last
            ],
        )


def _designated(span: Span) -> DesignationQuerySet:
    """The very designations that the figure `villages_designated` counts."""
    return cast(DesignationQuerySet, CATALOGUE["villages_designated"].rows(span))


def _is_logged(code: str) -> bool:
    """Whether villages write the records of a figure down themselves, so that silence is worth naming."""
    return code not in ALWAYS and not CATALOGUE[code].small_cells


def _figures(counted: _Counted) -> dict[str, Any]:
    table, country = counted.table, counted.nation
    officers = table.cell("officers_in_post", country)
    coverage = table.coverage(country)
    return {
        "cohorts": [_cohort(counted, line) for line in counted.lines],
        "unknown_year": counted.rollout.cell(COHORT, country, UNKNOWN).count,
        "cumulative": _cumulative(counted),
        "reach": _reach(counted),
        "designated": table.cell("villages_designated", country).count,
        "active": table.cell("villages_active", country).count,
        "stages": [
            {"code": cell.value, "label": str(cell.label), "count": cell.count}
            for cell in counted.splits.split_cells("villages_designated:stage")
            if cell.count
        ],
        "officers": {
            "in_post": officers.count,
            "needed": officers.over,
            "percent": percent(officers.count, officers.over),
            "short": table.cell("officer_gaps", country).count,
        },
        "coverage": {"reported": coverage.reported, "expected": coverage.expected},
        "months": [
            {
                "month": month.period.slug,
                "label": month.period.label,
                "reported": month.coverage().reported,
                "expected": month.coverage().expected,
            }
            for month in counted.months
        ],
        "provinces": _provinces(counted),
        "sections": [_section(counted, section) for section in SECTIONS],
        "villages": [_village(counted, row) for row in counted.rows],
    }


def _cohort(counted: _Counted, line: CohortLine) -> dict[str, Any]:
    recorded = counted.rollout.cell(COHORT, counted.nation, str(line.year)).count or 0
    return {
        "year": line.year,
        "published": line.published,
        "recorded": recorded,
        "difference": None if line.published is None else recorded - line.published,
        "source": line.source,
        "counted_again": line.recorded,
    }


def _cumulative(counted: _Counted) -> dict[str, Any]:
    known = [line for line in counted.lines if line.published is not None]
    published = counted.lines[-1].published_so_far if known else None
    target = next((line.target_by_then for line in counted.lines if line.year == counted.period.year), None)
    recorded = sum(1 for row in counted.rows if row.cohort_year is not None)
    return {
        "published": published,
        "target": target,
        "percent": percent(published, target),
        "recorded": recorded,
        "difference": None if published is None else recorded - published,
    }


def _reach(counted: _Counted) -> dict[str, Any]:
    """Distinct areas over all cohorts; the published ones of a year are cumulative and are never added up."""
    levels = {"provinces": "province", "districts": "district", "subdistricts": "village__subdistrict"}
    distinct = {name: Count(column, distinct=True) for name, column in levels.items()}
    rows = _designated(counted.span).order_by()
    known = rows.filter(cohort_year__isnull=False).aggregate(**distinct)
    every = rows.aggregate(**distinct)
    line = next((line for line in counted.lines if line.year == counted.period.year), None)
    return {
        name: {
            "published": getattr(line, f"{name}_by_then") if line else None,
            "recorded": known[name],
            "with_unknown": every[name],
        }
        for name in levels
    }


def _provinces(counted: _Counted) -> list[dict[str, Any]]:
    """One line for each province with a designation or a record."""
    lines = []
    for place in counted.provinces:
        figures = [{"code": code, "count": counted.table.cell(code, place).count} for code in BY_PROVINCE]
        total = counted.table.cell("villages_designated", place).count
        if not total and not any(figure["count"] for figure in figures):
            continue
        lines.append(
            {
                "code": place.code,
                "name": place.name,
                "cohorts": [
                    {"year": line.year, "count": counted.rollout.cell(COHORT, place, str(line.year)).count}
                    for line in counted.lines
                ],
                "unknown_year": counted.rollout.cell(COHORT, place, UNKNOWN).count,
                "total": total,
                "figures": figures,
            }
        )
    return lines


def _section(counted: _Counted, section: Section) -> dict[str, Any]:
    return {
        "code": section.pillar.value,
        "title": str(section.pillar.label),
        "figures": [_figure(counted, code, splits) for code, splits in section.figures.items()],
    }


def _figure(counted: _Counted, code: str, splits: tuple[str, ...]) -> dict[str, Any]:
    cell, before = counted.table.cell(code, counted.nation), counted.before.cell(code, counted.nation)
    return {
        "code": code,
        "label": str(cell.indicator.label),
        "unit": str(cell.indicator.unit),
        **_numbers(cell),
        "before": _numbers(before),
        "villages": _villages_with(counted, code),
        "parts": [_parts(counted, code, split) for split in splits],
    }


def _numbers(cell: Cell) -> dict[str, Any]:
    return {
        "count": cell.count,
        "hidden": str(cell.hidden) if cell.hidden else None,
        "over": cell.over,
        "over_label": str(cell.indicator.over.label) if cell.indicator.over else None,
        "percent": percent(cell.count, cell.over),
    }


def _villages_with(counted: _Counted, code: str) -> int | None:
    """How many active villages have at least one such record; None where villages do not log it."""
    if not _is_logged(code):
        return None
    places = {row.village_id for row in counted.rows if row.pk in counted.active}
    return sum(1 for place in places if counted.villages.cell(code, place).count)


def _parts(counted: _Counted, code: str, split: str) -> dict[str, Any]:
    closed = CATALOGUE[code].split(split).values
    cells = counted.splits.split_cells(f"{code}:{split}")
    if any(cell.hidden for cell in cells):
        cells = []
    if len(closed) not in SHORT:
        cells = [cell for cell in cells if cell.count]
    shown, rest = (cells, []) if closed else (cells[:TOP], cells[TOP:])
    lines = [{"code": cell.value, "label": str(cell.label), "count": cell.count} for cell in shown]
    if rest:
        lines.append({"code": "", "label": _("Others"), "count": sum(cell.count or 0 for cell in rest)})
    return {"split": split, "label": str(CATALOGUE[code].split(split).label), "lines": lines}


def _village(counted: _Counted, row: Any) -> dict[str, Any]:
    return {
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


def _definitions() -> list[dict[str, str]]:
    used = dict.fromkeys([*ALWAYS, *(code for section in SECTIONS for code in section.figures)])
    return [
        {
            "label": str(indicator.label),
            "unit": str(indicator.unit),
            "grain": str(indicator.grain),
            "kind": str(indicator.kind.label),
            "counts": str(indicator.counts),
            "leaves_out": str(indicator.leaves_out),
            "empty_means": str(indicator.empty_means),
        }
        for indicator in (CATALOGUE[code] for code in used)
    ]


def _notes(counted: _Counted, figures: dict[str, Any]) -> list[str]:
    """What a reader should know about the quality of the data, each in one sentence."""
    notes = []
    if figures["unknown_year"]:
        notes.append(
            _("The cohort year of %(n)s villages is not known. They are listed, and counted in no cohort.")
            % {"n": figures["unknown_year"]}
        )
    certainty = [row.certainty for row in counted.rows]
    if unsure := certainty.count("uncertain"):
        notes.append(_("%(n)s villages are in the register without certainty.") % {"n": unsure})
    if practice := certainty.count("practice"):
        notes.append(
            _("%(n)s villages are practice data: this report is not an official one.") % {"n": practice}
        )
    silent = [str(line["year"]) for line in figures["cohorts"] if line["published"] is None]
    if silent:
        notes.append(_("No source gives a published figure for: %(years)s.") % {"years": ", ".join(silent)})
    coverage = figures["coverage"]
    notes.append(
        _("%(n)s of %(all)s villages wrote something down in the year; the rest may be silent, not idle.")
        % {"n": coverage["reported"], "all": coverage["expected"]}
    )
    thin = [m["label"] for m in figures["months"] if m["expected"] and not m["reported"]]
    if thin:
        notes.append(_("Nothing at all was written down in: %(months)s.") % {"months": ", ".join(thin)})
    notes.append(_("The stage of a village is the one on the day the data were taken."))
    return notes
