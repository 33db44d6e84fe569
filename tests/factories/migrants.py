from datetime import date

import factory
from factory.django import DjangoModelFactory

from migrants.models import (
    Attachment,
    Case,
    CaseHandler,
    Consent,
    Correction,
    HandOver,
    Household,
    Migration,
    Person,
    PersonMerge,
    RecordRequest,
    Referral,
    ServiceVisit,
    Task,
)
from tests.factories.accounts import UserFactory
from tests.factories.villages import VillageFactory


class HouseholdFactory(DjangoModelFactory):
    class Meta:
        model = Household

    village = factory.SubFactory(VillageFactory)
    hamlet = "Krajan"


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = Person

    village = factory.SubFactory(VillageFactory)
    full_name = factory.Sequence(lambda n: f"Warga Contoh {n}")
    sex = "female"
    birth_date = date(1990, 1, 25)


class ConsentFactory(DjangoModelFactory):
    class Meta:
        model = Consent

    person = factory.SubFactory(PersonFactory)
    village = factory.SelfAttribute("person.village")
    purpose = "assistance"
    receiver = "Yayasan Contoh"
    text_version = "2026-1"
    manner = "written"
    given_on = date(2026, 11, 2)
    logged_by = factory.SubFactory(UserFactory)


class RecordRequestFactory(DjangoModelFactory):
    class Meta:
        model = RecordRequest

    village = factory.SubFactory(VillageFactory)
    nik_digest = b"0" * 16
    nik_masked = "990101........77"
    reason = "Pindah ke desa kami."
    asked_by = factory.SubFactory(UserFactory)


class PersonMergeFactory(DjangoModelFactory):
    """A merge as the action leaves it; nothing followed."""

    class Meta:
        model = PersonMerge
        skip_postgeneration_save = True

    kept = factory.SubFactory(PersonFactory)
    merged = factory.SubFactory(PersonFactory)
    village = factory.SelfAttribute("kept.village")
    reason = "Dicocokkan dengan KTP."
    standing_before = standing_after = "resident"
    merged_by = factory.SubFactory(UserFactory)

    @factory.post_generation
    def lead(self, create, extracted, **kwargs):
        type(self.merged).objects.filter(pk=self.merged_id).update(merged_into=self.kept_id)


class MigrationFactory(DjangoModelFactory):
    class Meta:
        model = Migration

    person = factory.SubFactory(PersonFactory)
    village = factory.SelfAttribute("person.village")
    registered_on = date(2026, 11, 2)
    destination = "TWN"
    job = "CARE"


class ServiceVisitFactory(DjangoModelFactory):
    class Meta:
        model = ServiceVisit

    village = factory.SubFactory(VillageFactory)
    visited_on = date(2026, 11, 20)
    topic = "information"
    channel = "walk_in"
    outcome = "done"


class CaseFactory(DjangoModelFactory):
    class Meta:
        model = Case

    village = factory.SubFactory(VillageFactory)
    number = factory.Sequence(lambda n: f"KS-2611-T{n:04d}")
    type = "unpaid_wage"
    severity = "high"
    reporter = "spouse"
    reported_on = date(2026, 11, 10)
    last_action_on = date(2026, 11, 10)
    narrative = "Gaji tiga bulan belum dibayar."
    restricted = factory.LazyAttribute(
        lambda o: o.type in {"sexual_violence", "trafficking_suspected", "child_neglect"}
    )


class CaseHandlerFactory(DjangoModelFactory):
    class Meta:
        model = CaseHandler

    case = factory.SubFactory(CaseFactory)
    user = factory.SubFactory(UserFactory)


class ReferralFactory(DjangoModelFactory):
    class Meta:
        model = Referral

    case = factory.SubFactory(CaseFactory)
    village = factory.SelfAttribute("case.village")
    body = "disnaker"
    request = "Mohon bantuan menghubungi agensi."
    sent_on = date(2026, 11, 12)


class AttachmentFactory(DjangoModelFactory):
    class Meta:
        model = Attachment

    case = factory.SubFactory(CaseFactory)
    kind = "jpeg"
    path = factory.Sequence(lambda n: f"attachments/{n:032x}.sealed")
    size_bytes = 1000
    added_by = factory.SubFactory(UserFactory)


class CorrectionFactory(DjangoModelFactory):
    class Meta:
        model = Correction

    case = factory.SubFactory(
        CaseFactory, status="closed", closed_on=date(2026, 11, 20), close_reason="solved", result="Selesai."
    )
    field = "country"
    new = "TWN"
    reason = "Salah pilih negara."
    asked_by = factory.SubFactory(UserFactory)


class TaskFactory(DjangoModelFactory):
    class Meta:
        model = Task

    village = factory.SubFactory(VillageFactory)
    text = "Telepon keluarga dan tanyakan kabar."
    due_on = date(2026, 11, 23)
    made_by = factory.SubFactory(UserFactory)


class HandOverFactory(DjangoModelFactory):
    class Meta:
        model = HandOver

    village = factory.SelfAttribute("assignment.village")
    giver = factory.SelfAttribute("assignment.user")
    receiver = factory.SubFactory(UserFactory)
    made_by = factory.SelfAttribute("giver")
    handed_on = date(2026, 11, 22)
    counted = factory.LazyFunction(lambda: {"case": 1})
