"""Closed vocabularies of the calendar."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ActivityKind(models.TextChoices):
    """What a village plans."""

    SESSION = "session", _("Public session")
    PARENTING = "parenting", _("Parenting session")
    TRAINING = "training", _("Training")
    MENTORING = "mentoring", _("Mentoring visit")
    MEETING = "meeting", _("Meeting")
    OTHER = "other", _("Other")
