"""What the imported list of licensed companies says of one that was seen."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Listing(models.TextChoices):
    LICENSED = "licensed", _("Licensed on that day")
    EXPIRED = "expired", _("Licence expired or withdrawn")
    OTHER_NUMBER = "other_number", _("Listed with another licence number")
    UNLISTED = "unlisted", _("Not on the list")
    UNNAMED = "unnamed", _("No company named")
