"""Where an estimate comes from (domain.md 1.3)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EstimateSource(models.TextChoices):
    """Who reckoned how many villagers are abroad."""

    NEIGHBOURHOODS = "neighbours", _("Neighbourhood heads (RT and RW)")
    VILLAGE_OFFICE = "office", _("Village office")
    SURVEY = "survey", _("Survey of the village (SDGs Desa and others)")
    OTHER = "other", _("Other")
