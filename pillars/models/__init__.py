"""Records of pillars 1 to 3."""

from pillars.models.activity import PlannedActivity
from pillars.models.aid import EquipmentCheck, EquipmentGrant, EquipmentItem
from pillars.models.business import Business, BusinessPermit, BusinessStep, Turnover
from pillars.models.duty import CentreEquipment, DutyDay, DutyPlan, ServiceCentre
from pillars.models.groups import BusinessGroup, GroupMember
from pillars.models.logged import Logged
from pillars.models.outreach import (
    OutreachAttendee,
    OutreachPhoto,
    OutreachSession,
    SessionOfficer,
    SessionVisit,
)
from pillars.models.parenting import LearningCentre
from pillars.models.recruiters import RecruiterSighting
from pillars.models.support import Contribution, MarketingPartner, MentoringVisit
from pillars.models.training import Training, TrainingParticipant

__all__ = [
    "Business",
    "BusinessGroup",
    "BusinessPermit",
    "BusinessStep",
    "CentreEquipment",
    "Contribution",
    "DutyDay",
    "DutyPlan",
    "EquipmentCheck",
    "EquipmentGrant",
    "EquipmentItem",
    "GroupMember",
    "LearningCentre",
    "Logged",
    "MarketingPartner",
    "MentoringVisit",
    "OutreachAttendee",
    "OutreachPhoto",
    "OutreachSession",
    "PlannedActivity",
    "RecruiterSighting",
    "ServiceCentre",
    "SessionOfficer",
    "SessionVisit",
    "Training",
    "TrainingParticipant",
    "Turnover",
]
