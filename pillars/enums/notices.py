"""What hangs on the information board."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NoticeKind(models.TextChoices):
    WARNING = "warning", _("Warning of an illegal offer")
    JOB = "job", _("Job order")
    TRAINING = "training", _("Training offer")
