"""Closed vocabularies of the pillars (domain.md 1.3, 4)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Pillar(models.TextChoices):
    """Codes are stable; the labels vary with the texts (domain.md 1.3)."""

    SERVICE_CENTRE = "service_center", _("Migration service centre")
    PRODUCTIVE_BUSINESS = "productive_business", _("Productive business")
    COMMUNITY_PARENTING = "community_parenting", _("Community parenting")
    COOPERATIVE = "cooperative", _("Desmigratif cooperative")


class OutreachTopic(models.TextChoices):
    SAFE_MIGRATION = "safe_migration", _("Safe migration")
    DOCUMENTS = "documents", _("Documents and requirements")
    TRAFFICKING = "trafficking", _("Preventing trafficking (TPPO)")
    JOB_MARKET = "job_market", _("Jobs abroad and at home")
    FINANCE = "finance", _("Managing remittances")
    OTHER = "other", _("Other")


class Sector(models.TextChoices):
    FOOD = "food", _("Food processing")
    TAILORING = "tailoring", _("Tailoring")
    CRAFT = "craft", _("Batik and craft")
    FARMING = "farming", _("Farming")
    LIVESTOCK = "livestock", _("Livestock")
    FISHERY = "fishery", _("Fishery")
    TRADE = "trade", _("Trade")
    SERVICES = "services", _("Service business")
    TOURISM = "tourism", _("Tourism")
    DIGITAL = "digital", _("Digital")


class MemberKind(models.TextChoices):
    RETURNED = "returned", _("Returned worker")
    SPOUSE = "spouse", _("Husband or wife of a worker")
    FAMILY = "family", _("Family of a worker")
    OTHER = "other", _("Other resident")
