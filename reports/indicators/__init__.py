"""The indicator catalogue: every figure somebody may quote, and what it means.

Code, not rows: a definition changes by a commit that a test and docs/indicators.md show.
"""

from __future__ import annotations

from reports.indicators.casework import CASEWORK
from reports.indicators.pillar_roots import PILLARS
from reports.indicators.programme import PROGRAMME
from reports.indicators.services import SERVICES
from reports.indicators.shape import UNKNOWN, Column, Indicator, Kind, Period, Span, Split

CATALOGUE: dict[str, Indicator] = {
    indicator.code: indicator for indicator in (*PROGRAMME, *SERVICES, *CASEWORK, *PILLARS)
}

__all__ = ["CATALOGUE", "UNKNOWN", "Column", "Indicator", "Kind", "Period", "Span", "Split"]
