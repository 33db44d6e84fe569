"""What an edition froze: its printed figures with their codes, and the records each of them counted."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7

from reports.enums import EditionStatus
from reports.models.editions import ReportEdition


class FrozenSet(models.Model):
    """The records one figure counted in one period, with the version each had, as of one edition.

    `records` is compressed JSON (`freezing.records`): ids, villages, versions, amounts and values of the
    splits; `digest` is the SHA-256 of the JSON. `part` "over": the records of the denominator. `definition`
    says in the language of the edition what was counted; `definition_digest` is its SHA-256. The database
    refuses changes once the edition is published (trigger `frozen_stays`).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    edition = models.ForeignKey(ReportEdition, on_delete=models.PROTECT, related_name="frozen_sets")
    figure = models.CharField(max_length=60)  # code of the indicator
    part = models.CharField(max_length=4, blank=True)
    period = models.CharField(max_length=7)
    source = models.CharField(max_length=80)  # label of the model
    rows = models.PositiveIntegerField()
    records = models.BinaryField()
    digest = models.CharField(max_length=64)
    definition = models.JSONField()
    definition_digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "figure", "part", "period"], name="reports_frozen_set_once"
            ),
            models.CheckConstraint(condition=Q(part__in=["", "over"]), name="reports_frozen_set_part"),
        ]


class FrozenFigureQuerySet(models.QuerySet["FrozenFigure"]):
    def standing(self) -> FrozenFigureQuerySet:
        """Of published editions that were not taken back."""
        return self.filter(edition__status=EditionStatus.DONE, edition__withdrawal__isnull=True)


class FrozenFigure(models.Model):
    """One printed number of an edition under the code printed beside it. A later edition prints the same code
    while number, records, versions and definition are the same (`fingerprint`).

    `figure`, `value`, `place`, `period` say what was counted (`freezing.keys`); `count` and `over` are the
    numbers as printed, None where they were hidden.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    edition = models.ForeignKey(ReportEdition, on_delete=models.PROTECT, related_name="frozen_figures")
    code = models.CharField(max_length=7)
    fingerprint = models.CharField(max_length=32)
    position = models.PositiveIntegerField()  # in the order of the report
    figure = models.CharField(max_length=80)  # "visits" or "visits:topic"
    value = models.CharField(max_length=400, blank=True)
    place = models.CharField(max_length=13, blank=True)
    period = models.CharField(max_length=7)
    label = models.CharField(max_length=300)
    count = models.BigIntegerField(null=True)
    over = models.BigIntegerField(null=True)

    objects = FrozenFigureQuerySet.as_manager()

    class Meta:
        ordering = ["edition", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "figure", "value", "place", "period"], name="reports_frozen_figure_once"
            ),
            models.UniqueConstraint(fields=["edition", "code"], name="reports_frozen_code_once"),
        ]
        indexes = [models.Index(fields=["code"], name="reports_frozen_code")]
