"""What a village finance body still allows, and who may write in its books."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.roles import Permission
from accounts.rules import NotPermitted
from cooperatives.models import ClosedMonth, FinanceBody, JournalEntry
from migrants.models import Person
from periods import Month
from villages.access import Seat
from villages.rules import NotPossible


def check_can_join(body: FinanceBody, *, joined_on: date, person: Person | None) -> None:
    """Raise NotPermitted when the body has ended, was not founded yet, or has this person already."""
    if body.ended_on is not None:
        raise NotPermitted(_("This body has ended. It takes no new members."))
    if joined_on < body.founded_on:
        raise NotPermitted(_("A member cannot join before the body was founded."))
    if person is not None and body.members.filter(person=person, left_on__isnull=True).exists():
        raise NotPermitted(_("This person is a member already."))


def check_can_post(by: Seat, body: FinanceBody) -> None:
    """Raise NotPermitted unless the seat may write in the books of this body."""
    if by.village_id != body.village_id or not by.may(Permission.KEEP_BOOKS):
        raise NotPermitted(_("Only those who keep the books of this body can write in them."))


def check_can_open_books(body: FinanceBody, opened_on: date) -> None:
    """Raise NotPossible unless the books may begin on this day."""
    if opened_on < body.founded_on:
        raise NotPossible(_("Books cannot open before the body was founded."), field="opened_on")
    if opened_on > timezone.localdate():
        raise NotPossible(_("The date cannot be after today."), field="opened_on")
    if body.ended_on is not None and opened_on > body.ended_on:
        raise NotPossible(_("Books cannot open after the body ended."), field="opened_on")


def last_closed_month(body: FinanceBody) -> Month | None:
    """The latest month that is closed, and with it all before it; None when none is."""
    last = ClosedMonth.objects.filter(body=body).order_by("-month").values_list("month", flat=True).first()
    return Month(last.year, last.month) if last else None


def check_day_is_open(body: FinanceBody, day: date) -> None:
    """Raise NotPossible unless something of this day may still enter the books: not before they opened, not
    after the body ended or today, not in a closed month. The database refuses the same."""
    if body.books_opened_on is None:
        raise NotPossible(_("Open the books of this body first."))
    if day < body.books_opened_on:
        raise NotPossible(
            _("The books opened on %(day)s. Choose that day or a later one.")
            % {"day": body.books_opened_on.strftime("%d-%m-%Y")},
            field="day",
        )
    if day > timezone.localdate():
        raise NotPossible(_("The date cannot be after today."), field="day")
    if body.ended_on is not None and day > body.ended_on:
        raise NotPossible(_("This body had ended by then. Choose an earlier day."), field="day")
    closed = last_closed_month(body)
    if closed is not None and day <= closed.last_day:
        raise NotPossible(
            _("%(month)s is closed. Choose a day in %(open)s or later.")
            % {"month": Month(day.year, day.month).label, "open": closed.next().label},
            field="day",
        )


def check_can_reverse(entry: JournalEntry, day: date) -> None:
    """Raise NotPossible when the entry is a reversal, was reversed, or is of a later day than `day`."""
    if entry.reverses_id is not None:
        raise NotPossible(_("This entry is itself a reversal. Write down what happened anew."))
    reversal = JournalEntry.objects.filter(reverses=entry).first()
    if reversal is not None:
        raise NotPossible(
            _("This entry was reversed already by entry %(number)s.") % {"number": reversal.reference}
        )
    if day < entry.day:
        raise NotPossible(_("A reversal cannot be before its entry."), field="day")
