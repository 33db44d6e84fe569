from datetime import date

import factory
from factory.django import DjangoModelFactory

from pillars.models import DutyDay, PlannedActivity, ServiceCentre
from tests.factories.accounts import UserFactory
from tests.factories.villages import VillageFactory


class ServiceCentreFactory(DjangoModelFactory):
    class Meta:
        model = ServiceCentre

    village = factory.SubFactory(VillageFactory)
    place = "Balai desa"
    opening_hours = "Senin sampai Jumat, 08.00 sampai 15.00"
    internet = "weak"


class DutyDayFactory(DjangoModelFactory):
    class Meta:
        model = DutyDay

    village = factory.SubFactory(VillageFactory)
    officer = factory.SubFactory(UserFactory)
    day = date(2026, 11, 5)
    kind = "desk"


class PlannedActivityFactory(DjangoModelFactory):
    class Meta:
        model = PlannedActivity

    village = factory.SubFactory(VillageFactory)
    what = factory.Sequence(lambda n: f"Kegiatan {n}")
    kind = "meeting"
    pillar = "service_center"
    planned_on = date(2026, 11, 24)
