"""What goes wrong when something is written down."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Mistake(models.TextChoices):
    """Why a record does not count. Kept in words on the record."""

    TWICE = "twice", _("Logged twice")
    NOT_HELD = "not_held", _("It did not take place")
    WRONG_DATA = "wrong_data", _("Wrong entries")
    OTHER = "other", _("Another reason")
