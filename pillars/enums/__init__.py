"""Closed vocabularies of the pillars (domain.md 1.3, 4)."""

from pillars.enums.activity import ActivityKind
from pillars.enums.business import (
    BusinessStatus,
    MemberKind,
    Office,
    PermitKind,
    SalesChannel,
    Sector,
    WhyStopped,
)
from pillars.enums.duty import PLANNABLE, DutyKind, DutyReportStatus, Equipment, Internet, PlannedDuty
from pillars.enums.estimates import EstimateSource
from pillars.enums.logged import Mistake
from pillars.enums.notices import NoticeKind
from pillars.enums.outreach import OutreachTopic
from pillars.enums.parenting import (
    AbsentParent,
    CarerTopic,
    ChildTheme,
    ContactWay,
    FacilitatorKind,
    Guardian,
    LeavingReason,
    SchoolLevel,
    SchoolStanding,
)
from pillars.enums.pillar import Pillar
from pillars.enums.recruiters import Listing
from pillars.enums.support import Condition, FundsSource, MarketKind, PartnerKind

__all__ = [
    "PLANNABLE",
    "AbsentParent",
    "ActivityKind",
    "BusinessStatus",
    "CarerTopic",
    "ChildTheme",
    "Condition",
    "ContactWay",
    "DutyKind",
    "DutyReportStatus",
    "Equipment",
    "EstimateSource",
    "FacilitatorKind",
    "FundsSource",
    "Guardian",
    "Internet",
    "LeavingReason",
    "Listing",
    "MarketKind",
    "MemberKind",
    "Mistake",
    "NoticeKind",
    "Office",
    "OutreachTopic",
    "PartnerKind",
    "PermitKind",
    "Pillar",
    "PlannedDuty",
    "SalesChannel",
    "SchoolLevel",
    "SchoolStanding",
    "Sector",
    "WhyStopped",
]
