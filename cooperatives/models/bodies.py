"""The first records of pillar 4: the body and its member register."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from cooperatives.enums import BodyKind, CooperativeLine, MemberKind
from migrants.enums import Sex
from migrants.models import Person
from villages.models import Placed, PlacedQuerySet

FOUNDERS_NEEDED = 9  # primary cooperative, since the Job Creation law (domain.md 4.3 [L]); 20 before


class FinanceBody(Placed):
    """Cooperative, pre-cooperative, BUMDes or other. `ended_on` None: still running."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(_("Kind"), max_length=16, choices=BodyKind)
    name = models.CharField(_("Name of the body"), max_length=120)
    founded_on = models.DateField(_("Founded on"))
    legal_number = models.CharField(_("Legal entity number (AHU)"), max_length=60, blank=True)
    cooperative_number = models.CharField(_("National cooperative number"), max_length=30, blank=True)
    line = models.CharField(_("Kind of cooperative"), max_length=14, choices=CooperativeLine, blank=True)
    deed_number = models.CharField(_("Number of the deed"), max_length=60, blank=True)
    deed_on = models.DateField(_("Date of the deed"), null=True, blank=True)
    notary = models.CharField(_("Notary"), max_length=120, blank=True)
    legal_on = models.DateField(_("Approved as legal body on"), null=True, blank=True)
    affiliated_to = models.CharField(_("Belongs to"), max_length=120, blank=True)
    ended_on = models.DateField(_("Ended on"), null=True, blank=True)
    books_opened_on = models.DateField(_("Books opened on"), null=True, blank=True)  # None: keeps none here
    note = models.TextField(_("Note"), blank=True, max_length=4000)
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    logged_at = models.DateTimeField(auto_now_add=True)

    objects = PlacedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("founded_on")),
                name="cooperatives_body_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(books_opened_on__isnull=True) | Q(books_opened_on__gte=F("founded_on")),
                name="cooperatives_books_open_after_start",
            ),
            models.CheckConstraint(
                condition=Q(legal_on__isnull=True) | ~Q(legal_number=""),
                name="cooperatives_body_approved_under_a_number",
            ),
        ]
        indexes = [
            models.Index(fields=["village", "-founded_on", "-id"], name="cooperatives_body_village"),
            models.Index(fields=["district", "-founded_on"], name="cooperatives_body_district"),
        ]

    def __str__(self) -> str:
        return self.name


class Member(models.Model):
    """One line of the member register. Numbers run per body and are never given twice."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    body = models.ForeignKey(FinanceBody, on_delete=models.PROTECT, related_name="members")
    number = models.PositiveIntegerField(_("Member number"))
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("Name"), max_length=120)
    sex = models.CharField(_("Sex"), max_length=6, choices=Sex)
    kind = models.CharField(_("Who"), max_length=10, choices=MemberKind)
    joined_on = models.DateField(_("Joined on"))
    left_on = models.DateField(_("Left on"), null=True, blank=True)
    left_reason = models.CharField(_("Reason"), max_length=200, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["body", "number"], name="cooperatives_member_number_once"),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("joined_on")),
                name="cooperatives_member_leaves_after_joining",
            ),
            models.UniqueConstraint(
                fields=["body", "person"],
                condition=Q(person__isnull=False, left_on__isnull=True),
                name="cooperatives_member_once_a_body",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"
