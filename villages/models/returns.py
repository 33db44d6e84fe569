"""The monthly return of a village, every step it took, and the calls to villages that send none."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from periods.month import Month
from villages.enums import CallOutcome, ReturnStatus, SilenceReason
from villages.models.placed import Placed, PlacedQuerySet


class MonthlyReturnQuerySet(PlacedQuerySet):
    """How far returns have come."""

    def waiting(self) -> MonthlyReturnQuerySet:
        """Submitted, and not answered by the district yet."""
        return self.filter(status=ReturnStatus.SUBMITTED)


class MonthlyReturn(Placed):
    """What a village reports of a month: counts made by the system, obstacles and plans by its officers.

    `words`: section code -> {"obstacles": text, "plans": text}. `counts`: what the figure catalogue said at
    the last submission, frozen; None before the first. `first_submitted_on` decides whether it came in time
    and never moves. PostgreSQL refuses to change an accepted return (migrations, `villages_return_stays`).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    month = models.DateField(_("Month"))  # its first day
    status = models.CharField(_("Status"), max_length=9, choices=ReturnStatus, default=ReturnStatus.DRAFT)
    due_on = models.DateField(_("Last day"))
    words = models.JSONField(default=dict)
    counts = models.JSONField(null=True)
    version = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField(auto_now_add=True)
    first_submitted_on = models.DateField(null=True)
    submitted_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)

    objects = MonthlyReturnQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["village", "month"], name="villages_return_once_a_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="villages_return_names_a_month"),
            models.CheckConstraint(
                condition=Q(
                    status="draft",
                    counts__isnull=True,
                    first_submitted_on__isnull=True,
                    submitted_at__isnull=True,
                )
                | (
                    ~Q(status="draft")
                    & Q(counts__isnull=False, first_submitted_on__isnull=False, submitted_at__isnull=False)
                ),
                name="villages_return_submitted_with_counts",
            ),
            models.CheckConstraint(
                condition=Q(checked_at__isnull=True) | Q(status__in=["submitted", "accepted"]),
                name="villages_return_checked_after_submission",
            ),
        ]
        indexes = [
            models.Index(fields=["district", "-month"], name="villages_return_district"),
            models.Index(
                fields=["district", "submitted_at", "id"],
                name="villages_return_waiting",
                condition=Q(status="submitted"),
            ),
            models.Index(fields=["month"], name="villages_return_month"),
        ]

    def __str__(self) -> str:
        return self.period.label

    @property
    def period(self) -> Month:
        return Month.current(self.month)

    @property
    def is_open(self) -> bool:
        """Whether the officers write it still: its counts are those of the moment."""
        return self.status in (ReturnStatus.DRAFT, ReturnStatus.RETURNED)


class ReturnStep(models.Model):
    """One step of a return, never changed. Its key came with the form, so a second delivery finds it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    monthly_return = models.ForeignKey(MonthlyReturn, on_delete=models.PROTECT, related_name="steps")
    way = models.CharField(max_length=9)
    from_status = models.CharField(max_length=9, choices=ReturnStatus)
    to_status = models.CharField(max_length=9, choices=ReturnStatus)
    note = models.TextField(blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(to_status="returned") | ~Q(note=""), name="villages_return_sent_back_with_note"
            )
        ]
        indexes = [models.Index(fields=["monthly_return", "id"], name="villages_return_steps")]


class VillageCall(Placed):
    """Somebody of the district called a village that does not report, or went there. Never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    called_on = models.DateField(_("Called on"))
    outcome = models.CharField(_("Outcome"), max_length=9, choices=CallOutcome)
    reason = models.CharField(_("Reason"), max_length=8, choices=SilenceReason)
    note = models.CharField(_("Note"), max_length=300, blank=True)
    called_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    logged_at = models.DateTimeField(auto_now_add=True)

    objects = PlacedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=["reached", "visited"]) | Q(reason="unknown"),
                name="villages_call_reason_needs_an_answer",
            )
        ]
        indexes = [models.Index(fields=["village", "-called_on", "-id"], name="villages_call_village")]
