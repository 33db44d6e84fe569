"""The papers of a journey, and what a district asks for besides the law."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from migrants.models.journeys import Migration
from migrants.models.sealed import SealedText
from migrants.papers import BASE_AGE, DocumentKind, DocumentState
from migrants.vocabulary import destination_label, job_label
from villages.models import District, Placed, PlacedQuerySet

OLDEST_MINIMUM = 60


class RequirementQuerySet(models.QuerySet["Requirement"]):
    def in_force(self, day: date) -> RequirementQuerySet:
        """Those that hold on that day."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)


class Requirement(models.Model):
    """What a district asks for besides the law: a minimum age, or one more paper.

    `destination` and `job`: "" means all. Rows end, they are never changed: a journey of last year is judged
    by what held then.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="+")
    destination = models.CharField(_("Destination"), max_length=3, blank=True)
    job = models.CharField(_("Job"), max_length=8, blank=True)
    minimum_age = models.PositiveSmallIntegerField(_("Minimum age"), null=True, blank=True)
    paper = models.CharField(_("Paper"), max_length=120, blank=True)
    source = models.CharField(_("By which rule?"), max_length=200)
    valid_from = models.DateField(_("Valid from"))
    valid_to = models.DateField(_("Valid until"), null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = RequirementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(minimum_age__isnull=True) & ~Q(paper="")
                | Q(minimum_age__isnull=False, minimum_age__range=(BASE_AGE, OLDEST_MINIMUM), paper=""),
                name="migrants_requirement_age_or_paper",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="migrants_requirement_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["district", "valid_from"], name="migrants_requirement_district")]

    @property
    def destination_label(self) -> str:
        """The destination in the language of the page; "" for all."""
        return destination_label(self.destination)

    @property
    def job_label(self) -> str:
        """The work in the language of the page; "" for all."""
        return job_label(self.job)


class Document(Placed):
    """One paper of a journey: of a known kind, or one that `extra` asks for. Its number is sealed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    migration = models.ForeignKey(Migration, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(_("Paper"), max_length=20, choices=DocumentKind)
    extra = models.ForeignKey(
        Requirement, null=True, blank=True, on_delete=models.PROTECT, related_name="documents"
    )
    state = models.CharField(_("State"), max_length=12, choices=DocumentState, default=DocumentState.MISSING)
    number_sealed = models.BinaryField(null=True, blank=True)
    issued_on = models.DateField(_("Issued on"), null=True, blank=True)
    expires_on = models.DateField(_("Expires on"), null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    verified_at = models.DateTimeField(null=True, blank=True)
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    logged_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    number = SealedText("number_sealed", "document.number")
    objects = PlacedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["migration", "kind"],
                condition=Q(extra__isnull=True),
                name="migrants_document_one_a_kind",
            ),
            models.UniqueConstraint(
                fields=["migration", "extra"],
                condition=Q(extra__isnull=False),
                name="migrants_document_one_an_extra",
            ),
            models.CheckConstraint(
                condition=Q(kind="extra", extra__isnull=False) | (~Q(kind="extra") & Q(extra__isnull=True)),
                name="migrants_document_extra_is_named",
            ),
            models.CheckConstraint(
                condition=~Q(state=DocumentState.EXPIRED), name="migrants_document_expiry_is_derived"
            ),
            models.CheckConstraint(
                condition=Q(state="checked", verified_by__isnull=False, verified_at__isnull=False)
                | (~Q(state="checked") & Q(verified_by__isnull=True, verified_at__isnull=True)),
                name="migrants_document_checked_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["in_hand", "checked"])
                | Q(number_sealed__isnull=True, issued_on__isnull=True, expires_on__isnull=True),
                name="migrants_document_absent_says_nothing",
            ),
            models.CheckConstraint(
                condition=Q(issued_on__isnull=True)
                | Q(expires_on__isnull=True)
                | Q(expires_on__gte=F("issued_on")),
                name="migrants_document_expires_after_issue",
            ),
        ]
        indexes = [
            models.Index(
                fields=["expires_on"],
                name="migrants_document_expiry",
                condition=Q(expires_on__isnull=False),
            ),
        ]

    @property
    def number_masked(self) -> str:
        """The last two characters of the number; "" when none is known."""
        number = self.number
        return f"{'.' * 8}{number[-2:]}" if number else ""

    def state_on(self, day: date) -> DocumentState:
        """The state as it is on that day: a paper in hand whose expiry has passed is expired."""
        held = self.state in (DocumentState.IN_HAND, DocumentState.CHECKED)
        if held and self.expires_on is not None and self.expires_on < day:
            return DocumentState.EXPIRED
        return DocumentState(self.state)
