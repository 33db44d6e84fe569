"""Children of the learning centres: an access tier of its own, for the officers of the village (domain.md
4.2, 5.2). The full name is never asked; what is told in free words lies sealed.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from migrants.enums import Carer, ConsentManner, Sex
from migrants.models import Case, Migration, Person
from migrants.models.sealed import SealedText
from pillars.enums import (
    AbsentParent,
    ContactWay,
    Guardian,
    LeavingReason,
    SchoolLevel,
    SchoolStanding,
)
from pillars.models.child_sessions import ChildSession
from pillars.models.logged import Logged
from pillars.models.parenting import Facilitator, LearningCentre
from villages.models import PlacedQuerySet

LONGEST_PSEUDONYM = 20


class Child(Logged):
    """One child of a centre. `migration`: the journey of the absent parent, None when it is not registered.

    `left_on` None: still on the list. What changes with time (carer, school, contact, consent) are records of
    their own; the latest is what holds.
    """

    centre = models.ForeignKey(LearningCentre, on_delete=models.PROTECT, related_name="children")
    pseudonym = models.CharField(_("Initials or pseudonym"), max_length=LONGEST_PSEUDONYM)
    birth_year = models.PositiveSmallIntegerField(_("Year of birth"))
    sex = models.CharField(_("Sex"), max_length=6, choices=Sex)
    level = models.CharField(_("School level"), max_length=8, choices=SchoolLevel)
    absent_parent = models.CharField(_("Which parent is away"), max_length=6, choices=AbsentParent)
    migration = models.ForeignKey(
        Migration, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    joined_on = models.DateField(_("On the list since"))
    left_on = models.DateField(_("Left on"), null=True, blank=True)
    left_reason = models.CharField(_("Reason"), max_length=18, choices=LeavingReason, blank=True)
    note_sealed = models.BinaryField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    note = SealedText("note_sealed", "child.note")
    objects = PlacedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(left_on__isnull=True, left_reason="")
                | (Q(left_on__gte=F("joined_on")) & ~Q(left_reason="")),
                name="pillars_child_leaves_after_joining_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(birth_year__gte=1990, birth_year__lte=2100), name="pillars_child_born_believably"
            ),
        ]
        indexes = [
            models.Index(fields=["village", "centre", "pseudonym"], name="pillars_child_village"),
            models.Index(fields=["district", "joined_on"], name="pillars_child_district"),
        ]

    @property
    def reference(self) -> str:
        """What the log and other lists call the child: it tells nothing outside the village's own pages."""
        return f"A-{str(self.pk)[-6:].upper()}"


class GuardianConsent(Logged):
    """A guardian lets the village keep the child's record, and take photos or not. Only a withdrawal is ever
    added to it (trigger)."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="consents")
    guardian = models.CharField(_("Who gave it"), max_length=12, choices=Guardian)
    guardian_name = models.CharField(_("Name of the guardian"), max_length=120)
    photos = models.BooleanField(_("Photos are allowed"), default=False)
    text_version = models.CharField(max_length=20)
    manner = models.CharField(_("How it was given"), max_length=8, choices=ConsentManner)
    witness = models.CharField(_("Witness"), max_length=120, blank=True)
    given_on = models.DateField(_("Given on"))
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = PlacedQuerySet.as_manager()

    class Meta:
        ordering = ["-given_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(manner="spoken") | ~Q(witness=""), name="pillars_guardian_spoken_has_a_witness"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by__isnull=True, withdrawn_at__isnull=True)
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False),
                name="pillars_guardian_withdrawn_by_and_at",
            ),
        ]


class ChildCare(Logged):
    """Who cares for a child from a day on: somebody registered, or a name."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="cares")
    carer_kind = models.CharField(_("Who cares for the child"), max_length=12, choices=Carer)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    carer_name = models.CharField(_("Name of the carer"), max_length=120, blank=True)
    since = models.DateField(_("Since"))

    objects = PlacedQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True) | Q(carer_name=""), name="pillars_care_person_or_name"
            ),
        ]

    @property
    def who(self) -> str:
        """The carer's name; "" when nobody was named."""
        return self.person.full_name if self.person else self.carer_name


class SchoolStatus(Logged):
    """How a child stands at school from a day on. `before`: the standing until then, "" for the first."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="school")
    status = models.CharField(_("School"), max_length=12, choices=SchoolStanding)
    before = models.CharField(max_length=12, choices=SchoolStanding, blank=True, editable=False)
    since = models.DateField(_("Since"))
    why_sealed = models.BinaryField(null=True, blank=True)

    why = SealedText("why_sealed", "school.why")
    objects = PlacedQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "-id"]
        indexes = [models.Index(fields=["district", "since"], name="pillars_school_district")]


class ParentContact(Logged):
    """The absent parent and the child heard of each other on a day."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="contacts")
    contacted_on = models.DateField(_("Date"))
    way = models.CharField(_("Way"), max_length=10, choices=ContactWay)

    objects = PlacedQuerySet.as_manager()

    class Meta:
        ordering = ["-contacted_on", "-id"]


class HomeVisit(Logged):
    """A visit to a child at home. `facilitator` None: the officer who wrote it down went."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="visits")
    visited_on = models.DateField(_("Date"))
    facilitator = models.ForeignKey(
        Facilitator, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    seen_sealed = models.BinaryField()
    next_step_sealed = models.BinaryField(null=True, blank=True)

    seen = SealedText("seen_sealed", "home_visit.seen")
    next_step = SealedText("next_step_sealed", "home_visit.next_step")
    objects = PlacedQuerySet.as_manager()

    class Meta:
        ordering = ["-visited_on", "-id"]
        indexes = [models.Index(fields=["district", "visited_on"], name="pillars_homevisit_district")]


class Concern(Logged):
    """Somebody suspects violence or neglect. An officer decides: a restricted case (`case`), or none, and
    why. Nothing of it is copied into the case, and nothing of the case into this."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="concerns")
    visit = models.OneToOneField(
        HomeVisit, null=True, blank=True, on_delete=models.PROTECT, related_name="concern"
    )
    session = models.ForeignKey(
        ChildSession, null=True, blank=True, on_delete=models.PROTECT, related_name="concerns"
    )
    noted_on = models.DateField(_("Date"))
    case = models.OneToOneField(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    why_none_sealed = models.BinaryField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    why_none = SealedText("why_none_sealed", "concern.why_none")
    objects = PlacedQuerySet.as_manager()

    class Meta:
        ordering = ["-noted_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    decided_at__isnull=True,
                    decided_by__isnull=True,
                    case__isnull=True,
                    why_none_sealed__isnull=True,
                )
                | Q(decided_at__isnull=False, decided_by__isnull=False, why_none_sealed__isnull=True)
                & Q(case__isnull=False)
                | Q(decided_at__isnull=False, decided_by__isnull=False, why_none_sealed__isnull=False)
                & Q(case__isnull=True),
                name="pillars_concern_decided_with_case_or_reason",
            ),
        ]
