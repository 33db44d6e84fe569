"""What an office writes about a year: causes and next steps, which the report prints beside the figures."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7

from villages.models import District

Words = dict[str, dict[str, str]]


class YearWords(models.Model):
    """The words of a district about a year, or of the ministry about the nation (`district` None).

    `words`: line of the summary (`WordsLine`) -> {"cause": text, "step": text}. `edited`: the ministry's
    version of a district's words, None while there is none; what the district wrote stays as it is.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    district = models.ForeignKey(District, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    words = models.JSONField(default=dict)
    edited = models.JSONField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField(null=True, blank=True)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    edited_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["year", "district"], nulls_distinct=False, name="reports_words_once_a_year"
            ),
            models.CheckConstraint(
                condition=Q(written_at__isnull=True, written_by__isnull=True)
                | Q(written_at__isnull=False, written_by__isnull=False),
                name="reports_words_written_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(edited__isnull=True, edited_at__isnull=True, edited_by__isnull=True)
                | Q(
                    edited__isnull=False,
                    edited_at__isnull=False,
                    edited_by__isnull=False,
                    district__isnull=False,
                ),
                name="reports_words_edited_by_and_at",
            ),
        ]

    @property
    def printed(self) -> Words:
        """What the report prints: the ministry's version where there is one."""
        found: Words = self.words if self.edited is None else self.edited
        return found

    @property
    def changed_after_edit(self) -> bool:
        """Whether the district wrote something new after the ministry's version."""
        return bool(self.edited_at and self.written_at and self.written_at > self.edited_at)
