"""Who may ask for reports, and for which years."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.roles import Permission
from accounts.rules import NotPermitted
from villages.access import Seat

FIRST_YEAR = 2016  # the first two villages were inaugurated in December 2016 (domain.md 1.8)


class YearRefused(ValueError):
    """There can be no report of that year; the text is the sentence to show beside the field."""


def report_years(*, today: date | None = None) -> range:
    """Years a report can be made of, ascending: from the first cohort to the current one, so far."""
    return range(FIRST_YEAR, (today or timezone.localdate()).year + 1)


def check_year(year: int) -> None:
    """Raise `YearRefused` for a year before the programme or in the future."""
    years = report_years()
    if year not in years:
        raise YearRefused(
            _("Choose a year from %(first)s to %(last)s.") % {"first": years[0], "last": years[-1]}
        )


def check_can_request_reports(seat: Seat | None) -> None:
    """Raise `NotPermitted` unless the seat makes reports (ministry)."""
    if seat is None or not seat.may(Permission.REQUEST_REPORTS):
        raise NotPermitted(_("Only the ministry makes reports. You can read and download them."))
