"""Files people bring in, row by row. What a row holds lies sealed; its outcome and reasons do not."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from migrants.enums import ImportFailure, ImportKind, ImportStatus, RowDecision, RowEffect
from migrants.import_states import AT_WORK, MAY_CANCEL, MAY_MAP
from migrants.models.companies import PlacementCompany
from migrants.models.people import Person
from migrants.models.sealed import SealedText
from villages.models import District, Province, Village

if TYPE_CHECKING:
    from villages.access import Seat

UNDO_DAYS = 30
OUTCOMES = ("imported", "skipped", "review", "refused")


class ImportQuerySet(models.QuerySet["RegisterImport"]):
    def of_place(self, seat: Seat) -> ImportQuerySet:
        """Files brought in for exactly the seat's place: a village's are its officers', a district's its
        coordinator's, those of the country the ministry's."""
        return self.filter(village=seat.village_id, district=seat.district_id, province=seat.province_id)


class RegisterImport(models.Model):
    """One file and the job that works on it.

    `village` None is a file of the whole district; without a district it is a list for the country. The file
    itself lies sealed under MEDIA_ROOT at `path`; "" when it was removed. `survey` is what was seen in it
    when it came, with samples; `plan` is how to read it. `fence` grows with every start of the work: whoever
    holds an older one may no longer write. `heart_at` is the last sign of life of the worker, None while the
    job waits; `announced_at` when the broker was last told. The four counts add up to the rows read, in the
    database too.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(_("Kind of file"), max_length=9, choices=ImportKind)
    village = models.ForeignKey(
        Village, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    district = models.ForeignKey(
        District, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    province = models.ForeignKey(
        Province, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    file_name = models.CharField(_("File"), max_length=120)
    digest = models.CharField(max_length=64)
    size_bytes = models.PositiveIntegerField()
    path = models.CharField(max_length=200, blank=True)
    sheet_names = models.JSONField(default=list, blank=True)
    survey_sealed = models.BinaryField(null=True)
    plan = models.JSONField(default=dict, blank=True)
    status = models.CharField(_("Status"), max_length=9, choices=ImportStatus, default=ImportStatus.MAPPING)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    imported_at = models.DateTimeField(null=True, blank=True)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    announced_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    heart_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    fence = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    rows_total = models.PositiveIntegerField(default=0)
    failure = models.CharField(max_length=10, blank=True, choices=ImportFailure)
    failure_sentence = models.CharField(max_length=300, blank=True)
    rows_read = models.PositiveIntegerField(default=0)
    rows_imported = models.PositiveIntegerField(default=0)
    rows_skipped = models.PositiveIntegerField(default=0)
    rows_review = models.PositiveIntegerField(default=0)
    rows_refused = models.PositiveIntegerField(default=0)

    survey = SealedText("survey_sealed", "register.survey")
    objects = ImportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    rows_read=F("rows_imported") + F("rows_skipped") + F("rows_review") + F("rows_refused")
                ),
                name="migrants_import_counts_add_up",
            ),
            models.CheckConstraint(
                condition=Q(status__in=ImportStatus.values), name="migrants_import_status_is_known"
            ),
            models.CheckConstraint(
                condition=(Q(village__isnull=True) | Q(district=Left("village", 5)))
                & (Q(district__isnull=True) | Q(province=Left("district", 2)))
                & (Q(village__isnull=True) | Q(district__isnull=False)),
                name="migrants_import_places_agree",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["checked", "importing", "imported", "undoing", "undone"])
                | Q(checked_at__isnull=False),
                name="migrants_import_checked_first",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["imported", "undoing", "undone"], imported_at__isnull=False)
                | Q(imported_at__isnull=True),
                name="migrants_import_imported_and_moment",
            ),
            models.CheckConstraint(
                condition=Q(status="undone", undone_at__isnull=False)
                | (~Q(status="undone") & Q(undone_at__isnull=True)),
                name="migrants_import_undone_and_moment",
            ),
            models.CheckConstraint(
                condition=~Q(status="failed") | ~Q(failure=""), name="migrants_import_failed_says_why"
            ),
        ]
        indexes = [
            models.Index(fields=["village", "-id"], name="migrants_import_village"),
            models.Index(fields=["district", "-id"], name="migrants_import_district"),
            models.Index(
                fields=["status"],
                name="migrants_import_at_work",
                condition=Q(status__in=["checking", "importing", "undoing"]),
            ),
        ]

    @property
    def is_at_work(self) -> bool:
        """Whether a job works on the file or waits for the worker."""
        return self.status in AT_WORK

    @property
    def stem(self) -> str:
        """The name of the file without its ending, fit for a download."""
        return re.sub(r"[^A-Za-z0-9-]+", "-", PurePath(self.file_name).stem).strip("-")[:60] or "register"

    @property
    def is_waiting(self) -> bool:
        return self.is_at_work and self.heart_at is None

    @property
    def may_map(self) -> bool:
        return self.status in MAY_MAP and bool(self.path)

    @property
    def may_cancel(self) -> bool:
        return self.status in MAY_CANCEL

    @property
    def place(self) -> Village | District | None:
        """Whom the file is for; None for the country."""
        return self.village or self.district

    @property
    def tag_kind(self) -> str:
        """How the status is drawn."""
        kinds: dict[str, str] = {"imported": "done", "failed": "late", "cancelled": "", "undone": ""}
        return kinds.get(self.status, "now")

    @property
    def undo_until(self) -> date | None:
        """The last day on which the import may be undone; None before it was imported."""
        return timezone.localdate(self.imported_at) + timedelta(days=UNDO_DAYS) if self.imported_at else None

    @property
    def may_undo(self) -> bool:
        until = self.undo_until
        return self.status == ImportStatus.IMPORTED and until is not None and timezone.localdate() <= until


