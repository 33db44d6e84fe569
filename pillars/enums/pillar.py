"""The four pillars (domain.md 1.3)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Pillar(models.TextChoices):
    """Codes are stable; the labels vary with the texts (domain.md 1.3)."""

    SERVICE_CENTRE = "service_center", _("Migration service centre")
    PRODUCTIVE_BUSINESS = "productive_business", _("Productive business")
    COMMUNITY_PARENTING = "community_parenting", _("Community parenting")
    COOPERATIVE = "cooperative", _("Desmigratif cooperative")
