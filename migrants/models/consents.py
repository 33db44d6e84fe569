"""A person's consent: for one purpose, to one receiver; and what one village asks another for."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from migrants.enums import ConsentManner, ConsentPurpose, RequestDecision
from migrants.models.people import Person
from villages.models import Placed, PlacedQuerySet, Village


class ConsentQuerySet(PlacedQuerySet):
    def active_on(self, day: date) -> Self:
        """Given by then, not withdrawn, not expired."""
        return self.filter(
            Q(expires_on__isnull=True) | Q(expires_on__gte=day), given_on__lte=day, withdrawn_at__isnull=True
        )


class Consent(Placed):
    """What was read out (`text_version`, migrants/data/consent_texts.csv), how it was given, and until when.

    Only a withdrawal is ever added to it (trigger). `receiver_village`: of a record shared with a village.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(_("Purpose"), max_length=16, choices=ConsentPurpose)
    receiver = models.CharField(_("Receiver"), max_length=120)
    receiver_village = models.ForeignKey(
        Village, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    text_version = models.CharField(_("Version of the text"), max_length=20)
    manner = models.CharField(_("How it was given"), max_length=8, choices=ConsentManner)
    witness = models.CharField(_("Witness"), max_length=120, blank=True)
    given_on = models.DateField(_("Given on"))
    expires_on = models.DateField(_("Valid until"), null=True, blank=True)
    logged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    logged_at = models.DateTimeField(auto_now_add=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gte=F("given_on")),
                name="migrants_consent_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(manner="spoken") | ~Q(witness=""), name="migrants_consent_spoken_has_a_witness"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by__isnull=True, withdrawn_at__isnull=True)
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False),
                name="migrants_consent_withdrawn_by_and_at",
            ),
        ]
        indexes = [models.Index(fields=["person", "-given_on"], name="migrants_consent_person")]

    def is_active_on(self, day: date) -> bool:
        """Whether it covers that day."""
        return (
            self.withdrawn_at is None
            and self.given_on <= day
            and (self.expires_on is None or self.expires_on >= day)
        )


class RecordRequest(Placed):
    """A village asks, by full NIK, for the record of somebody another village may know. Nothing here tells
    whether anybody does."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    nik_digest = models.BinaryField(max_length=16)
    nik_masked = models.CharField(max_length=16)
    reason = models.CharField(_("Reason"), max_length=300)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)

    objects = PlacedQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["nik_digest"], name="migrants_request_nik"),
            models.Index(fields=["village", "-asked_at", "-id"], name="migrants_request_village"),
        ]


class RecordAnswer(Placed):
    """What a village that knows the person decided. A shared record is seen while its consent holds."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    request = models.ForeignKey(RecordRequest, on_delete=models.PROTECT, related_name="answers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=8, choices=RequestDecision)
    consent = models.ForeignKey(
        Consent, null=True, blank=True, on_delete=models.PROTECT, related_name="answers"
    )
    reason = models.CharField(_("Reason"), max_length=300, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(auto_now_add=True)

    objects = PlacedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "village"], name="migrants_answer_once_a_village"),
            models.CheckConstraint(
                condition=Q(decision="shared", consent__isnull=False)
                | (Q(decision="declined", consent__isnull=True) & ~Q(reason="")),
                name="migrants_answer_has_its_ground",
            ),
        ]
