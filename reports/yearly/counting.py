"""Ask the database everything one report prints, each question once, whatever its kind, place and period."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from django.db.models import Count

from periods.month import Month
from reports.access import PUBLISHED, nation
from reports.cells import FigureTable
from reports.enums import EditionKind
from reports.figures import Asked, figure_tables
from reports.indicators import CATALOGUE, Period, Span
from reports.models import ReportEdition
from reports.places import Place
from reports.yearly.sections import ALWAYS, BY_AREA, SECTIONS
from villages.models import Province
from villages.models.designations import DesignationQuerySet
from villages.queries import (
    CohortLine,
    cohort_lines,
    designations_active,
    designations_ever,
    districts_designated,
    with_officers,
)

COHORT = "villages_designated:cohort"
SPLITS = (
    "villages_designated:stage",
    "villages_designated:certainty",
    "returns_due:came",
    "departures:month",
    "departures_non_procedural:month",
)
MONTHS_OF_A_BULLETIN = 12


@dataclass(frozen=True)
class Counted:
    """Everything asked of the database for one report.

    `areas`: the places the whole is made of, widest first: provinces and districts of the nation, villages of
    a district. `lines`: its cohorts; None in a bulletin, which has none.
    """

    kind: EditionKind
    period: Period
    span: Span
    place: Place
    provinces: list[Place]
    districts: list[Place]
    rows: list[Any]
    active: frozenset[Any]
    lines: list[CohortLine] | None
    by_subdistrict: dict[str, tuple[str, int]]
    table: FigureTable = field(repr=False)
    splits: FigureTable = field(repr=False)
    rollout: FigureTable = field(repr=False)
    before: FigureTable = field(repr=False)
    villages: FigureTable = field(repr=False)
    months: list[FigureTable] = field(repr=False)

    @classmethod
    def of(cls, edition: ReportEdition, *, today: date) -> Counted:
        period, kind = edition.period, EditionKind(edition.kind)
        span = Span.of(period, today=today)
        place = Place(edition.place_code, str(edition.district)) if edition.district else nation()
        rows = list(
            with_officers(designated_at(place, span), on=span.day)
            .select_related("village__subdistrict", "district", "province")
            .order_by("village_id", "pk")
        )
        national = not edition.district_id
        provinces = [Place(p.code, p.name) for p in Province.objects.order_by("code")] if national else []
        districts = [Place(d.code, str(d)) for d in districts_designated()] if national else []
        villages = [Place(code, code) for code in sorted({row.village_id for row in rows})]
        whole = list(dict.fromkeys([*ALWAYS, *(code for s in SECTIONS for code in s.figures)]))
        parts = [
            f"{code}:{split}" for s in SECTIONS for code, several in s.figures.items() for split in several
        ]

        logged = [code for code in whole if is_logged(code)]
        table, splits, rolled, before, of_villages, *months = figure_tables(
            [
                Asked(whole, [place, *provinces, *districts], period),
                Asked([*parts, *SPLITS], [place], period, coverage=False),
                Asked([COHORT], [place, *provinces], period, coverage=False),
                Asked(whole, [place], period.previous()),
                Asked(list(dict.fromkeys([*logged, *BY_AREA])), villages, period, coverage=False),
                *(Asked([], [place], month) for month in _months(period) if month.first_day <= span.last),
            ],
            seat=PUBLISHED,
            today=today,
        )
        return cls(
            kind=kind,
            period=period,
            span=span,
            place=place,
            provinces=provinces,
            districts=districts,
            rows=rows,
            active=frozenset(_within(designations_active(on=span.day), place).values_list("pk", flat=True)),
            lines=None if kind == EditionKind.BULLETIN else _cohorts(place, period.first_day.year),
            by_subdistrict=_by_subdistrict(place, span),
            table=table,
            splits=splits,
            rollout=rolled,
            before=before,
            villages=of_villages,
            months=months,
        )


def designated_at(place: Place, span: Span) -> DesignationQuerySet:
    """The very designations that the figure `villages_designated` counts at the place."""
    return _within(cast(DesignationQuerySet, CATALOGUE["villages_designated"].rows(span)), place)


def is_logged(code: str) -> bool:
    """Whether villages write the records of a figure down themselves, so that silence is worth naming."""
    return code not in ALWAYS and not CATALOGUE[code].small_cells


def _within(rows: DesignationQuerySet, place: Place) -> DesignationQuerySet:
    return rows.filter(district=place.code) if place.code else rows


def _cohorts(place: Place, year: int) -> list[CohortLine]:
    """Cohort years up to that one. What was published is known of the nation alone."""
    if not place.code:
        return cohort_lines(until_year=year)
    rows = designations_ever(until_year=year).filter(district=place.code)
    counts = (
        rows.order_by("cohort_year").values_list("cohort_year").annotate(n=Count("village", distinct=True))
    )
    return cohort_lines(until_year=year, recorded=dict(counts), published=False)


def _by_subdistrict(place: Place, span: Span) -> dict[str, tuple[str, int]]:
    """Code -> name and designated villages, counted by the area table and not by the villages' codes."""
    rows = designated_at(place, span).order_by("village__subdistrict")
    found = rows.values_list("village__subdistrict", "village__subdistrict__name").annotate(n=Count("pk"))
    return {code: (name, count) for code, name, count in found}


def _months(period: Period) -> list[Month]:
    """The months of a year; the twelve up to the month of a bulletin."""
    if not isinstance(period, Month):
        return list(period.months())
    months = [period]
    while len(months) < MONTHS_OF_A_BULLETIN:
        months.append(months[-1].previous())
    return months[::-1]
