"""Reads about places: which villages are in the programme, and who serves there.

Everything that returns rows returns a queryset of `Placed` rows: narrow it with `.visible_to(seat)` or with
`district=` / `province=` before use.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from villages.enums import DESIGNATED_STAGES, Stage
from villages.models import CohortTarget, Designation, OfficerAssignment, StageRecord
from villages.models.designations import DesignationQuerySet
from villages.models.officers import AssignmentQuerySet

OFFICERS_A_VILLAGE = 2


def designations_designated(*, on: date | None = None) -> DesignationQuerySet:
    """Villages that count as designated: today (None) or on a past day. One row a village.

    On a past day: known to be designated by then and not ended by then; a village whose cohort year is
    unknown counts, because it cannot be shown to have come later. The stage is today's; a village now
    inactive is left out (see `designations_ever` for the rollout).
    """
    if on is None:
        return Designation.objects.designated()
    return _by(on, Designation.objects.filter(stage__in=DESIGNATED_STAGES))


def designations_active(*, on: date | None = None) -> DesignationQuerySet:
    """Villages expected to have two officers and to log: designated, and not yet independent."""
    return designations_designated(on=on).exclude(stage=Stage.INDEPENDENT)


def designations_ever(*, until_year: int | None = None) -> DesignationQuerySet:
    """Every village that was ever designated, inactive and ended ones too: the rollout counts them once, in
    their cohort. `until_year`: only cohorts up to that year; a village of unknown year is then left out.
    A designation corrected back to proposed or verified never was one."""
    was_designated = StageRecord.objects.filter(designation=OuterRef("pk"), stage__in=DESIGNATED_STAGES)
    rows = Designation.objects.filter(
        Q(stage__in=DESIGNATED_STAGES)
        | Q(stage=Stage.INACTIVE, cohort_year__isnull=False)
        | (Q(stage=Stage.INACTIVE) & Exists(was_designated))
    )
    return rows if until_year is None else rows.filter(cohort_year__lte=until_year)


def designations_proposed() -> DesignationQuerySet:
    """Villages proposed or verified, not designated: never part of a count of the programme."""
    return Designation.objects.filter(stage__in=(Stage.PROPOSED, Stage.VERIFIED), ended_on__isnull=True)


def villages_by_cohort() -> dict[int | None, int]:
    """Villages ever designated per cohort year, ascending; key None (last) counts those of unknown year."""
    counts = (
        designations_ever()
        .order_by(F("cohort_year").asc(nulls_last=True))
        .values_list("cohort_year")
        .annotate(n=Count("village", distinct=True))
    )
    return dict(counts)


def officers_serving(on: date) -> AssignmentQuerySet:
    """Assignments that cover the day; the last day of service is included."""
    return OfficerAssignment.objects.serving_on(on)


def with_officers(designations: DesignationQuerySet, *, on: date) -> DesignationQuerySet:
    """The same rows, each with `officers`: how many serve in its village on the day (0 to 2)."""
    serving = (
        officers_serving(on)
        .filter(village=OuterRef("village"))
        .order_by()
        .values("village")
        .annotate(n=Count("id"))
        .values("n")
    )
    counted: DesignationQuerySet = designations.annotate(officers=Coalesce(Subquery(serving), 0))
    return counted


def officer_gaps(*, on: date) -> DesignationQuerySet:
    """Active villages with fewer than two officers on the day; `officers` says how many serve (0 or 1)."""
    return with_officers(designations_active(on=on), on=on).filter(officers__lt=OFFICERS_A_VILLAGE)


def officers_needed(*, on: date | None = None) -> int:
    """How many officers all active villages need together: two each. Nationwide; for a narrower place count
    `designations_active()` there and double it."""
    return OFFICERS_A_VILLAGE * designations_active(on=on).count()


def assignments_ending(*, on: date, within_days: int) -> AssignmentQuerySet:
    """Assignments serving on the day whose last day comes within so many days."""
    return officers_serving(on).filter(ends_on__lte=on + timedelta(days=within_days))


@dataclass(frozen=True)
class CohortLine:
    """One cohort year: what was published, and what this register holds. None: no source gives it."""

    year: int
    published: int | None
    recorded: int
    published_so_far: int
    recorded_so_far: int
    target_by_then: int | None
    provinces_by_then: int | None
    districts_by_then: int | None
    subdistricts_by_then: int | None
    source: str

    @property
    def difference(self) -> int | None:
        """Recorded minus published: negative where villages are missing from this register."""
        return None if self.published is None else self.recorded - self.published


def cohort_lines(*, until_year: int | None = None) -> list[CohortLine]:
    """One line per year with a published figure, a target or a recorded village, ascending. 2 queries.

    Villages of unknown year are in no line: `villages_by_cohort()[None]` counts them.
    """
    recorded = villages_by_cohort()
    targets = {target.year: target for target in CohortTarget.objects.all()}
    years = sorted({*targets, *(year for year in recorded if year is not None)})
    lines: list[CohortLine] = []
    published_so_far = recorded_so_far = 0
    for year in years:
        if until_year is not None and year > until_year:
            break
        target = targets.get(year) or CohortTarget(year=year)
        published_so_far += target.published or 0
        recorded_so_far += recorded.get(year, 0)
        lines.append(
            CohortLine(
                year=year,
                published=target.published,
                recorded=recorded.get(year, 0),
                published_so_far=published_so_far,
                recorded_so_far=recorded_so_far,
                target_by_then=target.target_by_then,
                provinces_by_then=target.provinces_by_then,
                districts_by_then=target.districts_by_then,
                subdistricts_by_then=target.subdistricts_by_then,
                source=target.source,
            )
        )
    return lines


def _by(day: date, rows: DesignationQuerySet) -> DesignationQuerySet:
    return rows.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gte=day),
        Q(cohort_year__isnull=True) | Q(cohort_year__lte=day.year),
        Q(designated_on__isnull=True) | Q(designated_on__lte=day),
    )
