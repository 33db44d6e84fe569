"""Reads about places: which villages are in the programme, and who serves there.

Everything that returns rows returns a queryset of `Placed` rows: narrow it with `.visible_to(seat)` or with
`district=` / `province=` before use.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Lower
from django.utils import timezone

from accounts.models import User
from accounts.roles import Level
from villages.access import Seat, visible_candidates, visible_designations, visible_villages
from villages.enums import DESIGNATED_STAGES, Stage
from villages.models import (
    CohortTarget,
    Designation,
    District,
    OfficerAssignment,
    Posting,
    StageRecord,
    Village,
)
from villages.models.areas import letters_of
from villages.models.designations import DesignationQuerySet
from villages.models.officers import AssignmentQuerySet
from villages.places import find_villages, place_key, search_villages, searched_keys

OFFICERS_A_VILLAGE = 2


def designations_designated(*, on: date | None = None) -> DesignationQuerySet:
    """Villages that count as designated: today (None) or on a past day. One row a village.

    On a past day: known to be designated by then and not ended by then; a village whose cohort year is
    unknown counts, because it cannot be shown to have come later. The stage is that of the day (`stage_on`);
    a village then inactive is left out (see `designations_ever` for the rollout).
    """
    if on is None:
        return Designation.objects.designated()
    rows = Designation.objects.alias(_stage_then=stage_on(on))
    return _by(on, rows.filter(_stage_then__in=DESIGNATED_STAGES))


def designations_active(*, on: date | None = None) -> DesignationQuerySet:
    """Villages expected to have two officers and to log: designated, and not yet independent."""
    if on is None:
        return designations_designated().exclude(stage=Stage.INDEPENDENT)
    return designations_designated(on=on).exclude(_stage_then=Stage.INDEPENDENT)


def stage_on(day: date) -> Combinable:
    """The stage of a designation at the end of a day, for a query of designations: of the steps reached by
    then the one recorded last. Where every dated step came later the village was designated and no more;
    where no step is dated, and from today on, the stage is the one it has."""
    if day >= timezone.localdate():
        return F("stage")
    steps = StageRecord.objects.filter(designation=OuterRef("pk"))
    reached = steps.filter(reached_on__lte=day).order_by("-recorded_at", "-id").values("stage")[:1]
    later = Case(When(Exists(steps.filter(reached_on__gt=day)), then=Value(Stage.DESIGNATED)))
    return Coalesce(Subquery(reached), later, F("stage"), output_field=CharField())


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


def districts_designated() -> QuerySet[District]:
    """Districts that have a village in the programme, or had one, by code."""
    return District.objects.filter(code__in=Designation.objects.order_by().values("district")).order_by(
        "code"
    )


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


def cohort_lines(
    *,
    until_year: int | None = None,
    recorded: dict[int | None, int] | None = None,
    published: bool = True,
) -> list[CohortLine]:
    """One line per year with a published figure, a target or a recorded village, ascending. 2 queries.

    `recorded`: what `villages_by_cohort` gave, when it is at hand, or the same of a narrower place. Villages
    of unknown year are in no line: its key None counts them. `published` False leaves out what was published,
    which is known of the nation alone.
    """
    recorded = villages_by_cohort() if recorded is None else recorded
    targets = {target.year: target for target in CohortTarget.objects.all()} if published else {}
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


def cohort_target(year: int | None) -> CohortTarget | None:
    """What was published for a year; None when nothing is recorded."""
    return CohortTarget.objects.filter(year=year).first() if year is not None else None


def _by(day: date, rows: DesignationQuerySet) -> DesignationQuerySet:
    return rows.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gte=day),
        Q(cohort_year__isnull=True) | Q(cohort_year__lte=day.year),
        Q(designated_on__isnull=True) | Q(designated_on__lte=day),
    )


# --- pages -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class VillageLine:
    """One row of the village list: the village, its open designation or None, and how many officers serve."""

    village: Village
    designation: Designation | None
    officers: int


def village_line(row: Village | Designation) -> VillageLine:
    """The line of a row of `listed_outside` or `listed_designations`."""
    if isinstance(row, Village):
        return VillageLine(village=row, designation=None, officers=0)
    return VillageLine(village=row.village, designation=row, officers=getattr(row, "officers", 0))


OUTSIDE = "outside"  # the stage filter of villages that are not in the programme
UNKNOWN = "unknown"  # the cohort filter of villages whose year no source gives


def listed_designations(
    seat: Seat | None, *, on: date, text: str = "", district: str = "", cohort: str = "", stage: str = ""
) -> DesignationQuerySet:
    """Open designations the seat may see, each with `officers` serving on the day and `sort_name`.

    `text`: part of a name, with or without subdistrict or district, or of a code; a name one slip away is
    found too. `cohort`: a year, or `UNKNOWN`. `stage`: one stage; "" gives the villages that count as
    designated. Order by district, `sort_name`, village.
    """
    rows = visible_designations(seat).filter(ended_on__isnull=True)
    rows = rows.filter(stage=stage) if stage else rows.designated()
    if district:
        rows = rows.filter(district=district)
    if cohort:
        rows = rows.filter(cohort_year__isnull=True) if cohort == UNKNOWN else rows.filter(cohort_year=cohort)
    if text:
        meant = find_villages(text, Village.objects.filter(code__in=rows.values("village"))).villages
        rows = rows.annotate(**searched_keys("village__")).filter(
            search_villages(text) | Q(village__in=[village.code for village in meant])
        )
    named = with_officers(rows, on=on).annotate(sort_name=Lower("village__name"))
    listed: DesignationQuerySet = named.select_related("village__subdistrict", "village__district")
    return listed


def listed_outside(seat: Seat | None, *, text: str = "", district: str = "") -> QuerySet[Any]:
    """Villages in force that are not in the programme, found by code or by the beginning of their name; none
    above the district until something is asked for: the nation has 83,000. Each with `sort_name`."""
    rows = visible_villages(seat).filter(valid_to__isnull=True).annotate(sort_name=Lower("name"))
    narrowed = text or district or (seat is not None and seat.level in (Level.DISTRICT, Level.VILLAGE))
    if not narrowed:
        return rows.none()
    if district:
        rows = rows.filter(district=district)
    if text:
        match = find_villages(text, rows)
        begins = Q(village_key__startswith=place_key(text)) if place_key(text) else Q(pk__in=[])
        if text.replace(".", "").isdigit():
            begins = Q(code__startswith=text)
        rows = rows.annotate(village_key=letters_of(F("name"))).filter(
            begins | Q(code__in=[village.code for village in match.villages])
        )
    open_here = Designation.objects.filter(village=OuterRef("pk"), ended_on__isnull=True)
    return rows.filter(~Exists(open_here))


def programme_districts(seat: Seat | None) -> list[tuple[str, str]]:
    """Code and name of the districts that have villages in the programme; empty for a seat within one."""
    if seat is None or seat.level not in (Level.PROVINCE, Level.NATION):
        return []
    here = visible_designations(seat).filter(ended_on__isnull=True).values("district")
    return list(District.objects.filter(code__in=here).order_by("code").values_list("code", "name"))


def programme_villages(seat: Seat | None) -> QuerySet[Village]:
    """The villages of the programme within the seat's place, by name."""
    here = visible_designations(seat).filter(ended_on__isnull=True).values("village")
    return Village.objects.filter(code__in=here).order_by("name", "code")


