"""How far the programme reaches: provinces, districts and subdistricts, each counted once.

A district gets villages in several years, so the reach of single years cannot be added up (domain.md 1.8).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.roles import Level
from reports.access import Reader
from reports.figures import rows_behind
from reports.indicators import Period
from reports.places import Place
from villages.models import CohortTarget


@dataclass(frozen=True)
class Reached:
    """Places of one level with a village of the programme. `published` None: no source gives it."""

    label: str | Promise
    recorded: int
    published: int | None
    year: int | None  # of the source


def reach(place: Place, period: Period, targets: list[CohortTarget], *, seat: Reader) -> list[Reached]:
    """In how many places of each level below a village was ever designated up to the period: of the very
    records `villages_designated` counts. Published figures exist for the nation alone. One query."""
    rows = rows_behind("villages_designated", place, period, seat=seat)
    found = rows.order_by().aggregate(
        provinces=Count("province_id", distinct=True),
        districts=Count("district_id", distinct=True),
        subdistricts=Count("village__subdistrict_id", distinct=True),
    )
    known = [target for target in targets if target.districts_by_then is not None]
    last = known[-1] if known and not place.code else None
    levels = [
        (_("Provinces reached"), "provinces"),
        (_("Districts reached"), "districts"),
        (_("Subdistricts reached"), "subdistricts"),
    ]
    return [
        Reached(
            label,
            found[name],
            getattr(last, f"{name}_by_then") if last else None,
            last.year if last else None,
        )
        for label, name in levels[0 if place.level == Level.NATION else 1 :]
    ]
