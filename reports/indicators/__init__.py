"""The indicator catalogue: every figure somebody may quote, and what it means.

Code, not rows: a definition changes by a commit that a test and docs/indicators.md show.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reports.indicators.aid import AID
from reports.indicators.business import BUSINESS
from reports.indicators.casework import CASEWORK
from reports.indicators.cooperatives import COOPERATIVES
from reports.indicators.groups import BUSINESS_GROUPS
from reports.indicators.parenting import PARENTING
from reports.indicators.pillar_roots import PILLARS
from reports.indicators.programme import PROGRAMME
from reports.indicators.service_centre import SERVICE_CENTRE
from reports.indicators.services import SERVICES
from reports.indicators.shape import UNKNOWN, Column, Indicator, Kind, Period, Span, Split
from reports.indicators.standing import STANDING
from reports.indicators.support import SUPPORT
from reports.indicators.training import TRAINING
from reports.indicators.work import WORK

GROUPS: tuple[tuple[str | Promise, tuple[Indicator, ...]], ...] = (
    (_("Programme"), PROGRAMME),
    (_("Migration service centre"), (*SERVICES, *STANDING, *SERVICE_CENTRE)),
    (_("Cases and referrals"), CASEWORK),
    (_("Other pillars"), PILLARS),
    (_("Books of cooperatives"), COOPERATIVES),
    (_("Productive business"), (*BUSINESS_GROUPS, *BUSINESS, *WORK)),
    (_("Community parenting"), PARENTING),
    (_("Productive business: what is done for it"), (*TRAINING, *AID, *SUPPORT)),
)
CATALOGUE: dict[str, Indicator] = {
    indicator.code: indicator for _heading, indicators in GROUPS for indicator in indicators
}

__all__ = ["CATALOGUE", "GROUPS", "UNKNOWN", "Column", "Indicator", "Kind", "Period", "Span", "Split"]
