from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from migrants.registers.words import company_key
from pillars.models import DutyDay, DutyReport, Notice, PlannedActivity, RecruiterSighting, ServiceCentre
from tests.factories.accounts import UserFactory
from tests.factories.villages import OfficerAssignmentFactory, VillageFactory


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


class DutyReportFactory(DjangoModelFactory):
    """Made, and waiting for the district; `signed=True`: countersigned."""

    class Meta:
        model = DutyReport

    class Params:
        signed = factory.Trait(
            status="countersigned",
            countersigned_at=datetime(2026, 11, 4, 3, tzinfo=UTC),
            countersigned_by=factory.SubFactory(UserFactory),
            stipend_rupiah=1_900_000,
        )

    assignment = factory.SubFactory(OfficerAssignmentFactory)
    officer = factory.SelfAttribute("assignment.user")
    village = factory.SelfAttribute("assignment.village")
    month = date(2026, 10, 1)
    made_at = datetime(2026, 11, 2, 3, tzinfo=UTC)
    counts = {
        "services": 14,
        "home_visits": 5,
        "sessions": 1,
        "tasks": 3,
        "days": {"desk": 12, "field": 6, "trip": 1, "leave": 0, "sick": 0},
    }


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