class RegisterRow(models.Model):
    """One row of a file. Its key becomes the key of the person and of the journey that it makes, so that a
    row can never be imported twice.

    `number` counts the rows of the file; `sheet` and `sheet_row` are where a person finds it. `assessed` is
    what the dry run says, `outcome` what came of it. `match` is the person, `company` the company that the
    row seems to be already. `about` is the place as written, where the place is in doubt: rows that name the
    same one are decided together. `village` is where the row goes, `decided_sex` what a person answered. The
    cells, what was read from them and what differs lie in `content_sealed`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    register = models.ForeignKey(
        RegisterImport, on_delete=models.CASCADE, related_name="rows", db_index=False
    )
    number = models.PositiveIntegerField()
    sheet = models.PositiveSmallIntegerField(default=0)
    sheet_row = models.PositiveIntegerField()
    village = models.ForeignKey(
        Village, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    assessed = models.CharField(max_length=8)
    outcome = models.CharField(max_length=8)
    reasons = ArrayField(models.CharField(max_length=40), default=list)
    about = models.CharField(max_length=120, blank=True)
    decision = models.CharField(max_length=6, blank=True, choices=RowDecision)
    decided_sex = models.CharField(max_length=6, blank=True)
    effect = models.CharField(max_length=8, blank=True, choices=RowEffect)
    match = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    company = models.ForeignKey(PlacementCompany, null=True, on_delete=models.PROTECT, related_name="+")
    content_sealed = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["register", "number"], name="migrants_row_number_once"),
            models.CheckConstraint(
                condition=Q(outcome__in=list(OUTCOMES)) & Q(assessed__in=list(OUTCOMES)),
                name="migrants_row_outcome_is_known",
            ),
            models.CheckConstraint(
                condition=Q(decision="") | Q(assessed="review"), name="migrants_row_decides_what_is_doubtful"
            ),
            models.CheckConstraint(
                condition=Q(effect="") | Q(outcome="imported"), name="migrants_row_writes_when_imported"
            ),
            # Never silently: a row that stays out says why.
            models.CheckConstraint(
                condition=Q(assessed="imported") | Q(reasons__len__gt=0), name="migrants_row_says_why"
            ),
        ]
        indexes = [
            models.Index(fields=["register", "outcome", "number"], name="migrants_row_outcome"),
        ]

    @property
    def seal_context(self) -> str:
        return row_context(self.register_id, self.number)


def row_context(register: Any, number: int) -> str:
    """What a row's content is sealed with: its file and its number in it."""
    return f"register.row:{register}:{number}"


class RememberedMapping(models.Model):
    """What the columns under one heading mean, as it was last confirmed in a district: {"0": "nik", ...}."""

    district = models.ForeignKey(
        District, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=9, choices=ImportKind)
    fingerprint = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)
    confirmed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district", "kind", "fingerprint"],
                nulls_distinct=False,
                name="migrants_mapping_one_a_heading",
            ),
        ]
