"""Counts that are kept while records are written, so that a year of the nation need not be counted anew."""

from __future__ import annotations

from django.db import models

from reports.enums import KeptSource
from villages.models import District, Province


class KeptCount(models.Model):
    """So many records more, or fewer, of a source in a district in a month: what is counted is the sum of the
    rows. Triggers write them in the transaction of the record; `actions.keeping` folds many into one. ADR 22.

    `value`: of departures the path, else "".
    """

    source = models.CharField(max_length=20, choices=KeptSource.choices)
    month = models.DateField()
    province = models.ForeignKey(Province, on_delete=models.PROTECT, related_name="+", db_index=False)
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="+", db_index=False)
    value = models.CharField(max_length=20, default="", blank=True)
    number = models.IntegerField()

    class Meta:
        indexes = [
            models.Index(
                fields=["source", "month"],
                include=["province", "district", "value", "number"],
                name="reports_kept_month",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(source__in=KeptSource.values), name="reports_kept_of_a_known_source"
            ),
            models.CheckConstraint(condition=models.Q(month__day=1), name="reports_kept_by_month"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.district_id} {self.month:%Y-%m} {self.value}: {self.number:+}"
