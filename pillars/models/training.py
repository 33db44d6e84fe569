"""Pillar 2: training, and who took part."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from migrants.enums import Sex
from migrants.models import Person
from pillars.models.groups import BusinessGroup
from pillars.models.logged import Logged
from villages.models import PlacedQuerySet

MOST_HOURS = 2000


class Training(Logged):
    """A course for the people of the village; `group` when it was given for one business group."""

    title = models.CharField(_("Title of the training"), max_length=120)
    organiser = models.CharField(_("Organiser"), max_length=120)
    first_on = models.DateField(_("First day"))
    last_on = models.DateField(_("Last day"))
    hours = models.PositiveSmallIntegerField(_("Hours"))
    place = models.CharField(_("Place"), max_length=120, blank=True)
    group = models.ForeignKey(
        BusinessGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="trainings"
    )
    note = models.TextField(_("Note"), blank=True, max_length=4000)

    objects = PlacedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")), name="pillars_training_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(hours__gte=1, hours__lte=MOST_HOURS), name="pillars_training_hours_believable"
            ),
        ]
        indexes = [
            models.Index(fields=["village", "-first_on", "-id"], name="pillars_training_village"),
            models.Index(fields=["district", "-first_on"], name="pillars_training_district"),
            models.Index(fields=["last_on"], name="pillars_training_last_day"),
        ]

    def __str__(self) -> str:
        return self.title


class TrainingParticipant(models.Model):
    """Who took part; `person` when registered in the village. Nobody stands in a training twice: not as a
    person, and of those who are not registered no name occurs twice."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    training = models.ForeignKey(Training, on_delete=models.PROTECT, related_name="participants")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("Name"), max_length=120)
    sex = models.CharField(_("Sex"), max_length=6, choices=Sex)
    has_certificate = models.BooleanField(_("Certificate"), default=False)
    certificate_number = models.CharField(_("Certificate number"), max_length=60, blank=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["training", "person"],
                condition=Q(person__isnull=False),
                name="pillars_participant_person_once",
            ),
            models.UniqueConstraint(
                F("training"),
                Lower("name"),
                condition=Q(person__isnull=True),
                name="pillars_participant_name_once",
            ),
            models.CheckConstraint(
                condition=Q(has_certificate=True) | Q(certificate_number=""),
                name="pillars_participant_number_of_a_certificate",
            ),
        ]

    def __str__(self) -> str:
        return self.name
