"""What one transaction may be: its amount, its day, and what the member's savings and the box allow."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from cooperatives.chart import MONEY, PRINCIPAL
from cooperatives.enums import TransactionKind
from cooperatives.models import FinanceBody, Member
from cooperatives.queries.ledger import balance_of, money_in
from cooperatives.rules import check_day_is_open
from cooperatives.transactions import ON_LEAVING, SAVINGS_IN, SAVINGS_OUT, TABLE
from periods.rupiah import rupiah_text
from villages.rules import NotPossible

MOST_RUPIAH = 10_000_000_000  # of one transaction: more is a slip of the finger in a village


def check_amount(amount: int) -> None:
    """Raise NotPossible for nothing at all, or more than a village's body moves at once."""
    if amount <= 0:
        raise NotPossible(_("Enter an amount above zero."), field="amount")
    if amount > MOST_RUPIAH:
        raise NotPossible(
            _("Check the amount: at most %(most)s at once.") % {"most": rupiah_text(MOST_RUPIAH)},
            field="amount",
        )


def check_money(body: FinanceBody, code: str, leaving: int) -> None:
    """Raise NotPossible when more would leave the box or the bank (`code`) than is in it, in rupiah."""
    there = money_in(body, code)
    if leaving > there:
        raise NotPossible(
            _("Only %(there)s is there. %(amount)s cannot be paid out.")
            % {"there": rupiah_text(there), "amount": rupiah_text(leaving)},
            field="amount",
        )


def check_transaction(
    body: FinanceBody, kind: TransactionKind, *, amount: int, day: date, member: Member | None = None
) -> None:
    """Raise NotPossible unless this may be written down now: amount, day, and what the member's savings
    allow.

    Principal savings are paid once. Principal and mandatory savings go back on leaving alone (UU 25/1992, on
    art. 41). Nobody takes out more than there is.
    """
    check_amount(amount)
    check_day_is_open(body, day)
    if member is not None and kind in SAVINGS_IN:
        check_pays_in(member, kind, day)
    elif member is not None and kind in SAVINGS_OUT:
        _check_takes_out(member, kind, amount)
    from_where = TABLE[kind].credit
    if from_where in MONEY:
        check_money(body, from_where, amount)


def check_pays_in(member: Member, kind: TransactionKind, day: date) -> None:
    if member.left_on is not None:
        raise NotPossible(_("%(name)s has left. Choose a member.") % {"name": member.name}, field="member")
    if day < member.joined_on:
        raise NotPossible(
            _("%(name)s joined on %(day)s. Choose that day or a later one.")
            % {"name": member.name, "day": member.joined_on.strftime("%d-%m-%Y")},
            field="day",
        )
    if kind == TransactionKind.PRINCIPAL_IN and balance_of(member, PRINCIPAL) > 0:
        raise NotPossible(
            _("%(name)s has paid principal savings already. They are paid once.") % {"name": member.name},
            field="member",
        )


def _check_takes_out(member: Member, kind: TransactionKind, amount: int) -> None:
    if kind in ON_LEAVING and member.left_on is None:
        raise NotPossible(
            _("%(name)s is still a member. These savings go back on leaving.") % {"name": member.name},
            field="member",
        )
    there = balance_of(member, SAVINGS_OUT[kind])
    if amount > there:
        raise NotPossible(
            _("%(name)s has %(there)s there. Enter that amount or less.")
            % {"name": member.name, "there": rupiah_text(there)},
            field="amount",
        )
