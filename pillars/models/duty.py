"""Pillar 1: the service centre of a village, the week plan of its officers, and their duty record."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from pillars.enums import DutyKind, Equipment, Internet, PlannedDuty
from pillars.models.logged import Logged
from villages.models import PlacedQuerySet


class ServiceCentre(Logged):
    """Pusat Layanan Migrasi: where the officers of a village are found, and when. One a village."""

    place = models.CharField(_("Place"), max_length=120)
    address = models.CharField(_("Address"), max_length=200, blank=True)
    opening_hours = models.CharField(_("Opening hours"), max_length=120)
    phone = models.CharField(_("Phone"), max_length=20, blank=True)
    internet = models.CharField(_("Internet"), max_length=4, choices=Internet)
    opened_on = models.DateField(_("Opened on"), null=True, blank=True)

    objects = PlacedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["village"], name="pillars_service_centre_one_a_village")
        ]
        indexes = [models.Index(fields=["district"], name="pillars_service_district")]

    def __str__(self) -> str:
        return self.place


class CentreEquipment(models.Model):
    """So many things of a kind in a service centre, and how many of them can be used."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    centre = models.ForeignKey(ServiceCentre, on_delete=models.PROTECT, related_name="equipment")
    kind = models.CharField(max_length=10, choices=Equipment)
    total = models.PositiveSmallIntegerField()
    usable = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["centre", "kind"], name="pillars_equipment_once_a_centre"),
            models.CheckConstraint(
                condition=Q(total__gte=1, usable__lte=F("total")), name="pillars_equipment_usable_of_total"
            ),
        ]


class DutyPlan(Logged):
    """What an officer does on a weekday (0 Monday to 6 Sunday) in an ordinary week."""

    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    weekday = models.PositiveSmallIntegerField(choices=sorted(WEEKDAYS.items()))
    kind = models.CharField(max_length=5, choices=PlannedDuty)

    objects = PlacedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["village", "officer", "weekday"], name="pillars_plan_once_a_weekday"
            ),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="pillars_plan_is_a_weekday"),
        ]


class DutyDay(Logged):
    """What an officer did on a day, as the officer says. Half days are not told apart."""

    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    day = models.DateField(_("Date"))
    kind = models.CharField(_("Duty"), max_length=5, choices=DutyKind)
    from_log = models.BooleanField(default=False)  # proposed by visits or sessions of the day, and confirmed

    objects = PlacedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["officer", "day"], name="pillars_duty_once_a_day")]
        indexes = [
            models.Index(fields=["village", "day"], name="pillars_duty_village"),
            models.Index(fields=["district", "day"], name="pillars_duty_district"),
            models.Index(fields=["day"], name="pillars_duty_day"),
        ]
