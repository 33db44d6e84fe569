"""The duty report of an officer of a month, made from the log; stipends are paid by it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from periods.month import Month
from pillars.enums import DutyReportStatus
from villages.models import OfficerAssignment, Placed, PlacedQuerySet


class DutyReport(Placed):
    """What an officer did in a month, one a month. `counts`: see `queries.duty_reports.duty_counts`.

    Countersigned by the district it is frozen: PostgreSQL refuses to change it (migrations). Then it carries
    the stipend of the assignment; None before.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    assignment = models.ForeignKey(OfficerAssignment, on_delete=models.PROTECT, related_name="+")
    month = models.DateField(_("Month"))  # its first day
    counts = models.JSONField()
    status = models.CharField(
        _("Status"), max_length=13, choices=DutyReportStatus, default=DutyReportStatus.MADE
    )
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    countersigned_at = models.DateTimeField(null=True)
    countersigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    stipend_rupiah = models.BigIntegerField(_("Stipend per month"), null=True)

    objects = PlacedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["officer", "month"], name="pillars_duty_report_once_a_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="pillars_duty_report_names_a_month"),
            models.CheckConstraint(
                condition=Q(
                    status="made",
                    countersigned_at__isnull=True,
                    countersigned_by__isnull=True,
                    stipend_rupiah__isnull=True,
                )
                | Q(
                    status="countersigned",
                    countersigned_at__isnull=False,
                    countersigned_by__isnull=False,
                    stipend_rupiah__gte=0,
                ),
                name="pillars_duty_report_signed_with_stipend",
            ),
        ]
        indexes = [
            models.Index(fields=["village", "-month", "-id"], name="pillars_duty_report_village"),
            models.Index(fields=["district", "-month", "-id"], name="pillars_duty_report_district"),
            models.Index(fields=["assignment", "month"], name="pillars_duty_report_term"),
        ]

    @property
    def period(self) -> Month:
        return Month.current(self.month)

    @property
    def is_frozen(self) -> bool:
        """Whether the district has countersigned it."""
        return self.status == DutyReportStatus.COUNTERSIGNED
