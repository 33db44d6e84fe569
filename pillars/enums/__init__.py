"""Closed vocabularies of the pillars (domain.md 1.3, 4)."""

from pillars.enums.business import MemberKind, Sector
from pillars.enums.outreach import OutreachTopic
from pillars.enums.pillar import Pillar

__all__ = ["MemberKind", "OutreachTopic", "Pillar", "Sector"]
