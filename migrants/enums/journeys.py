"""Journeys abroad (domain.md 2.3 to 2.5)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Scheme(models.TextChoices):
    G_TO_G = "g_to_g", _("Government to government (G to G)")
    P_TO_P = "p_to_p", _("Through a placement company (P to P)")
    G_TO_P = "g_to_p", _("Government to private employer (G to P)")
    UKPS = "ukps", _("Own company (UKPS)")
    INDEPENDENT = "independent", pgettext_lazy("scheme", "Independent")
    SEA_BASED = "sea_based", _("Ship or fishing vessel")
    UNKNOWN = "unknown", _("Not known")


class MigrationStatus(models.TextChoices):
    """Where a journey stands. Dated milestones are the detail below it."""

    PROSPECTIVE = "prospective", _("Preparing")
    ABROAD = "abroad", _("Abroad")
    RETURNED = "returned", _("Returned")
    CANCELLED = "cancelled", _("Cancelled")


class Procedural(models.TextChoices):
    """No law defines it; working test of domain.md 2.5. If facts are missing: unknown."""

    PROCEDURAL = "procedural", _("Procedural")
    NON_PROCEDURAL = "non_procedural", _("Non-procedural")
    UNKNOWN = "unknown", _("Not yet known")
