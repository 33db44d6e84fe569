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

__all__ = [
    "BusinessStatus",
    "MemberKind",
    "Office",
    "OutreachTopic",
    "PermitKind",
    "Pillar",
    "SalesChannel",
    "Sector",
    "WhyStopped",
]
