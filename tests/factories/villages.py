from datetime import UTC, date, datetime, timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.keys import new_key
from accounts.sealing import lookup_digest, seal_bytes
from tests.factories.accounts import UserFactory
from villages.access import seat_of
from villages.enums import HookEvent
from villages.models import (
    ApiToken,
    CohortTarget,
    Designation,
    District,
    MonthlyReturn,
    OfficerAssignment,
    Posting,
    Province,
    Subdistrict,
    Village,
    VillageCall,
    Webhook,
    WebhookDelivery,
)
from villages.token_access import TOKEN_PURPOSE


class ApiTokenFactory(DjangoModelFactory):
    """A token that holds for a month from now; nobody knows its key unless a test names its `secret`."""

    class Meta:
        model = ApiToken

    class Params:
        secret = factory.Sequence(lambda n: f"dmg_secret_{n}")

    owner = factory.SubFactory(UserFactory)
    name = "Lembar kerja"
    digest = factory.LazyAttribute(lambda o: lookup_digest(o.secret, purpose=TOKEN_PURPOSE))
    scopes = factory.List(["people:read"])
    role = factory.LazyAttribute(lambda o: seat_of(o.owner).role.value)
    place = factory.LazyAttribute(lambda o: seat_of(o.owner).place_code)
    made_at = factory.LazyFunction(timezone.now)
    expires_at = factory.LazyAttribute(lambda o: o.made_at + timedelta(days=30))


class WebhookFactory(DjangoModelFactory):
    """An address that hears of everything in its owner's place; signed with 32 zeros."""

    class Meta:
        model = Webhook

    id = factory.LazyFunction(new_key)
    owner = factory.SubFactory(UserFactory)
    address = "https://kantor.example/kait"
    events = factory.LazyFunction(lambda: [event.value for event in HookEvent])
    secret_sealed = factory.LazyAttribute(lambda o: seal_bytes(bytes(32), context=f"webhook:{o.id}"))
    role = factory.LazyAttribute(lambda o: seat_of(o.owner).role.value)
    place = factory.LazyAttribute(lambda o: seat_of(o.owner).place_code)
    made_at = factory.LazyFunction(timezone.now)


class WebhookDeliveryFactory(DjangoModelFactory):
    """A message that waits, and is due."""

    class Meta:
        model = WebhookDelivery

    webhook = factory.SubFactory(WebhookFactory)
    event = HookEvent.RETURN_ACCEPTED.value
    body = "{}"
    happened_at = factory.LazyFunction(timezone.now)
    due_at = factory.LazyFunction(timezone.now)


class ProvinceFactory(DjangoModelFactory):
    class Meta:
        model = Province
        django_get_or_create = ("code",)

    code = "33"
    name = factory.LazyAttribute(
        lambda o: {"32": "Jawa Barat", "33": "Jawa Tengah", "52": "Nusa Tenggara Barat"}.get(
            o.code, f"Provinsi {o.code}"
        )
    )


class DistrictFactory(DjangoModelFactory):
    class Meta:
        model = District
        django_get_or_create = ("code",)

    code = "33.25"
    name = factory.LazyAttribute(
        lambda o: {"33.25": "Kabupaten Batang", "32.12": "Kabupaten Indramayu"}.get(
            o.code, f"Kabupaten {o.code}"
        )
    )
    kind = "kabupaten"
    province = factory.LazyAttribute(lambda o: ProvinceFactory(code=o.code[:2]))


class SubdistrictFactory(DjangoModelFactory):
    class Meta:
        model = Subdistrict
        django_get_or_create = ("code",)

    code = "33.25.14"
    name = factory.LazyAttribute(
        lambda o: {"33.25.14": "Pecalungan", "32.12.16": "Sindang"}.get(o.code, f"Kecamatan {o.code}")
    )
    district = factory.LazyAttribute(lambda o: DistrictFactory(code=o.code[:5]))


class VillageFactory(DjangoModelFactory):
    class Meta:
        model = Village
        django_get_or_create = ("code",)

    code = "33.25.14.2004"
    name = factory.LazyAttribute(
        lambda o: {"33.25.14.2004": "Randu", "33.25.14.2002": "Bandung", "32.12.16.2004": "Kenanga"}.get(
            o.code, f"Desa {o.code}"
        )
    )
    kind = factory.LazyAttribute(lambda o: {"1": "kelurahan", "2": "desa", "3": "desa adat"}[o.code[9]])
    subdistrict = factory.LazyAttribute(lambda o: SubdistrictFactory(code=o.code[:8]))
    district = factory.LazyAttribute(lambda o: o.subdistrict.district)
    province = factory.LazyAttribute(lambda o: o.district.province)


class DesignationFactory(DjangoModelFactory):
    class Meta:
        model = Designation

    village = factory.SubFactory(VillageFactory)
    cohort_year = 2018
    stage = "facilitated"


class CohortTargetFactory(DjangoModelFactory):
    class Meta:
        model = CohortTarget
        django_get_or_create = ("year",)

    year = 2019
    published = 150
    source = "Contoh"


class OfficerAssignmentFactory(DjangoModelFactory):
    class Meta:
        model = OfficerAssignment

    user = factory.SubFactory(UserFactory)
    village = factory.SubFactory(VillageFactory)
    slot = 1
    starts_on = date(2024, 1, 1)
    ends_on = date(2027, 12, 31)


class PostingFactory(DjangoModelFactory):
    class Meta:
        model = Posting

    user = factory.SubFactory(UserFactory)
    role = "ministry_analyst"
    starts_on = date(2024, 1, 1)


class MonthlyReturnFactory(DjangoModelFactory):
    """Being written; `sent=True`: submitted in time with one count."""

    class Meta:
        model = MonthlyReturn

    class Params:
        sent = factory.Trait(
            status="submitted",
            words={"information": {"obstacles": "Sinyal lemah", "plans": "Sosialisasi"}},
            counts={"form": "2016-01-01", "figures": {"visits": [3, None]}},
            first_submitted_on=date(2026, 11, 3),
            submitted_at=datetime(2026, 11, 3, 3, tzinfo=UTC),
        )

    village = factory.SubFactory(VillageFactory)
    month = date(2026, 10, 1)
    due_on = date(2026, 11, 5)


class VillageCallFactory(DjangoModelFactory):
    class Meta:
        model = VillageCall

    village = factory.SubFactory(VillageFactory)
    called_on = date(2026, 11, 10)
    outcome = "reached"
    reason = "network"
    called_by = factory.SubFactory(UserFactory)
