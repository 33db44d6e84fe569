"""Records of pillars 1 to 3."""

from pillars.models.activity import PlannedActivity
from pillars.models.aid import EquipmentCheck, EquipmentGrant, EquipmentItem, EquipmentPhoto
from pillars.models.business import Business, BusinessPermit, BusinessStep, Turnover
from pillars.models.child_photos import ChildPhoto
from pillars.models.child_sessions import (
    Attendance,
    CarerPresent,
    CarerSession,
    ChildSession,
    SessionLeader,
)
from pillars.models.children import (
    Child,
    ChildCare,
    Concern,
    GuardianConsent,
    HomeVisit,
    ParentContact,
    SchoolStatus,
)
from pillars.models.duty import CentreEquipment, DutyDay, DutyPlan, ServiceCentre
from pillars.models.duty_reports import DutyReport
from pillars.models.estimates import AbroadEstimate
from pillars.models.groups import BusinessGroup, GroupMember
from pillars.models.logged import Logged
from pillars.models.notices import Notice
from pillars.models.outreach import (
    OutreachAttendee,
    OutreachPhoto,
    OutreachSession,
    SessionOfficer,
    SessionVisit,
)
from pillars.models.parenting import Facilitator, LearningCentre
from pillars.models.recruiters import RecruiterSighting
from pillars.models.support import Contribution, MarketingPartner, MentoringVisit
from pillars.models.training import Training, TrainingParticipant

__all__ = [
    "AbroadEstimate",
    "Attendance",
    "Business",
    "BusinessGroup",
    "BusinessPermit",
    "BusinessStep",
    "CarerPresent",
    "CarerSession",
    "CentreEquipment",
    "Child",
    "ChildCare",
    "ChildPhoto",
    "ChildSession",
    "Concern",
    "Contribution",
    "DutyDay",
    "DutyPlan",
    "DutyReport",
    "EquipmentCheck",
    "EquipmentGrant",
    "EquipmentItem",
    "EquipmentPhoto",
    "Facilitator",
    "GroupMember",
    "GuardianConsent",
    "HomeVisit",
    "LearningCentre",
    "Logged",
    "MarketingPartner",
    "MentoringVisit",
    "Notice",
    "OutreachAttendee",
    "OutreachPhoto",
    "OutreachSession",
    "ParentContact",
    "PlannedActivity",
    "RecruiterSighting",
    "SchoolStatus",
    "ServiceCentre",
    "SessionLeader",
    "SessionOfficer",
    "SessionVisit",
    "Training",
    "TrainingParticipant",
    "Turnover",
]
