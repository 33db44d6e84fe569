"""Who may ask for reports and for which years, and who makes which step of a monthly return."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.roles import Level, Permission
from accounts.rules import NotPermitted
from periods.month import Month
from reports.enums import EditionKind
from reports.models import ReportEdition
from reports.return_forms import Link, form_of
from villages.access import Seat
from villages.models import District, MonthlyReturn, Village

MONTHS_BACK_DAYS = 366  # returns of older months are no longer begun
FIRST_YEAR = 2016  # the first two villages were inaugurated in December 2016 (domain.md 1.8)


class YearRefused(ValueError):
    """There can be no report of that year; the text is the sentence to show beside the field."""


def report_years(*, today: date | None = None) -> range:
    """Years a report can be made of, ascending: from the first cohort to the current one, so far."""
    return range(FIRST_YEAR, (today or timezone.localdate()).year + 1)


def check_period(wanted: ReportEdition) -> None:
    """Raise `YearRefused` for a period before the programme, or one that has not begun."""
    years = report_years()
    if wanted.year not in years or wanted.period.first_day > timezone.localdate():
        raise YearRefused(
            _("Choose a year from %(first)s to %(last)s.") % {"first": years[0], "last": years[-1]}
        )


def check_can_request_reports(seat: Seat | None, wanted: ReportEdition) -> None:
    """Raise `NotPermitted` unless the seat makes reports of that place: a district only its own."""
    if not may_request(seat, wanted):
        raise NotPermitted(_("Only the ministry makes reports. You can read and download them."))


def may_request(seat: Seat | None, wanted: ReportEdition) -> bool:
    """Whether `check_can_request_reports` lets the seat."""
    if seat is None or not seat.may(Permission.REQUEST_REPORTS):
        return False
    return seat.level == Level.NATION or (
        wanted.district_id is not None and wanted.district_id == seat.district_id
    )


def check_can_withdraw_reports(seat: Seat | None) -> None:
    """Raise `NotPermitted` unless the seat takes published reports back: the ministry."""
    if not may_withdraw(seat):
        raise NotPermitted(_("Only the ministry takes reports back."))


def may_withdraw(seat: Seat | None) -> bool:
    """Whether `check_can_withdraw_reports` lets the seat."""
    return seat is not None and seat.may(Permission.REQUEST_REPORTS) and seat.level == Level.NATION


def check_can_cancel_report(seat: Seat, edition: ReportEdition) -> None:
    """Raise `NotPermitted` unless the seat asked for the edition; one of the command line is anybody's who
    may ask for it."""
    if not may_cancel(seat, edition):
        raise NotPermitted(_("Only who asked for the report can cancel it."))


def may_cancel(seat: Seat, edition: ReportEdition) -> bool:
    """Whether `check_can_cancel_report` lets the seat."""
    return may_request(seat, edition) and edition.requested_by_id in (None, seat.user.pk)


def check_can_write_words(seat: Seat | None, district: District | None) -> None:
    """Raise `NotPermitted` unless the seat makes reports of that district; None: of the nation."""
    kind = EditionKind.DISTRICT if district else EditionKind.YEARLY
    if not may_request(seat, ReportEdition(kind=kind, district=district)):
        raise NotPermitted(_("These words belong to another office."))


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
