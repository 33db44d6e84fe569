from datetime import date

import factory
from factory.django import DjangoModelFactory

from cooperatives.models import BoardTerm, FinanceBody, Member
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
