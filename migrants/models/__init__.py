"""People, journeys, visits, cases, and the files they are brought in from."""

from migrants.models.assessments import ProceduralAssessment, RedFlagCheck
from migrants.models.attachments import Attachment
from migrants.models.cases import Case, CaseEvent, CaseHandler, Referral
from migrants.models.companies import PlacementCompany
from migrants.models.consents import Consent, RecordAnswer, RecordRequest
from migrants.models.corrections import Correction
from migrants.models.documents import Document, Requirement
from migrants.models.handovers import HandedItem, HandOver, Work
from migrants.models.imports import RegisterImport, RegisterRow, RememberedMapping
from migrants.models.journeys import Migration, MigrationStep
from migrants.models.merging import PersonMerge
from migrants.models.milestones import ContractExtension, JourneyMilestone
from migrants.models.people import Household, Person
from migrants.models.permits import FamilyPermit
from migrants.models.returns import ReturnRecord
from migrants.models.tasks import Task
from migrants.models.visits import ServiceVisit

__all__ = [
    "Attachment",
    "Case",
    "CaseEvent",
    "CaseHandler",
    "Consent",
    "ContractExtension",
    "Correction",
    "Document",
    "FamilyPermit",
    "HandOver",
    "HandedItem",
    "Household",
    "JourneyMilestone",
    "Migration",
    "MigrationStep",
    "Person",
    "PersonMerge",
    "PlacementCompany",
    "ProceduralAssessment",
    "RecordAnswer",
    "RecordRequest",
    "RedFlagCheck",
    "Referral",
    "RegisterImport",
    "RegisterRow",
    "RememberedMapping",
    "Requirement",
    "ReturnRecord",
    "ServiceVisit",
    "Task",
    "Work",
]
