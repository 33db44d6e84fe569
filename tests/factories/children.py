from datetime import date

import factory
from factory.django import DjangoModelFactory

from pillars.models import (
    Attendance,
    CarerPresent,
    CarerSession,
    Child,
    ChildCare,
    ChildPhoto,
    ChildSession,
    Concern,
    Facilitator,
    GuardianConsent,
    HomeVisit,
    SchoolStatus,
)
from tests.factories.accounts import UserFactory
from tests.factories.pillars import LearningCentreFactory
from tests.factories.villages import VillageFactory


class FacilitatorFactory(DjangoModelFactory):
    class Meta:
        model = Facilitator

    centre = factory.SubFactory(LearningCentreFactory)
    village = factory.SelfAttribute("centre.village")
    name = factory.Sequence(lambda n: f"Fasilitator {n}")
    kind = "volunteer"
    began_on = date(2025, 6, 1)
    agreement_signed_on = date(2025, 6, 1)


class ChildFactory(DjangoModelFactory):
    """On the list with a carer, a school and a guardian's consent, as the action leaves it."""

    class Meta:
        model = Child
        skip_postgeneration_save = True

    centre = factory.SubFactory(LearningCentreFactory)
    village = factory.SelfAttribute("centre.village")
    pseudonym = factory.Sequence(lambda n: f"Bintang {chr(65 + n % 26)}")
    birth_year = 2015
    sex = "female"
    level = "primary"
    absent_parent = "mother"
    joined_on = date(2025, 6, 1)

    @factory.post_generation
    def story(self, create, _extracted, **_given):
        given = {"child": self, "village": self.village}
        ChildCare.objects.create(**given, carer_kind="grandparent", carer_name="Mbah", since=self.joined_on)
        SchoolStatus.objects.create(**given, status="attending", since=self.joined_on)
        GuardianConsent.objects.create(
            **given,
            guardian="grandparent",
            guardian_name="Mbah",
            manner="written",
            text_version="2026-1",
            given_on=self.joined_on,
        )


class ChildPhotoFactory(DjangoModelFactory):
    """A photo that the guardian allows."""

    class Meta:
        model = ChildPhoto
        skip_postgeneration_save = True

    child = factory.SubFactory(ChildFactory)
    kind = "jpeg"
    path = factory.Sequence(lambda n: f"child-photos/{n:032x}.sealed")
    size_bytes = 3
    added_by = factory.SubFactory(UserFactory)

    @factory.post_generation
    def consent(self, create, _extracted, **_given):
        self.child.consents.create(
            village=self.child.village,
            guardian="grandparent",
            guardian_name="Mbah",
            manner="written",
            text_version="2026-1",
            given_on=self.child.joined_on,
            photos=True,
        )


class ChildSessionFactory(DjangoModelFactory):
    class Meta:
        model = ChildSession

    centre = factory.SubFactory(LearningCentreFactory)
    village = factory.SelfAttribute("centre.village")
    held_on = date(2026, 11, 5)
    theme = "homework"


class AttendanceFactory(DjangoModelFactory):
    class Meta:
        model = Attendance

    session = factory.SubFactory(ChildSessionFactory)
    village = factory.SelfAttribute("session.village")
    child = factory.SubFactory(ChildFactory, centre=factory.SelfAttribute("..session.centre"))
    present = True


class SchoolStatusFactory(DjangoModelFactory):
    class Meta:
        model = SchoolStatus

    child = factory.SubFactory(ChildFactory)
    village = factory.SelfAttribute("child.village")
    status = "at_risk"
    before = "attending"
    since = date(2026, 11, 2)


class HomeVisitFactory(DjangoModelFactory):
    class Meta:
        model = HomeVisit

    child = factory.SubFactory(ChildFactory)
    village = factory.SelfAttribute("child.village")
    visited_on = date(2026, 11, 9)
    seen = "Anak sehat dan rumah rapi."


class ConcernFactory(DjangoModelFactory):
    class Meta:
        model = Concern

    child = factory.SubFactory(ChildFactory)
    village = factory.SelfAttribute("child.village")
    noted_on = date(2026, 11, 9)


class CarerSessionFactory(DjangoModelFactory):
    class Meta:
        model = CarerSession

    village = factory.SubFactory(VillageFactory)
    held_on = date(2026, 11, 6)
    place = "Balai desa"
    topic = "raising"


class CarerPresentFactory(DjangoModelFactory):
    class Meta:
        model = CarerPresent

    session = factory.SubFactory(CarerSessionFactory)
    village = factory.SelfAttribute("session.village")
    sex = "female"
