"""How a duty report moves: made from the log, made again, countersigned. What is not here is refused."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from django.utils.formats import date_format
from django.utils.translation import gettext

from migrants.case_states import IllegalStep
from periods.month import Month
from pillars.enums import DutyReportStatus

S = DutyReportStatus


class Way(StrEnum):
    MAKE = "make"
    COUNTERSIGN = "countersign"


# Where a report stands ("" before the first tap), and what is done with it -> where it stands then.
MOVES: dict[tuple[str, Way], DutyReportStatus] = {
    ("", Way.MAKE): S.MADE,
    (S.MADE, Way.MAKE): S.MADE,
    (S.MADE, Way.COUNTERSIGN): S.COUNTERSIGNED,
}


def moved(status: str, way: Way) -> DutyReportStatus:
    """Where the report stands after the step. Raises `IllegalStep` for one that is not in the table."""
    try:
        return MOVES[status, way]
    except KeyError:
        raise IllegalStep(
            gettext("This duty report is countersigned. It does not change any more.")
        ) from None


def check_can_report(month: Month, *, today: date, days_said: int) -> None:
    """Raise `IllegalStep` with what is missing: the month must be over, and its days confirmed."""
    if today <= month.last_day:
        first = date_format(month.next().first_day, "j F Y")
        raise IllegalStep(
            gettext("This month is not over. Make the report from %(day)s on.") % {"day": first}
        )
    if not days_said:
        raise IllegalStep(gettext("Confirm your duty days of this month first."))
