import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.keys import new_key
from migrants.models import PlacementCompany, RegisterImport, RegisterRow
from tests.factories.villages import VillageFactory


class RegisterImportFactory(DjangoModelFactory):
    """A file of a village, laid aside unless the test says otherwise."""

    class Meta:
        model = RegisterImport

    class Params:
        of = factory.SubFactory(VillageFactory)

    village = factory.SelfAttribute("of")
    district = factory.SelfAttribute("of.district")
    province = factory.SelfAttribute("of.province")
    kind = "persons"
    file_name = "register.xlsx"
    digest = "0" * 64
    size_bytes = 2048
    path = "registers/not-there.sealed"
    plan = factory.LazyAttribute(
        lambda o: {"kind": o.kind, "mappings": {}, "contexts": {}, "skipped_sheets": []}
    )
    status = "cancelled"

    @classmethod
    def checked(cls, **kwargs):
        return cls(status="checked", checked_at=timezone.now(), sheet_names=["PMI"], **kwargs)


class RegisterRowFactory(DjangoModelFactory):
    class Meta:
        model = RegisterRow

    id = factory.LazyFunction(new_key)
    register = factory.SubFactory(RegisterImportFactory)
    number = factory.Sequence(lambda n: n + 1)
    sheet_row = factory.SelfAttribute("number")
    assessed = "review"
    outcome = factory.SelfAttribute("assessed")
    reasons = ["nik_missing"]


class PlacementCompanyFactory(DjangoModelFactory):
    class Meta:
        model = PlacementCompany

    name = factory.Sequence(lambda n: f"PT Contoh Migran {n}")
    name_key = factory.LazyAttribute(lambda o: o.name.removeprefix("PT ").replace(" ", "").lower())
    licence = factory.Sequence(lambda n: f"SIP3MI/{n:04d}")
