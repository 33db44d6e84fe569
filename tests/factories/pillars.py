from datetime import date

import factory
from factory.django import DjangoModelFactory

from pillars.models import (
    AbroadEstimate,
    Business,
    BusinessGroup,
    BusinessPermit,
    Contribution,
    EquipmentCheck,
    EquipmentGrant,
    EquipmentItem,
    EquipmentPhoto,
    GroupMember,
    LearningCentre,
    MarketingPartner,
    MentoringVisit,
    OutreachAttendee,
    OutreachPhoto,
    OutreachSession,
    Training,
    TrainingParticipant,
    Turnover,
)
from tests.factories.accounts import UserFactory
from tests.factories.villages import VillageFactory


class OutreachSessionFactory(DjangoModelFactory):
    class Meta:
        model = OutreachSession

    village = factory.SubFactory(VillageFactory)
    held_on = date(2026, 11, 5)
    place = "Balai desa"
    topic = "safe_migration"
    women = 20
    men = 15


class OutreachAttendeeFactory(DjangoModelFactory):
    class Meta:
        model = OutreachAttendee

    session = factory.SubFactory(OutreachSessionFactory, by_list=True)
    name = factory.Sequence(lambda n: f"Warga {n}")
    sex = "female"


class OutreachPhotoFactory(DjangoModelFactory):
    class Meta:
        model = OutreachPhoto

    session = factory.SubFactory(OutreachSessionFactory)
    kind = "jpeg"
    path = factory.Sequence(lambda n: f"outreach-photos/{n:032x}.sealed")
    size_bytes = 3
    added_by = factory.SubFactory(UserFactory)


class BusinessGroupFactory(DjangoModelFactory):
    class Meta:
        model = BusinessGroup

    village = factory.SubFactory(VillageFactory)
    name = factory.Sequence(lambda n: f"Kelompok Melati {n}")
    sector = "food"
    formed_on = date(2025, 3, 1)


class GroupMemberFactory(DjangoModelFactory):
    class Meta:
        model = GroupMember

    group = factory.SubFactory(BusinessGroupFactory)
    name = factory.Sequence(lambda n: f"Anggota {n}")
    sex = "female"
    kind = "returned"
    joined_on = date(2025, 3, 1)


class LearningCentreFactory(DjangoModelFactory):
    class Meta:
        model = LearningCentre

    village = factory.SubFactory(VillageFactory)
    name = factory.Sequence(lambda n: f"Rumah Belajar {n}")
    address = "Dusun Krajan"
    opened_on = date(2025, 6, 1)


class TrainingFactory(DjangoModelFactory):
    class Meta:
        model = Training

    village = factory.SubFactory(VillageFactory)
    title = "Olahan singkong"
    organiser = "Dinas Perindustrian"
    first_on = date(2026, 3, 2)
    last_on = date(2026, 3, 4)
    hours = 18


class TrainingParticipantFactory(DjangoModelFactory):
    class Meta:
        model = TrainingParticipant

    training = factory.SubFactory(TrainingFactory)
    name = factory.Sequence(lambda n: f"Peserta {n}")
    sex = "female"


class BusinessFactory(DjangoModelFactory):
    class Meta:
        model = Business

    village = factory.SubFactory(VillageFactory)
    group = factory.SubFactory(BusinessGroupFactory, village=factory.SelfAttribute("..village"))
    name = factory.Sequence(lambda n: f"Keripik Melati {n}")
    sector = "food"
    product = "Keripik singkong"
    started_on = date(2025, 6, 1)


class BusinessPermitFactory(DjangoModelFactory):
    class Meta:
        model = BusinessPermit

    business = factory.SubFactory(BusinessFactory)
    kind = "pirt"
    number = factory.Sequence(lambda n: f"P-IRT 20{n:013d}")
    issued_on = date(2024, 1, 15)


class TurnoverFactory(DjangoModelFactory):
    class Meta:
        model = Turnover

    business = factory.SubFactory(BusinessFactory)
    first_day = date(2026, 10, 1)
    turnover = 2_000_000


class EquipmentGrantFactory(DjangoModelFactory):
    class Meta:
        model = EquipmentGrant

    village = factory.SubFactory(VillageFactory)
    group = factory.SubFactory(BusinessGroupFactory, village=factory.SelfAttribute("..village"))
    source = "apbn"
    year = 2026
    giver = "Kementerian Ketenagakerjaan"
    handed_on = date(2026, 4, 1)


class EquipmentItemFactory(DjangoModelFactory):
    class Meta:
        model = EquipmentItem

    grant = factory.SubFactory(EquipmentGrantFactory)
    name = factory.Sequence(lambda n: f"Mesin jahit {n}")
    quantity = 1
    unit_price = 2_500_000
    handed_on = date(2026, 4, 1)


class EquipmentPhotoFactory(DjangoModelFactory):
    class Meta:
        model = EquipmentPhoto

    item = factory.SubFactory(EquipmentItemFactory)
    kind = "jpeg"
    path = factory.Sequence(lambda n: f"equipment-photos/{n:032x}.sealed")
    size_bytes = 3
    added_by = factory.SubFactory(UserFactory)


class EquipmentCheckFactory(DjangoModelFactory):
    class Meta:
        model = EquipmentCheck

    item = factory.SubFactory(EquipmentItemFactory)
    checked_on = date(2026, 6, 1)
    quantity = factory.SelfAttribute("item.quantity")
    in_use = factory.SelfAttribute("quantity")


class MentoringVisitFactory(DjangoModelFactory):
    class Meta:
        model = MentoringVisit

    village = factory.SubFactory(VillageFactory)
    group = factory.SubFactory(BusinessGroupFactory, village=factory.SelfAttribute("..village"))
    visited_on = date(2026, 11, 3)
    mentor = "Bu Endang, Dinas Koperasi"
    topic = "Menghitung harga jual"


class MarketingPartnerFactory(DjangoModelFactory):
    class Meta:
        model = MarketingPartner

    village = factory.SubFactory(VillageFactory)
    group = factory.SubFactory(BusinessGroupFactory, village=factory.SelfAttribute("..village"))
    name = "Toko Oleh-oleh Batang"
    kind = "shop"
    channel = "market"
    since = date(2026, 5, 1)


class ContributionFactory(DjangoModelFactory):
    class Meta:
        model = Contribution

    village = factory.SubFactory(VillageFactory)
    partner_kind = "company"
    partner = "PT Contoh Sejahtera"
    what = "Etalase dan kemasan"
    given_on = date(2026, 11, 4)
    value = 5_000_000


class AbroadEstimateFactory(DjangoModelFactory):
    class Meta:
        model = AbroadEstimate

    village = factory.SubFactory(VillageFactory)
    estimated_on = date(2026, 10, 15)
    number = 10
    source = "neighbours"
