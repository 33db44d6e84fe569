"""Closed vocabularies of the service centre and of its duty record."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext


class DutyKind(models.TextChoices):
    """What an officer did on a day."""

    DESK = "desk", _("At the desk")
    FIELD = "field", _("In the field")
    TRIP = "trip", _("Official trip")
    LEAVE = "leave", _("On leave")
    SICK = "sick", _("Sick")

    @property
    def letter(self) -> str:
        """One letter for the squares of a month."""
        return {
            DutyKind.DESK: pgettext("duty at the desk", "D"),
            DutyKind.FIELD: pgettext("duty in the field", "F"),
            DutyKind.TRIP: pgettext("duty on a trip", "T"),
            DutyKind.LEAVE: pgettext("duty on leave", "L"),
            DutyKind.SICK: pgettext("duty: sick", "S"),
        }[self]


# What may be said of a day that has not come yet.
PLANNABLE = frozenset({DutyKind.TRIP, DutyKind.LEAVE})


class PlannedDuty(models.TextChoices):
    """What the week plan says of a weekday."""

    OFF = "off", _("Off")
    DESK = "desk", _("At the desk")
    FIELD = "field", _("In the field")


class DutyReportStatus(models.TextChoices):
    """How far the duty report of an officer has come."""

    MADE = "made", _("Waiting for the district")
    COUNTERSIGNED = "countersigned", _("Countersigned")


class Internet(models.TextChoices):
    NONE = "none", _("No internet")
    WEAK = "weak", _("Weak or not every day")
    GOOD = "good", _("Good")


class Equipment(models.TextChoices):
    """What a service centre works with."""

    DESK = "desk", _("Desk and chairs")
    COMPUTER = "computer", _("Computer or laptop")
    PRINTER = "printer", _("Printer")
    PHONE = "phone", _("Office telephone")
    PROJECTOR = "projector", _("Projector")
    CUPBOARD = "cupboard", _("Cupboard that locks")
    BOARD = "board", _("Information board")
    MOTORCYCLE = "motorcycle", _("Motorcycle")
