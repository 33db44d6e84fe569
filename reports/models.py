"""Editions of the yearly report: requested, made, frozen, downloaded."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7


class ReportEdition(models.Model):
    """One edition of one year's report. `content` is the frozen snapshot everything printed comes from;
    `digest` is its SHA-256. A later edition supersedes it and never changes it."""

    class Status(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Being made")
        DONE = "done", _("Published")
        FAILED = "failed", _("Failed")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    year = models.PositiveSmallIntegerField(_("Year"))
    number = models.PositiveSmallIntegerField(_("Edition"))
    status = models.CharField(_("Status"), max_length=8, choices=Status, default=Status.QUEUED)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    requested_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    heart_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    fence = models.PositiveIntegerField(default=0)
    step = models.PositiveSmallIntegerField(default=0)
    steps = models.PositiveSmallIntegerField(default=9)
    step_name = models.CharField(max_length=60, blank=True)
    failure = models.CharField(max_length=300, blank=True)
    data_as_of = models.DateTimeField(null=True, blank=True)
    content = models.JSONField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="reports_edition_number_once"),
            # Asking twice gives the same job.
            models.UniqueConstraint(
                fields=["year"],
                condition=Q(status__in=["queued", "running"]),
                name="reports_edition_one_in_the_making",
            ),
            models.CheckConstraint(
                condition=~Q(status="done")
                | (Q(content__isnull=False, data_as_of__isnull=False) & ~Q(digest="")),
                name="reports_edition_done_is_frozen",
            ),
            models.CheckConstraint(
                condition=~Q(status="failed") | ~Q(failure=""), name="reports_edition_failed_says_why"
            ),
        ]

    @property
    def reference(self) -> str:
        """What is printed on the cover: DMP-2019-01."""
        return f"DMP-{self.year}-{self.number:02d}"


class GeneratedFile(models.Model):
    """A file made from an edition, published atomically under MEDIA_ROOT with its own SHA-256."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    edition = models.ForeignKey(ReportEdition, on_delete=models.PROTECT, related_name="files")
    kind = models.CharField(max_length=4, choices=[("pdf", "PDF")])
    language = models.CharField(max_length=2, default="id")
    path = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveBigIntegerField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "kind", "language"], name="reports_file_one_a_kind"),
        ]
