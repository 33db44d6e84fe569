"""The indicator catalogue: every figure somebody may quote, and what it means.

Code, not rows: a definition changes by a commit that a test and docs/indicators.md show.
"""

from __future__ import annotations

from dataclasses import replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reports.indicators.aid import AID
from reports.indicators.business import BUSINESS
from reports.indicators.casework import CASEWORK
from reports.indicators.cooperatives import COOPERATIVES
from reports.indicators.goals import PURPOSES, Goal
from reports.indicators.groups import BUSINESS_GROUPS
from reports.indicators.parenting import PARENTING
from reports.indicators.pillar_health import PILLAR_HEALTH
from reports.indicators.pillar_roots import PILLARS
from reports.indicators.programme import PROGRAMME
from reports.indicators.returns import RETURNS
from reports.indicators.service_centre import SERVICE_CENTRE
from reports.indicators.services import SERVICES
from reports.indicators.shape import UNKNOWN, Column, Indicator, Kind, Period, Span, Split
from reports.indicators.standing import STANDING
from reports.indicators.support import SUPPORT
from reports.indicators.training import TRAINING
from reports.indicators.words import by_district, by_month
from reports.indicators.work import WORK


def _complete(indicator: Indicator) -> Indicator:
    """The entry with what follows from the others: its purpose, and the dimensions that every figure has. A
    flow is broken down by month; all by district, but a figure with small cells is not: it hides by place."""
    pillar, goals = PURPOSES[indicator.code]
    months = (by_month(indicator.day_path),) if indicator.day_path else ()
    districts = () if indicator.small_cells else (by_district(indicator.place_path),)
    splits = (*indicator.splits, *months, *districts)
    return replace(indicator, splits=splits, pillar=pillar, goals=goals)


_ENTRIES: tuple[tuple[str | Promise, tuple[Indicator, ...]], ...] = (
    (_("Programme"), (*PROGRAMME, *RETURNS)),
    (_("Pillars at work"), PILLAR_HEALTH),
    (_("Migration service centre"), (*SERVICES, *STANDING, *SERVICE_CENTRE)),
    (_("Cases and referrals"), CASEWORK),
    (_("Other pillars"), PILLARS),
    (_("Books of cooperatives"), COOPERATIVES),
    (_("Productive business"), (*BUSINESS_GROUPS, *BUSINESS, *WORK)),
    (_("Community parenting"), PARENTING),
    (_("Productive business: what is done for it"), (*TRAINING, *AID, *SUPPORT)),
)
GROUPS = tuple((heading, tuple(_complete(entry) for entry in entries)) for heading, entries in _ENTRIES)
CATALOGUE: dict[str, Indicator] = {
    indicator.code: indicator for _heading, indicators in GROUPS for indicator in indicators
}

__all__ = ["CATALOGUE", "GROUPS", "UNKNOWN", "Column", "Goal", "Indicator", "Kind", "Period", "Span", "Split"]
