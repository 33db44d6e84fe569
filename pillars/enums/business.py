"""Closed vocabularies of pillar 2 (domain.md 4.1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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
