"""What was asked and judged about a journey: red flags, and the path. Neither is ever rewritten."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from migrants.enums import Procedural
from migrants.models.journeys import Migration
from migrants.red_flags import Flag, every_version
from villages.models import Placed, PlacedQuerySet


class RedFlagCheck(Placed):
    """One round of questions. `answers`: code -> yes, no, unknown; `hits`: the codes that were signs by the
    rules of that version."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    migration = models.ForeignKey(Migration, on_delete=models.PROTECT, related_name="red_flag_checks")
    asked_on = models.DateField(_("Asked on"))
    rule_version = models.PositiveSmallIntegerField()
    answers = models.JSONField()
    hits = models.JSONField()
    logged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    logged_at = models.DateTimeField(auto_now_add=True)

    objects = PlacedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["migration", "-logged_at"], name="migrants_flags_latest")]

    @property
    def flags(self) -> list[Flag]:
        """The signs found, in the words of the version they were asked by."""
        rules = every_version().get(self.rule_version)
        return [flag for flag in rules.flags if flag.code in self.hits] if rules else []

    @property
    def asked(self) -> int:
        """How many questions were asked."""
        return len(self.answers)


class ProceduralAssessment(Placed):
    """One judgement of the path. `facts`: what the record said then (`path_rules.PathFact` -> true, false,
    null)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    migration = models.ForeignKey(Migration, on_delete=models.PROTECT, related_name="assessments")
    procedural = models.CharField(_("Path"), max_length=14, choices=Procedural)
    basis = models.CharField(_("Basis"), max_length=300, blank=True)
    facts = models.JSONField()
    rule_version = models.PositiveSmallIntegerField()
    assessed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    assessed_at = models.DateTimeField(auto_now_add=True)

    objects = PlacedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["migration", "-assessed_at"], name="migrants_assessment_latest")]
