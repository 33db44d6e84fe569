from datetime import date

import factory
from factory.django import DjangoModelFactory

from cooperatives.models import AnnualMeeting, BoardTerm, FinanceBody, Member, SurplusShare, SurplusSharing
from tests.factories.villages import VillageFactory


class FinanceBodyFactory(DjangoModelFactory):
    class Meta:
        model = FinanceBody

    village = factory.SubFactory(VillageFactory)
    kind = "cooperative"
    name = factory.Sequence(lambda n: f"Koperasi Mandiri {n}")
    founded_on = date(2025, 1, 15)


class MemberFactory(DjangoModelFactory):
    class Meta:
        model = Member

    body = factory.SubFactory(FinanceBodyFactory)
    number = factory.Sequence(lambda n: n + 1)
    name = factory.Sequence(lambda n: f"Anggota {n}")
    sex = "female"
    kind = "returned"
    joined_on = date(2025, 2, 1)


class BoardTermFactory(DjangoModelFactory):
    class Meta:
        model = BoardTerm

    body = factory.SubFactory(FinanceBodyFactory)
    office = "chair"
    name = factory.Sequence(lambda n: f"Pengurus {n}")
    starts_on = date(2025, 1, 15)
    ends_on = date(2029, 12, 31)


class AnnualMeetingFactory(DjangoModelFactory):
    class Meta:
        model = AnnualMeeting

    body = factory.SubFactory(FinanceBodyFactory)
    year = 2025
    held_on = date(2026, 3, 15)
    entitled = 10
    attended = 8
    agenda = "Laporan pengurus"
    decisions = "1. Laporan diterima."
    approved = True
    percentages = factory.LazyFunction(lambda: {"reserve": 4000, "capital": 2500, "use": 3500})


class SurplusSharingFactory(DjangoModelFactory):
    class Meta:
        model = SurplusSharing

    meeting = factory.SubFactory(AnnualMeetingFactory)
    body = factory.SelfAttribute("meeting.body")
    year = factory.SelfAttribute("meeting.year")
    percentages = factory.SelfAttribute("meeting.percentages")
    surplus_rupiah = 100
    parts = factory.LazyFunction(lambda: {"reserve": 75, "capital": 25})


class SurplusShareFactory(DjangoModelFactory):
    class Meta:
        model = SurplusShare

    sharing = factory.SubFactory(SurplusSharingFactory)
    capital_rupiah = 100_000
    use_rupiah = 0
    rupiah = 25
