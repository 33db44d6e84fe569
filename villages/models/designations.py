"""A village in the programme: when, by whom, how far; and what was published per year."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from villages.enums import ACTIVE_STAGES, DESIGNATED_STAGES, Certainty, Stage
from villages.models.placed import Placed, PlacedQuerySet


class DesignationQuerySet(PlacedQuerySet):
    def designated(self) -> DesignationQuerySet:
        """Villages that count as designated, independent ones included."""
        return self.filter(stage__in=DESIGNATED_STAGES, ended_on__isnull=True)

    def active(self) -> DesignationQuerySet:
        """Villages expected to have two officers and to log."""
        return self.filter(stage__in=ACTIVE_STAGES, ended_on__isnull=True)


class Designation(Placed):
    """`cohort_year` is the year of designation; None means unknown and is counted in no cohort."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    cohort_year = models.PositiveSmallIntegerField(_("Cohort year"), null=True, blank=True)
    stage = models.CharField(_("Stage"), max_length=20, choices=Stage, default=Stage.PROPOSED)
    designated_on = models.DateField(_("Designated on"), null=True, blank=True)
    designated_by = models.CharField(_("Designated by"), max_length=120, blank=True)
    decree_number = models.CharField(_("Decree number"), max_length=80, blank=True)
    certainty = models.CharField(
        _("Certainty"), max_length=10, choices=Certainty, default=Certainty.CONFIRMED
    )
    source = models.CharField(_("Source"), max_length=300, blank=True)
    note = models.TextField(_("Note"), blank=True)
    ended_on = models.DateField(_("Ended on"), null=True, blank=True)
    end_reason = models.CharField(_("Reason"), max_length=200, blank=True)

    objects = DesignationQuerySet.as_manager()

    class Meta:
        ordering = ["village_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["village"], condition=Q(ended_on__isnull=True), name="villages_designation_one_open"
            ),
            models.CheckConstraint(
                condition=Q(cohort_year__isnull=True) | Q(cohort_year__gte=2016, cohort_year__lte=2100),
                name="villages_designation_cohort_year_range",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | ~Q(end_reason=""),
                name="villages_designation_end_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True)
                | Q(designated_on__isnull=True)
                | Q(ended_on__gte=F("designated_on")),
                name="villages_designation_ends_after_start",
            ),
        ]
        indexes = [
            models.Index(fields=["district", "village"], name="villages_designation_district"),
            models.Index(fields=["cohort_year", "province"], name="villages_designation_cohort"),
        ]


class StageRecord(models.Model):
    """One step of a designation: stage, since when, on what evidence. Append-only in practice: a correction
    is a new record with its reason."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    designation = models.ForeignKey(Designation, on_delete=models.PROTECT, related_name="stages")
    stage = models.CharField(_("Stage"), max_length=20, choices=Stage)
    reached_on = models.DateField(_("Reached on"), null=True, blank=True)
    evidence = models.CharField(_("Evidence"), max_length=300, blank=True)
    note = models.TextField(_("Note"), blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["recorded_at", "id"]


class CohortTarget(models.Model):
    """What was published for a year. `published` and the reach are None where no source gives them."""

    year = models.PositiveSmallIntegerField(_("Year"), primary_key=True)
    published = models.PositiveIntegerField(_("Published: new villages"), null=True, blank=True)
    target_by_then = models.PositiveIntegerField(
        _("Target, cumulative"),
        null=True,
        blank=True,
        help_text=_("Villages to be reached by the end of this year."),
    )
    provinces_by_then = models.PositiveIntegerField(_("Provinces reached, cumulative"), null=True, blank=True)
    districts_by_then = models.PositiveIntegerField(_("Districts reached, cumulative"), null=True, blank=True)
    subdistricts_by_then = models.PositiveIntegerField(
        _("Subdistricts reached, cumulative"), null=True, blank=True
    )
    source = models.CharField(_("Source"), max_length=300)

    class Meta:
        ordering = ["year"]
