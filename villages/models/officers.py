"""Two officers a village at a time, dated."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from villages.enums import EndReason, Funding, OpenWork
from villages.models.placed import Placed, PlacedQuerySet

STIPEND_RUPIAH = 1_900_000  # a month; domain.md 1.6 [S:K2], monthly reading [GK]
TERM_YEARS = 3


def days(first: object, last: object) -> Func:
    """The days of a posting as a range, both ends included."""
    return Func(first, last, Value("[]"), function="DATERANGE", output_field=DateRangeField())


class AssignmentQuerySet(PlacedQuerySet):
    def serving_on(self, day: date) -> AssignmentQuerySet:
        return self.filter(starts_on__lte=day, ends_on__gte=day)


class OfficerAssignment(Placed):
    """`ends_on` is the last day of service. Ending early moves it and writes why."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments")
    slot = models.PositiveSmallIntegerField(_("Place"), choices=[(1, "1"), (2, "2")])
    starts_on = models.DateField(_("Starts on"))
    ends_on = models.DateField(_("Last day"))
    decree_number = models.CharField(_("Decree number"), max_length=80, blank=True)
    stipend_rupiah = models.BigIntegerField(_("Stipend per month"), default=STIPEND_RUPIAH)
    funding = models.CharField(_("Paid by"), max_length=10, choices=Funding, default=Funding.MINISTRY)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    end_reason = models.CharField(_("Reason"), max_length=10, choices=EndReason, blank=True)
    end_note = models.CharField(_("Note"), max_length=300, blank=True)
    open_work = models.CharField(_("Open work"), max_length=10, choices=OpenWork, blank=True)
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    assigned_at = models.DateTimeField(auto_now_add=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["village_id", "slot", "-starts_on"]
        constraints = [
            models.CheckConstraint(condition=Q(slot__in=[1, 2]), name="villages_assignment_slot_one_or_two"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="villages_assignment_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(stipend_rupiah__gte=0), name="villages_assignment_stipend_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, end_reason="", open_work="")
                | (Q(ended_at__isnull=False) & ~Q(end_reason="") & ~Q(open_work="")),
                name="villages_assignment_end_says_why_and_what_next",
            ),
            # At most two officers at once: one per slot, and a person serves in one place at a time.
            ExclusionConstraint(
                name="villages_assignment_one_officer_a_slot",
                expressions=[
                    ("village", RangeOperators.EQUAL),
                    ("slot", RangeOperators.EQUAL),
                    (days("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="villages_assignment_one_place_a_person",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    (days("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [
            models.Index(fields=["district", "ends_on"], name="villages_assignment_district"),
        ]
