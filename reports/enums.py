"""Closed vocabularies of report editions."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EditionStatus(models.TextChoices):
    QUEUED = "queued", _("Waiting its turn")
    RUNNING = "running", _("Being made")
    DONE = "done", _("Issued")
    FAILED = "failed", _("Could not be made")


IN_THE_MAKING = (EditionStatus.QUEUED, EditionStatus.RUNNING)


class MakingStep(models.IntegerChoices):
    """What the worker is at, in order."""

    COUNT = 1, _("Counting the figures")
    AGREE = 2, _("Checking that the totals agree")
    COMPARE = 3, _("Comparing with the edition before")
    COMPOSE = 4, _("Composing the pages")
    PRINT = 5, _("Drawing the PDF")
    PUBLISH = 6, _("Publishing the file")


class Failure(models.TextChoices):
    """Why an edition could not be made, and what to do about it."""

    DISAGREE = "disagree", _("Totals do not agree. Have the records corrected, then try again.")
    TOO_LONG = "too_long", _("The report has too many table rows. Ask the system administrator.")
    PANGO = "pango", _("The server lacks the PDF library. Ask the system administrator to install it.")
    FORBIDDEN = "forbidden", _("A text asked for a file or an address. Ask the system administrator.")
    LAYOUT = "layout", _("The pages could not be laid out. Ask the system administrator.")
    STALLED = "stalled", _("The work stopped three times before its end. Try again later.")
    FILE = "file", _("The file could not be written. Ask the system administrator.")
