"""Closed vocabularies of accounts."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class LinkKind(models.TextChoices):
    """What a one-time link is for."""

    FIRST = "first", _("First password")
    RESET = "reset", _("Reset")


LINK_LIFE = {LinkKind.FIRST: timedelta(hours=72), LinkKind.RESET: timedelta(minutes=30)}  # quality.md C22


class MailState(models.TextChoices):
    """What became of the mail of a notification."""

    NONE = "none", _("Not by mail")
    WAITING = "waiting", _("Mail waits")
    SENT = "sent", _("Mail sent")
    FAILED = "failed", _("Mail could not be sent")