@dataclass(frozen=True)
class Place:
    """One of the two places of a village: who serves there, and who comes next; None where nobody does."""

    slot: int
    now: OfficerAssignment | None
    following: OfficerAssignment | None


@dataclass(frozen=True)
class VillageRecord:
    """What the page of a village shows. `earlier`: designations that have ended, newest first."""

    designation: Designation | None
    steps: list[StageRecord]
    places: list[Place]
    past: list[OfficerAssignment]
    earlier: list[Designation]


def village_record(village: Village, *, on: date) -> VillageRecord:
    """The designation, its steps newest first, and the officers of a village, on a day. 3 queries."""
    designations = list(Designation.objects.filter(village=village).order_by("-ended_on"))
    held = next((row for row in designations if row.ended_on is None), None)
    steps = StageRecord.objects.filter(designation__village=village).select_related("recorded_by")
    officers = list(
        OfficerAssignment.objects.filter(village=village).select_related("user").order_by("starts_on", "slot")
    )
    places = [
        Place(
            slot=slot,
            now=next(
                (row for row in officers if row.slot == slot and row.starts_on <= on <= row.ends_on), None
            ),
            following=next((row for row in officers if row.slot == slot and row.starts_on > on), None),
        )
        for slot in (1, 2)
    ]
    return VillageRecord(
        designation=held,
        steps=list(steps.order_by("-recorded_at", "-id")),
        places=places,
        past=[row for row in reversed(officers) if row.ends_on < on],
        earlier=[row for row in designations if row.ended_on is not None],
    )


def people_free(seat: Seat, *, on: date, text: str = "") -> QuerySet[User]:
    """Active accounts in reach without a post on the day or later. `text`: part of the full or account
    name."""
    posts = OfficerAssignment.objects.filter(user=OuterRef("pk"), ends_on__gte=on)
    postings = Posting.objects.filter(user=OuterRef("pk")).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    )
    people = visible_candidates(seat).filter(~Exists(posts), ~Exists(postings), is_active=True)
    if text:
        people = people.filter(Q(full_name__icontains=text) | Q(username__icontains=text.lower()))
    return people
