"""One factory per model, without surprises: what a test does not name is the plainest value."""

from tests.factories.accounts import UserFactory
from tests.factories.cooperatives import FinanceBodyFactory, MemberFactory
from tests.factories.imports import PlacementCompanyFactory, RegisterImportFactory, RegisterRowFactory
from tests.factories.journeys import (
    ContractExtensionFactory,
    DocumentFactory,
    JourneyMilestoneFactory,
    ProceduralAssessmentFactory,
    RedFlagCheckFactory,
    RequirementFactory,
)
from tests.factories.migrants import (
    AttachmentFactory,
    CaseFactory,
    CaseHandlerFactory,
    ConsentFactory,
    CorrectionFactory,
    HandOverFactory,
    HouseholdFactory,
    MigrationFactory,
    PersonFactory,
    PersonMergeFactory,
    RecordRequestFactory,
    ReferralFactory,
    ServiceVisitFactory,
    TaskFactory,
)
from tests.factories.pillars import (
    BusinessGroupFactory,
    GroupMemberFactory,
    LearningCentreFactory,
    OutreachSessionFactory,
)
from tests.factories.reports import GeneratedFileFactory, ReportEditionFactory
from tests.factories.villages import (
    CohortTargetFactory,
    DesignationFactory,
    DistrictFactory,
    OfficerAssignmentFactory,
    PostingFactory,
    ProvinceFactory,
    SubdistrictFactory,
    VillageFactory,
)

__all__ = [
    "AttachmentFactory",
    "BusinessGroupFactory",
    "CaseFactory",
    "CaseHandlerFactory",
    "CohortTargetFactory",
    "ConsentFactory",
    "ContractExtensionFactory",
    "CorrectionFactory",
    "DesignationFactory",
    "DistrictFactory",
    "DocumentFactory",
    "FinanceBodyFactory",
    "GeneratedFileFactory",
    "GroupMemberFactory",
    "HandOverFactory",
    "HouseholdFactory",
    "JourneyMilestoneFactory",
    "LearningCentreFactory",
    "MemberFactory",
    "MigrationFactory",
    "OfficerAssignmentFactory",
    "OutreachSessionFactory",
    "PersonFactory",
    "PersonMergeFactory",
    "PlacementCompanyFactory",
    "PostingFactory",
    "ProceduralAssessmentFactory",
    "ProvinceFactory",
    "RecordRequestFactory",
    "RedFlagCheckFactory",
    "ReferralFactory",
    "RegisterImportFactory",
    "RegisterRowFactory",
    "ReportEditionFactory",
    "RequirementFactory",
    "ServiceVisitFactory",
    "SubdistrictFactory",
    "TaskFactory",
    "UserFactory",
    "VillageFactory",
]
