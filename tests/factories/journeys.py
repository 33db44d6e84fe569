from datetime import date

import factory
from factory.django import DjangoModelFactory

from migrants.models import ContractExtension, JourneyMilestone
from tests.factories.migrants import MigrationFactory


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
