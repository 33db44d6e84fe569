"""Editions of the yearly report, and the jobs that make them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from reports.enums import IN_THE_MAKING, EditionStatus, Failure, MakingStep


class EditionQuerySet(models.QuerySet["ReportEdition"]):
    def in_the_making(self) -> EditionQuerySet:
        return self.filter(status__in=IN_THE_MAKING)

    def published(self) -> EditionQuerySet:
        return self.filter(status=EditionStatus.DONE)

    def lean(self) -> EditionQuerySet:
        """Without the frozen content, which is long and only the renderer reads."""
        return self.defer("content")

    def with_successor(self) -> EditionQuerySet:
        """Each row with `successor_number` and `successor_at` of the next published edition of its year."""
        later = (
            ReportEdition.objects.published()
            .filter(year=OuterRef("year"), number__gt=OuterRef("number"))
            .order_by("number")
        )
        return self.annotate(
            successor_number=Subquery(later.values("number")[:1]),
            successor_at=Subquery(later.values("finished_at")[:1]),
        )


class ReportEdition(models.Model):
    """One edition of one year's report, and the job that makes it.

    `content` is the frozen snapshot that everything printed comes from; `digest` is the SHA-256 of its
    figures. Once published, the database refuses to change either (trigger `reports_edition_stays`); a
    later edition supersedes it. `fence` grows with every start of the work: whoever holds an older one may
    no longer write. `heart_at` is the last sign of life of the worker, `announced_at` when the broker was
    last told of a waiting row.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    year = models.PositiveSmallIntegerField(_("Year"))
    number = models.PositiveSmallIntegerField(_("Edition"))
    status = models.CharField(_("Status"), max_length=8, choices=EditionStatus, default=EditionStatus.QUEUED)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    requested_at = models.DateTimeField(auto_now_add=True)
    announced_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    heart_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    fence = models.PositiveIntegerField(default=0)
    step = models.PositiveSmallIntegerField(null=True, blank=True)  # MakingStep
    failure = models.CharField(max_length=10, blank=True)  # Failure
    failure_details = models.JSONField(default=list, blank=True)
    data_as_of = models.DateTimeField(null=True, blank=True)
    content = models.JSONField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="reports_edition_number_once"),
            # Asking twice gives the same job.
            models.UniqueConstraint(
                fields=["year"],
                condition=Q(status__in=list(IN_THE_MAKING)),
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
    def is_in_the_making(self) -> bool:
        return self.status in IN_THE_MAKING

    @property
    def steps(self) -> int:
        return len(MakingStep)

    @property
    def step_label(self) -> str:
        return str(MakingStep(self.step).label) if self.step else ""

    @property
    def failure_sentence(self) -> str:
        return str(Failure(self.failure).label) if self.failure else ""

    @property
    def tag_kind(self) -> str:
        """How the status is drawn; superseded editions are plain."""
        if getattr(self, "successor_number", None):
            return ""
        return {EditionStatus.DONE: "done", EditionStatus.FAILED: "late"}.get(self.status, "now")  # type: ignore[call-overload, no-any-return]

    @property
    def successor_reference(self) -> str:
        """The edition that replaced this one, where `with_successor` was asked; else nothing."""
        number = getattr(self, "successor_number", None)
        return f"DMP-{self.year}-{number:02d}" if number else ""

    @property
    def digest_short(self) -> str:
        return f"{self.digest[:8]} … {self.digest[-8:]}" if self.digest else ""

    @property
    def reference(self) -> str:
        """What is printed on the cover: DMP-2019-01."""
        return f"DMP-{self.year}-{self.number:02d}"
