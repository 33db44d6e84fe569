from datetime import date

import factory
from factory.django import DjangoModelFactory

from migrants.models import (
    ContractExtension,
    Document,
    FamilyPermit,
    JourneyMilestone,
    ProceduralAssessment,
    RedFlagCheck,
    Requirement,
    ReturnRecord,
)
from tests.factories.accounts import UserFactory
from tests.factories.migrants import MigrationFactory
from tests.factories.villages import DistrictFactory


class JourneyMilestoneFactory(DjangoModelFactory):
    class Meta:
        model = JourneyMilestone

    migration = factory.SubFactory(MigrationFactory)
    kind = "information"
    happened_on = date(2026, 11, 2)


class ContractExtensionFactory(DjangoModelFactory):
    class Meta:
        model = ContractExtension

    migration = factory.SubFactory(MigrationFactory)
    agreed_on = date(2026, 11, 2)
    ends_on = date(2028, 11, 2)


class RequirementFactory(DjangoModelFactory):
    class Meta:
        model = Requirement

    district = factory.SubFactory(DistrictFactory, code="33.25")
    paper = "Fotokopi akta kelahiran"
    source = "Surat Kepala Disnaker 560/12/2026"
    valid_from = date(2026, 1, 1)
    made_by = factory.SubFactory(UserFactory)


class RedFlagCheckFactory(DjangoModelFactory):
    class Meta:
        model = RedFlagCheck

    migration = factory.SubFactory(MigrationFactory)
    village = factory.SelfAttribute("migration.village")
    asked_on = date(2026, 11, 16)
    rule_version = 1
    answers = {"upfront_cash": "yes", "papers_held": "no"}
    hits = ["upfront_cash"]
    logged_by = factory.SubFactory(UserFactory)


class ProceduralAssessmentFactory(DjangoModelFactory):
    class Meta:
        model = ProceduralAssessment

    migration = factory.SubFactory(MigrationFactory)
    village = factory.SelfAttribute("migration.village")
    procedural = "procedural"
    facts = {"age": True, "agreement": True, "visa": True, "recorded": True}
    rule_version = 1
    assessed_by = factory.SubFactory(UserFactory)


class FamilyPermitFactory(DjangoModelFactory):
    class Meta:
        model = FamilyPermit

    migration = factory.SubFactory(MigrationFactory)
    village = factory.SelfAttribute("migration.village")
    year = 2026
    number = factory.Sequence(lambda n: n + 1)
    giver_name = "Slamet Riyadi"
    giver_relation = "spouse"
    given_on = date(2026, 11, 16)
    issued_by = factory.SubFactory(UserFactory)


class ReturnRecordFactory(DjangoModelFactory):
    class Meta:
        model = ReturnRecord

    migration = factory.SubFactory(MigrationFactory, status="returned", returned_on=date(2026, 6, 1))
    village = factory.SelfAttribute("migration.village")
    reason = "contract_end"
    needs = ["business"]
    plan = "stay"
    logged_by = factory.SubFactory(UserFactory)


class DocumentFactory(DjangoModelFactory):
    class Meta:
        model = Document

    migration = factory.SubFactory(MigrationFactory)
    village = factory.SelfAttribute("migration.village")
    kind = "health_cert"
    state = "in_hand"
