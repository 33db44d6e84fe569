"""What may be lent, to whom and on what terms; what may be paid of a loan, and what written off."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _

from cooperatives.loan_terms import MOST_MONTHS, Terms
from cooperatives.models import FinanceBody, Loan, Member
from cooperatives.queries.loans import standing_of
from cooperatives.rules import check_day_is_open
from cooperatives.transaction_rules import check_amount
from periods.rupiah import rupiah_text
from villages.rules import NotPossible

MOST_MONTHLY_RATE = 1_000  # 10 % a month: more is a slip of the finger
FIRST_DUE_WITHIN_DAYS = 366


def check_can_lend(body: FinanceBody, member: Member, *, terms: Terms, day: date) -> None:
    """Raise NotPossible unless the body may lend this to this member: members only, of this body, since they
    joined; an amount, a term and a charge that make sense; the first instalment after the day."""
    if member.body_id != body.pk or member.left_on is not None:
        raise NotPossible(_("Loans are for members alone. Choose a member of this body."), field="member")
    if day < member.joined_on:
        raise NotPossible(
            _("%(name)s joined on %(day)s. Choose that day or a later one.")
            % {"name": member.name, "day": member.joined_on.strftime("%d-%m-%Y")},
            field="day",
        )
    check_amount(terms.principal_rupiah)
    if not 1 <= terms.months <= MOST_MONTHS:
        raise NotPossible(_("Choose 1 to %(most)s months.") % {"most": MOST_MONTHS}, field="months")
    if terms.principal_rupiah < terms.months:
        raise NotPossible(_("The loan is too small for so many months."), field="months")
    if not 0 <= terms.monthly_rate <= MOST_MONTHLY_RATE:
        raise NotPossible(_("Choose a charge of at most 10 percent a month."), field="monthly_rate")
    if not timedelta(0) < terms.first_due_on - day <= timedelta(days=FIRST_DUE_WITHIN_DAYS):
        raise NotPossible(
            _("The first instalment is due after the loan, within a year."), field="first_due_on"
        )
    check_day_is_open(body, day)


def check_can_pay(loan: Loan, *, amount: int, day: date) -> None:
    """Raise NotPossible unless so much may be paid of the loan that day. The loan is of `with_standing`."""
    _check_is_owed(loan, day)
    if amount <= 0:
        raise NotPossible(_("Enter an amount above zero."), field="amount")
    owed = standing_of(loan, day).owed_rupiah
    if amount > owed:
        raise NotPossible(
            _("Only %(owed)s is still owed. Enter that amount or less.") % {"owed": rupiah_text(owed)},
            field="amount",
        )


def check_can_write_off(loan: Loan, *, day: date) -> None:
    """Raise NotPossible unless principal is still owed and the day is open."""
    _check_is_owed(loan, day)


def _check_is_owed(loan: Loan, day: date) -> None:
    if hasattr(loan.entry, "reversed_by"):
        raise NotPossible(_("This loan was reversed. Nothing is owed."))
    if not standing_of(loan, day).owed_principal:
        raise NotPossible(_("This loan is paid off. Nothing is owed."))
    if day < loan.granted_on:
        raise NotPossible(
            _("The loan was granted on %(day)s. Choose that day or a later one.")
            % {"day": f"{loan.granted_on:%d-%m-%Y}"},
            field="day",
        )
    check_day_is_open(loan.body, day)
