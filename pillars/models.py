"""The first records of pillars 1 to 3: outreach sessions, business groups, learning centres."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from migrants.enums import Sex
from migrants.models import Person
from pillars.enums import MemberKind, OutreachTopic, Sector
from villages.models import Placed, PlacedQuerySet


class Logged(Placed):
    """Who wrote it down, when."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    logged_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True


class OutreachSession(Logged):
    """Sosialisasi: a public information session (pillar 1). Heads are counted, not named."""

    held_on = models.DateField(_("Date"))
    place = models.CharField(_("Place"), max_length=120)
    topic = models.CharField(_("Topic"), max_length=16, choices=OutreachTopic)
    women = models.PositiveIntegerField(_("Women present"))
    men = models.PositiveIntegerField(_("Men present"))
    speakers = models.CharField(_("Speakers"), max_length=200, blank=True)
    note = models.TextField(_("Note"), blank=True, max_length=4000)

    objects = PlacedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(women__lte=5000, men__lte=5000), name="pillars_outreach_heads_believable"
            ),
        ]
        indexes = [
            models.Index(fields=["village", "-held_on", "-id"], name="pillars_outreach_village"),
            models.Index(fields=["district", "-held_on"], name="pillars_outreach_district"),
            models.Index(fields=["held_on"], name="pillars_outreach_day"),
        ]


class BusinessGroup(Logged):
    """Kelompok usaha (pillar 2). `ended_on` None: still alive."""

    name = models.CharField(_("Name of the group"), max_length=120)
    sector = models.CharField(_("Sector"), max_length=12, choices=Sector)
    formed_on = models.DateField(_("Formed on"))
    chair = models.CharField(_("Chair"), max_length=120, blank=True)
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
        ]


class LearningCentre(Logged):
    """Rumah belajar (pillar 3). Children are only counted here; their names are not collected."""

    name = models.CharField(_("Name of the centre"), max_length=120)
    address = models.CharField(_("Address"), max_length=200)
    opened_on = models.DateField(_("Opened on"))
    opening_hours = models.CharField(_("Opening hours"), max_length=120, blank=True)
    facilitators = models.PositiveSmallIntegerField(_("Facilitators"), default=0)
    girls = models.PositiveSmallIntegerField(_("Girls served"), default=0)
    boys = models.PositiveSmallIntegerField(_("Boys served"), default=0)
    closed_on = models.DateField(_("Closed on"), null=True, blank=True)
    note = models.TextField(_("Note"), blank=True, max_length=4000)

    objects = PlacedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="pillars_centre_closes_after_opening",
            ),
        ]
        indexes = [
            models.Index(fields=["village", "-opened_on", "-id"], name="pillars_centre_village"),
            models.Index(fields=["district", "-opened_on"], name="pillars_centre_district"),
        ]

    def __str__(self) -> str:
        return self.name
