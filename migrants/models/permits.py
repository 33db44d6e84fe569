"""The family permit known by the village head: the paper of art. 13 that the village makes itself."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from migrants.enums import Relation
from migrants.models.journeys import Migration
from villages.models import Placed, PlacedQuerySet

TOKEN_LETTERS = 22  # 128 random bits in base64url


def new_token() -> str:
    """What the square on the paper names: nobody can guess it, and it says nothing about anybody."""
    return secrets.token_urlsafe(16)


class FamilyPermit(Placed):
    """One permit, numbered per village and year without gaps. It is withdrawn with a reason, never
    deleted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    migration = models.ForeignKey(Migration, on_delete=models.PROTECT, related_name="permits")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    token = models.CharField(max_length=TOKEN_LETTERS, unique=True, default=new_token, editable=False)
    giver_name = models.CharField(_("Who gives the permit?"), max_length=120)
    giver_relation = models.CharField(_("Relation"), max_length=10, choices=Relation)
    given_on = models.DateField(_("Given on"))
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_reason = models.CharField(_("Reason"), max_length=200, blank=True)

    objects = PlacedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["village", "year", "number"], name="migrants_permit_one_a_number"
            ),
            models.CheckConstraint(
                condition=Q(("token__regex", r"^[A-Za-z0-9_-]{22}$")),
                name="migrants_permit_token_fits_an_address",
            ),
            models.UniqueConstraint(
                fields=["migration"],
                condition=Q(withdrawn_at__isnull=True),
                name="migrants_permit_one_a_journey",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason="")),
                name="migrants_permit_withdrawn_by_at_and_why",
            ),
        ]
        indexes = [models.Index(fields=["village", "-issued_at", "-id"], name="migrants_permit_village")]

    @property
    def reference(self) -> str:
        """How the paper is called: 004/IK/2026."""
        return f"{self.number:03d}/IK/{self.year}"

    @property
    def is_valid(self) -> bool:
        """Whether it was not withdrawn."""
        return self.withdrawn_at is None

    @property
    def initials(self) -> str:
        """The first letters of the person's name, at most three: "D. L."."""
        words = self.migration.person.full_name.split()[:3]
        return " ".join(f"{word[0].upper()}." for word in words)
