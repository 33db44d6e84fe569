"""Pillar 1: the information board of the service centre."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Left
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from migrants.vocabulary import destination_label, job_label
from pillars.enums import NoticeKind
from villages.models import District, PlacedQuerySet, Province, Village


class NoticeQuerySet(PlacedQuerySet):
    """What hangs on the board of a day, and what comes first there."""

    def in_force(self, day: date) -> NoticeQuerySet:
        """Begun, not over and not withdrawn on that day."""
        not_over = Q(valid_until__isnull=True) | Q(valid_until__gte=day)
        return self.filter(not_over, valid_from__lte=day, withdrawn_on__isnull=True)

    def warnings_first(self) -> NoticeQuerySet:
        """Warnings, then what is offered; the newest first in each."""
        warned = Case(When(kind=NoticeKind.WARNING, then=Value(0)), default=Value(1))
        return self.order_by(warned, "-valid_from", "-pk")


class Notice(models.Model):
    """A job order, a training offer or a warning: of one village, or of the district for all its villages.

    `village` None: the district made it. `valid_until` None, for a warning alone: until it is withdrawn.
    `from_list`: the imported list it came with; "" when somebody wrote it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    village = models.ForeignKey(
        Village, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="+", db_index=False)
    province = models.ForeignKey(Province, on_delete=models.PROTECT, related_name="+", editable=False)
    kind = models.CharField(_("Kind"), max_length=8, choices=NoticeKind)
    title = models.CharField(_("Heading"), max_length=120)
    words = models.TextField(_("Words"), max_length=1500)
    destination = models.CharField(_("Destination"), max_length=3, blank=True)
    job = models.CharField(_("Job"), max_length=8, blank=True)
    source = models.CharField(_("Source"), max_length=200)
    from_list = models.CharField(_("Imported list"), max_length=120, blank=True, editable=False)
    valid_from = models.DateField(_("Valid from"))
    valid_until = models.DateField(_("Valid until"), null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_why = models.CharField(_("Reason"), max_length=200, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(province=Left("district", 2))
                & (Q(village__isnull=True) | Q(district=Left("village", 5))),
                name="pillars_notice_place_agrees",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=False, valid_until__gte=F("valid_from"))
                | Q(valid_until__isnull=True, kind=NoticeKind.WARNING),
                name="pillars_notice_ends_after_start",
            ),
            models.CheckConstraint(
                condition=~Q(kind=NoticeKind.JOB) | (~Q(destination="") & ~Q(job="")),
                name="pillars_notice_job_says_where",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True, withdrawn_why="")
                | (Q(withdrawn_on__isnull=False) & ~Q(withdrawn_why="")),
                name="pillars_notice_withdrawn_with_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["village", "-valid_from", "-id"], name="pillars_notice_village"),
            models.Index(fields=["district", "-valid_from", "-id"], name="pillars_notice_district"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        # As in `Placed`: codes of villages begin with those of their district and province.
        if self.village_id is not None:
            self.district_id = self.village_id[:5]
        self.province_id = self.district_id[:2]
        super().save(*args, **kwargs)

    @property
    def is_warning(self) -> bool:
        return self.kind == NoticeKind.WARNING

    @property
    def destination_label(self) -> str:
        """The destination in the language of the page; "" for none."""
        return destination_label(self.destination)

    @property
    def job_label(self) -> str:
        """The work in the language of the page; "" for none."""
        return job_label(self.job)

    @property
    def standing(self) -> tuple[str, str]:
        """Kind and words of its tag as of today."""
        today = timezone.localdate()
        if self.withdrawn_on is not None:
            return "", str(_("Withdrawn"))
        if self.valid_until is not None and self.valid_until < today:
            return "", str(_("Expired"))
        if self.valid_from > today:
            return "", str(_("From %(day)s")) % {"day": date_format(self.valid_from, "d-m-Y")}
        return ("warn", str(_("Warning"))) if self.is_warning else ("done", str(_("Valid")))
