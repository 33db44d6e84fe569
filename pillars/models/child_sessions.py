"""Sessions of the learning centres, with who was there; classes for carers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from migrants.enums import Sex
from migrants.models import Person
from migrants.models.sealed import SealedText
from pillars.enums import CarerTopic, ChildTheme
from pillars.models.logged import Withdrawable, withdrawn_together
from pillars.models.parenting import Facilitator, LearningCentre
from villages.models import Placed, PlacedQuerySet

if TYPE_CHECKING:
    from pillars.models.children import Child


class ChildSession(Withdrawable):
    """A session with the children of a centre. `roll`: who stood on the list that day, present or not."""

    centre = models.ForeignKey(LearningCentre, on_delete=models.PROTECT, related_name="sessions")
    held_on = models.DateField(_("Date"))
    theme = models.CharField(_("Theme"), max_length=12, choices=ChildTheme)
    led_by = models.ManyToManyField(Facilitator, through="SessionLeader", related_name="sessions")
    note_sealed = models.BinaryField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    note = SealedText("note_sealed", "child_session.note")

    class Meta:
        constraints = [withdrawn_together("pillars_childsession_withdrawn")]
        indexes = [
            models.Index(fields=["village", "-held_on", "-id"], name="pillars_childsession_village"),
            models.Index(fields=["centre", "-held_on", "-id"], name="pillars_childsession_centre"),
            models.Index(fields=["district", "-held_on"], name="pillars_childsession_district"),
        ]


class SessionLeader(models.Model):
    """A facilitator leads a session: of the same centre, in their time, with the agreement signed by then
    (trigger)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    session = models.ForeignKey(ChildSession, on_delete=models.CASCADE, related_name="leaders")
    facilitator = models.ForeignKey(Facilitator, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "facilitator"], name="pillars_leader_once_a_session"),
        ]


class Attendance(Placed):
    """A child on the roll of one session, present or not; both of one village (trigger)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    session = models.ForeignKey(ChildSession, on_delete=models.CASCADE, related_name="roll")
    child: models.ForeignKey[Child, Child] = models.ForeignKey(
        "Child", on_delete=models.PROTECT, related_name="attendances"
    )
    present = models.BooleanField()

    objects = PlacedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "child"], name="pillars_attendance_once_a_session"),
        ]


class CarerSession(Withdrawable):
    """A class for those who care for the children."""

    held_on = models.DateField(_("Date"))
    place = models.CharField(_("Place"), max_length=120)
    topic = models.CharField(_("Topic"), max_length=12, choices=CarerTopic)
    speakers = models.CharField(_("Speakers"), max_length=200, blank=True)
    note = models.TextField(_("Note"), blank=True, max_length=4000)

    class Meta:
        constraints = [withdrawn_together("pillars_carersession_withdrawn")]
        indexes = [
            models.Index(fields=["village", "-held_on", "-id"], name="pillars_carersession_village"),
            models.Index(fields=["district", "-held_on"], name="pillars_carersession_district"),
        ]


class CarerPresent(Placed):
    """One head at a class for carers; `person` when registered in the village, else counted only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    session = models.ForeignKey(CarerSession, on_delete=models.CASCADE, related_name="present")
    sex = models.CharField(_("Sex"), max_length=6, choices=Sex)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = PlacedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person"],
                condition=Q(person__isnull=False),
                name="pillars_carer_once_a_session",
            ),
        ]
