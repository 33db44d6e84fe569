"""Which month may be closed, and by whom."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from cooperatives.models import FinanceBody, TrialCheck
from cooperatives.rules import last_closed_month
from periods import Month
from periods.rupiah import rupiah_text
from villages.access import Seat
from villages.rules import NotPossible


def open_months(body: FinanceBody) -> Iterator[Month]:
    """The months that are over and still open, the oldest first. Closing one closes those before it."""
    if body.books_opened_on is None:
        return
    closed = last_closed_month(body)
    month = closed.next() if closed else Month(body.books_opened_on.year, body.books_opened_on.month)
    last = timezone.localdate() if body.ended_on is None else min(body.ended_on, timezone.localdate())
    while month.last_day < timezone.localdate() and month.first_day <= last:
        yield month
        month = month.next()


def check_can_close_month(body: FinanceBody, month: Month) -> None:
    """Raise NotPossible when the month is closed, not over, or before the books opened."""
    if month in open_months(body):
        return
    closed = last_closed_month(body)
    if closed is not None and month <= closed:
        raise NotPossible(_("%(month)s is closed already.") % {"month": month.label})
    if month.last_day >= timezone.localdate():
        raise NotPossible(_("%(month)s is not over yet. Close it next month.") % {"month": month.label})
    raise NotPossible(_("%(month)s is outside these books.") % {"month": month.label})


def check_can_count(trial: TrialCheck | None, by: Seat, month: Month) -> None:
    """Raise NotPossible unless somebody else checked the trial balance, and nothing came in since."""
    if trial is None:
        raise NotPossible(
            _("First somebody else checks the trial balance of %(month)s.") % {"month": month.label}
        )
    if trial.checked_by_id == by.pk:
        raise NotPossible(_("You checked the trial balance. Ask a second person to count the cash."))


def check_difference(*, book: int, counted: int, explanation: str) -> None:
    """Raise NotPossible when the cash differs from the books and nobody says why. Rupiah."""
    if book != counted and not explanation:
        raise NotPossible(
            _("The books say %(book)s, you counted %(counted)s. Count again, or write why.")
            % {"book": rupiah_text(book), "counted": rupiah_text(counted)},
            field="explanation",
        )
