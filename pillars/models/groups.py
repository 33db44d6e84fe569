"""Pillar 2: business groups and their members."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from migrants.enums import Sex
from migrants.models import Person
from pillars.enums import MemberKind, Office, Sector
from pillars.models.logged import Logged
from villages.models import PlacedQuerySet


class BusinessGroup(Logged):
    """Kelompok usaha (pillar 2). `ended_on` None: still alive."""

    name = models.CharField(_("Name of the group"), max_length=120)
    sector = models.CharField(_("Sector"), max_length=12, choices=Sector)
    formed_on = models.DateField(_("Formed on"))
    decree_number = models.CharField(_("Decree number"), max_length=80, blank=True)
    ended_on = models.DateField(_("Ended on"), null=True, blank=True)
    note = models.TextField(_("Note"), blank=True, max_length=4000)

    objects = PlacedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("formed_on")),
                name="pillars_group_ends_after_start",
            ),
        ]
        indexes = [
            models.Index(fields=["village", "-formed_on", "-id"], name="pillars_group_village"),
            models.Index(fields=["district", "-formed_on"], name="pillars_group_district"),
        ]

    def __str__(self) -> str:
        return self.name


class GroupMember(models.Model):
    """A member of a business group; `person` when registered in the village."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    group = models.ForeignKey(BusinessGroup, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("Name"), max_length=120)
    sex = models.CharField(_("Sex"), max_length=6, choices=Sex)
    kind = models.CharField(_("Who"), max_length=10, choices=MemberKind)
    office = models.CharField(_("Office"), max_length=9, choices=Office, blank=True)
    joined_on = models.DateField(_("Joined on"))
    left_on = models.DateField(_("Left on"), null=True, blank=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("joined_on")),
                name="pillars_member_leaves_after_joining",
            ),
            models.UniqueConstraint(
                fields=["group", "person"],
                condition=Q(person__isnull=False, left_on__isnull=True),
                name="pillars_member_once_a_group",
            ),
            models.UniqueConstraint(
                fields=["group", "office"],
                condition=Q(left_on__isnull=True) & ~Q(office=""),
                name="pillars_member_one_an_office",
            ),
        ]
