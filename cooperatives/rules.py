"""What a village finance body still allows, and who may write in its books."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import BODY_ROLES, Permission, Role
from accounts.rules import NotPermitted
from cooperatives.access import visible_bodies
from cooperatives.chart import LOANS
from cooperatives.enums import BoardOffice
from cooperatives.models import BOARD_YEARS, ClosedMonth, FinanceBody, JournalEntry, Member
from cooperatives.queries.ledger import balance_of
from migrants.models import Person
from periods import Month
from periods.rupiah import rupiah_text
from villages.access import Seat
from villages.models import Posting
from villages.rules import NotPossible, years_later


def check_can_join(body: FinanceBody, *, joined_on: date, person: Person | None) -> None:
    """Raise NotPermitted when the body has ended, was not founded yet, or has this person already."""
    if body.ended_on is not None:
        raise NotPermitted(_("This body has ended. It takes no new members."))
    if joined_on < body.founded_on:
        raise NotPermitted(_("A member cannot join before the body was founded."))
    if person is not None and body.members.filter(person=person, left_on__isnull=True).exists():
        raise NotPermitted(_("This person is a member already."))


def check_owes_nothing(member: Member) -> None:
    """Raise NotPossible while the member still owes principal of a loan: debts come before leaving."""
    owed = balance_of(member, LOANS)
    if owed:
        raise NotPossible(
            _("%(name)s still owes %(owed)s. Pay off or write off the loan first.")
            % {"name": member.name, "owed": rupiah_text(owed)},
        )


def check_can_post(by: Seat, body: FinanceBody) -> None:
    """Raise NotPermitted unless the seat may write in the books of this body. Asks the database about its own
    people alone: an officer's village is known."""
    own = by.village_id == body.village_id and by.may(Permission.KEEP_BOOKS)
    if not own or (by.role in BODY_ROLES and not visible_bodies(by).filter(pk=body.pk).exists()):
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


def check_for_body(seat: Seat, body: FinanceBody, permission: Permission) -> None:
    """Raise NotPermitted unless the role carries the permission and the body is the seat's today.

    By place for officers and districts, by a board term for a treasurer and a board.
    """
    seat.check(permission, _("You cannot write this down for a finance body."))
    if not visible_bodies(seat).filter(pk=body.pk).exists():
        raise NotPermitted(_("This body is not yours."))


def check_board_term(
    body: FinanceBody, *, office: BoardOffice, user: User | None, starts_on: date, ends_on: date
) -> None:
    """Raise NotPossible when the term does not fit: before the body existed, longer than five years, over
    another's of the same office, or of an account without the role that belongs to the office."""
    if starts_on < body.founded_on:
        raise NotPossible(_("The term cannot begin before the body was founded."), field="starts_on")
    if ends_on < starts_on:
        raise NotPossible(_("The last day cannot be before the first day."), field="ends_on")
    if ends_on > years_later(starts_on, BOARD_YEARS):
        raise NotPossible(_("By law a term has at most five years. Choose an earlier day."), field="ends_on")
    if office != BoardOffice.SUPERVISOR:
        others = body.board.filter(office=office, starts_on__lte=ends_on, ends_on__gte=starts_on)
        if (other := others.first()) is not None:
            raise NotPossible(
                _("%(name)s holds this office until %(date)s. End that term first.")
                % {"name": other.name, "date": f"{other.ends_on:%d-%m-%Y}"},
                field="office",
            )
    if user is not None and not accounts_for_board(body).filter(user=user, role=role_of(office)).exists():
        raise NotPossible(
            _("This account has another role. Choose one of the office, or none."), field="user"
        )


def role_of(office: BoardOffice) -> Role:
    """The role of an account that holds this office."""
    return Role.TREASURER if office == BoardOffice.TREASURER else Role.BOARD


def accounts_for_board(body: FinanceBody) -> QuerySet[Posting]:
    """Posts as treasurer or board in the body's village that are not over, with their accounts."""
    posts = Posting.objects.filter(village=body.village_id, role__in=BODY_ROLES)
    not_over = Q(ends_on__isnull=True) | Q(ends_on__gte=timezone.localdate())
    return posts.filter(not_over).select_related("user").order_by("user__full_name", "pk")
