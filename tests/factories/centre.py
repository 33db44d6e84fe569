from datetime import date

import factory
from factory.django import DjangoModelFactory

from migrants.registers.words import company_key
from pillars.models import DutyDay, Notice, PlannedActivity, RecruiterSighting, ServiceCentre
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


class RecruiterSightingFactory(DjangoModelFactory):
    class Meta:
        model = RecruiterSighting

    village = factory.SubFactory(VillageFactory)
    seen_on = date(2026, 11, 6)
    where = "Pasar desa"
    company = "PT Contoh Jaya"
    company_key = factory.LazyAttribute(lambda row: company_key(row.company))
    field_officer = "Parjo"


class NoticeFactory(DjangoModelFactory):
    class Meta:
        model = Notice

    village = factory.SubFactory(VillageFactory)
    kind = "warning"
    title = "Tawaran kerja tanpa kontrak"
    words = "Ada yang menawarkan kerja tanpa kontrak dan meminta uang."
    source = "Laporan warga"
    valid_from = date(2026, 11, 6)
    made_by = factory.SubFactory(UserFactory)
