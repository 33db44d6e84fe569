"""Opening balances from a paper book: what they may be about, and their rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from cooperatives.chart import DUE_TO_MEMBERS, RESERVE, WORN
from cooperatives.enums import AccountKind
from cooperatives.models import FinanceBody, LedgerAccount, Member
from cooperatives.queries.opening import is_untouched, opened_already
from cooperatives.rules import check_day_is_open
from cooperatives.transaction_rules import check_amount
from villages.rules import NotPossible

_KEPT = (AccountKind.ASSET, AccountKind.DEBT, AccountKind.EQUITY)


@dataclass(frozen=True, slots=True)
class OpeningLine:
    """What the paper book says of one account, or of one member's savings on it: whole rupiah above zero, as
    people read it; of the wear of equipment how much it is worth less."""

    account: LedgerAccount
    amount: int
    member: Member | None = None

    @property
    def debit(self) -> int:
        """The amount as a line of the journal: below zero for a credit."""
        less = self.account.code == WORN
        return -self.amount if less else self.amount * self.account.sign


def takes_opening(account: LedgerAccount) -> bool:
    """Whether an opening balance may be entered: what is kept from year to year, as a whole, or as savings
    and unpaid shares of members. The reserve is not entered: it is what remains. Loans are granted one by
    one."""
    if account.of_members:
        return account.code in DUE_TO_MEMBERS
    return account.kind in _KEPT and account.code != RESERVE


def check_may_begin(body: FinanceBody) -> None:
    """Raise NotPossible when the opening day is closed, or anything but opening balances stands in the
    books."""
    assert body.books_opened_on is not None
    check_day_is_open(body, body.books_opened_on)
    if not is_untouched(body):
        raise NotPossible(_("Other entries stand in the books. Opening balances come before them."))


def check_taken_over(body: FinanceBody, day: date) -> None:
    """Raise NotPossible unless a loan of the paper book may be taken over on this day: the opening day."""
    check_may_begin(body)
    if day != body.books_opened_on:
        raise NotPossible(
            _("A loan of the paper book is taken over on the day the books opened."), field="day"
        )


def check_opening(body: FinanceBody, lines: Sequence[OpeningLine]) -> None:
    """Raise NotPossible unless these balances may begin the books: something, each once, of members of the
    opening day."""
    check_may_begin(body)
    if not lines:
        raise NotPossible(_("Enter at least one amount of the paper book."))
    stands = opened_already(body)
    for line in lines:
        check_amount(line.amount)
        if not takes_opening(line.account):
            raise NotPossible(_("%(account)s takes no opening balance.") % {"account": line.account.name})
        if line.member is not None:
            _check_member(body, line.member)
        if (line.account.pk, line.member.pk if line.member else None) in stands:
            whose = f"{line.account.name}, {line.member.name}" if line.member else line.account.name
            raise NotPossible(
                _("%(account)s: the opening balance stands already. Leave it empty.") % {"account": whose}
            )


def _check_member(body: FinanceBody, member: Member) -> None:
    late = body.books_opened_on is not None and member.joined_on > body.books_opened_on
    if member.left_on is not None or late:
        raise NotPossible(
            _("%(name)s was no member when the books opened. Leave the amount empty.") % {"name": member.name}
        )
