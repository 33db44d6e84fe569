"""Closed vocabularies of the pillars (domain.md 1.3, 4)."""

from pillars.enums.business import (
    BusinessStatus,
    MemberKind,
    Office,
    PermitKind,
    SalesChannel,
    Sector,
    WhyStopped,
)
from pillars.enums.outreach import OutreachTopic
from pillars.enums.pillar import Pillar
from pillars.enums.support import Condition, FundsSource, MarketKind, PartnerKind

__all__ = [
    "BusinessStatus",
    "Condition",
    "FundsSource",
    "MarketKind",
    "MemberKind",
    "Office",
    "OutreachTopic",
    "PartnerKind",
    "PermitKind",
    "Pillar",
    "SalesChannel",
    "Sector",
    "WhyStopped",
]
