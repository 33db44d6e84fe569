"""Closed vocabularies of report editions."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EditionKind(models.TextChoices):
    """What a report is about: a year of the nation, a year of a district, a month of the nation."""

    YEARLY = "yearly", _("Yearly rollout report")
    DISTRICT = "district", _("Yearly report of a district")
    BULLETIN = "bulletin", _("Monthly bulletin")


class EditionStatus(models.TextChoices):
    QUEUED = "queued", _("Waiting its turn")
    RUNNING = "running", _("Being made")
    DONE = "done", _("Issued")
    FAILED = "failed", _("Could not be made")
    CANCELLED = "cancelled", _("Cancelled")


class WordsLine(models.TextChoices):
    """What an office writes about: the year in general, and lines of the summary."""

    GENERAL = "general", _("The year in general")
    VILLAGES = "villages", _("Villages formed")
    REGISTERED = "registered", _("Villages in this register")
    OFFICERS = "officers", _("Officers in post")
    REPORTING = "reporting", _("Villages that wrote something down")
    RETURNS = "returns", _("Monthly returns on time")


NATIONAL_LINES = frozenset({WordsLine.VILLAGES, WordsLine.REGISTERED})  # published for the nation alone


IN_THE_MAKING = (EditionStatus.QUEUED, EditionStatus.RUNNING)


class KeptSource(models.TextChoices):
    """Records whose numbers are kept by month and district."""

    VISITS = "visits", _("Services logged")
    REGISTRATIONS = "registrations", _("Journeys registered")
    DEPARTURES = "departures", _("Departures")


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
    SIGNATURE = "signature", _("The official signature was not given. Try again, or ask the administrator.")
    FILE = "file", _("The file could not be written. Ask the system administrator.")


class WithdrawalReason(models.TextChoices):
    """Why the ministry takes a published report back."""

    WRONG = "wrong", _("Its figures are wrong")
    LEAKED = "personal", _("It shows what it must not show")
    NOT_OURS = "not_ours", _("It was made without authority")
    OTHER = "other", _("Another reason")
