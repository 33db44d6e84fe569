"""Closed vocabularies of pillar 1."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OutreachTopic(models.TextChoices):
    SAFE_MIGRATION = "safe_migration", _("Safe migration")
    DOCUMENTS = "documents", _("Documents and requirements")
    TRAFFICKING = "trafficking", _("Preventing trafficking (TPPO)")
    JOB_MARKET = "job_market", _("Jobs abroad and at home")
    FINANCE = "finance", _("Managing remittances")
    OTHER = "other", _("Other")
