"""The papers of members' meetings, and the jobs that make them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from cooperatives.models import FinanceBody
from reports.enums import IN_THE_MAKING, EditionStatus, Failure


class MeetingPack(models.Model):
    """The papers of a members' meeting as PDF, and the job that makes them.

    `pdf` lies sealed: it names members and their money. It comes from closed months alone, so making it again
    gives the same figures. `started_at` tells how long the worker has been at it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    body = models.ForeignKey(FinanceBody, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("Book year"))
    status = models.CharField(_("Status"), max_length=9, choices=EditionStatus, default=EditionStatus.QUEUED)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=10, blank=True)  # Failure
    pdf = models.BinaryField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size_bytes = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            # Asking twice gives the same job.
            models.UniqueConstraint(
                fields=["body", "year"],
                condition=Q(status__in=list(IN_THE_MAKING)),
                name="reports_pack_one_in_the_making",
            ),
            models.CheckConstraint(
                condition=~Q(status="done") | (Q(pdf__isnull=False) & ~Q(sha256="")),
                name="reports_pack_done_has_its_file",
            ),
            models.CheckConstraint(
                condition=~Q(status="failed") | ~Q(failure=""), name="reports_pack_failed_says_why"
            ),
        ]

    @property
    def is_in_the_making(self) -> bool:
        return self.status in IN_THE_MAKING

    @property
    def failure_sentence(self) -> str:
        return str(Failure(self.failure).label) if self.failure else ""

    @property
    def seal_context(self) -> str:
        """What the sealed file is bound to."""
        return f"pack.pdf:{self.pk}"
