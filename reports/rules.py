"""Who may ask for reports and for which years, and who makes which step of a monthly return."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.roles import Permission
from accounts.rules import NotPermitted
from periods.month import Month
from reports.return_forms import Link, form_of
from villages.access import Seat
from villages.models import MonthlyReturn, Village

MONTHS_BACK_DAYS = 366  # returns of older months are no longer begun
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


def check_makes_step(seat: Seat | None, row: MonthlyReturn, link: Link | None) -> None:
    """Raise `NotPermitted` unless the return lies in the seat's place and the chain names the seat's role."""
    if seat is None or link is None or seat.role != link.role or not seat.may(Permission.SEE_RETURNS):
        raise NotPermitted(_("The chain of this return gives this step to somebody else."))
    if (seat.village_id or row.village_id) != row.village_id or seat.district_id != row.district_id:
        raise NotPermitted(_("This return belongs to another place."))


def makes_step(seat: Seat, row: MonthlyReturn, link: Link | None) -> bool:
    """Whether `check_makes_step` lets the seat."""
    try:
        check_makes_step(seat, row, link)
    except NotPermitted:
        return False
    return True


def check_can_open_return(seat: Seat, month: Month, *, today: date) -> None:
    """Raise `NotPermitted` unless the chain lets the seat submit, and the month has begun."""
    link = form_of(month).link("submit")
    if seat.village is None or link is None or seat.role != link.role:
        raise NotPermitted(_("Only officers of the village can write this down."))
    if month.first_day > today or month < Month.current(today - timedelta(days=MONTHS_BACK_DAYS)):
        raise NotPermitted(_("Choose a month of the last year."))


def check_can_log_call(seat: Seat, village: Village) -> None:
    """Raise `NotPermitted` unless the seat accepts the returns of the village's district."""
    link = form_of(Month.current(timezone.localdate())).link("accept")
    if link is None or seat.role != link.role or seat.district_id != village.district_id:
        raise NotPermitted(_("Only the district office writes down calls to a village."))
