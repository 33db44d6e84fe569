"""What each kind of transaction records: a table, and the sentences that say it before anything is saved.

Money comes in as a debit of the cash box and leaves as a credit of it; whoever writes never has to know that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cooperatives.chart import (
    BANK,
    BORROWED,
    CASH,
    EQUIPMENT,
    GRANTS,
    MANDATORY,
    MEMBERS_SHARE,
    OTHER_COST,
    OTHER_INCOME,
    PRINCIPAL,
    PURCHASES,
    SALES,
    VOLUNTARY,
    WEAR,
    WORN,
)
from cooperatives.enums import AccountKind, TransactionKind
from cooperatives.models import LedgerAccount, Member
from periods.rupiah import rupiah_text

Text = str | Promise


class Topic(StrEnum):
    """Under which heading a kind stands where one is chosen."""

    SAVINGS = "savings"
    TRADE = "trade"
    MONEY = "money"
    EQUIPMENT = "equipment"


TOPICS: dict[Topic, Text] = {
    Topic.SAVINGS: gettext_lazy("Savings of members"),
    Topic.TRADE: gettext_lazy("Trade and costs"),
    Topic.EQUIPMENT: gettext_lazy("Equipment and aid"),
    Topic.MONEY: gettext_lazy("Bank, debts and differences"),
}


@dataclass(frozen=True, slots=True)
class Transaction:
    """One kind. `debit`, `credit`: account codes; None is the account the writer chooses, of kind `choice`.

    `member`: whose money it is must be said. `sentence`: what will be recorded, of %(amount)s, %(member)s and
    %(account)s.
    """

    kind: TransactionKind
    topic: Topic
    debit: str | None
    credit: str | None
    sentence: Text
    member: bool = False
    choice: AccountKind | None = None


_T, _K = Topic, TransactionKind
_ROWS = (
    Transaction(
        _K.PRINCIPAL_IN,
        _T.SAVINGS,
        CASH,
        PRINCIPAL,
        gettext_lazy("%(member)s pays principal savings of %(amount)s, once for the whole membership."),
        member=True,
    ),
    Transaction(
        _K.MANDATORY_IN,
        _T.SAVINGS,
        CASH,
        MANDATORY,
        gettext_lazy("%(member)s pays mandatory savings of %(amount)s."),
        member=True,
    ),
    Transaction(
        _K.VOLUNTARY_IN,
        _T.SAVINGS,
        CASH,
        VOLUNTARY,
        gettext_lazy("%(member)s pays voluntary savings of %(amount)s."),
        member=True,
    ),
    Transaction(
        _K.VOLUNTARY_OUT,
        _T.SAVINGS,
        VOLUNTARY,
        CASH,
        gettext_lazy("%(member)s takes %(amount)s out of the voluntary savings."),
        member=True,
    ),
    Transaction(
        _K.SHARE_OUT,
        _T.SAVINGS,
        MEMBERS_SHARE,
        CASH,
        gettext_lazy("%(member)s takes %(amount)s of the shared surplus."),
        member=True,
    ),
    Transaction(
        _K.PRINCIPAL_OUT,
        _T.SAVINGS,
        PRINCIPAL,
        CASH,
        gettext_lazy("%(member)s has left and gets principal savings of %(amount)s back."),
        member=True,
    ),
    Transaction(
        _K.MANDATORY_OUT,
        _T.SAVINGS,
        MANDATORY,
        CASH,
        gettext_lazy("%(member)s has left and gets mandatory savings of %(amount)s back."),
        member=True,
    ),
    Transaction(_K.SALE, _T.TRADE, CASH, SALES, gettext_lazy("Goods were sold for %(amount)s in cash.")),
    Transaction(
        _K.INCOME,
        _T.TRADE,
        CASH,
        None,
        gettext_lazy("%(amount)s was received in cash: %(account)s."),
        choice=AccountKind.INCOME,
    ),
    Transaction(
        _K.PURCHASE,
        _T.TRADE,
        PURCHASES,
        CASH,
        gettext_lazy("Goods for sale were bought for %(amount)s in cash."),
    ),
    Transaction(
        _K.COST,
        _T.TRADE,
        None,
        CASH,
        gettext_lazy("%(amount)s was paid in cash: %(account)s."),
        choice=AccountKind.COST,
    ),
    Transaction(
        _K.GRANT, _T.EQUIPMENT, CASH, GRANTS, gettext_lazy("The body receives %(amount)s as a grant.")
    ),
    Transaction(
        _K.EQUIPMENT_AID,
        _T.EQUIPMENT,
        EQUIPMENT,
        GRANTS,
        gettext_lazy("Equipment worth %(amount)s was received as aid. No cash moves."),
    ),
    Transaction(
        _K.EQUIPMENT_BOUGHT,
        _T.EQUIPMENT,
        EQUIPMENT,
        CASH,
        gettext_lazy("Equipment was bought for %(amount)s in cash."),
    ),
    Transaction(
        _K.WEAR,
        _T.EQUIPMENT,
        WEAR,
        WORN,
        gettext_lazy("The equipment is worth %(amount)s less by wear. No cash moves."),
    ),
    Transaction(
        _K.BANK_IN, _T.MONEY, BANK, CASH, gettext_lazy("%(amount)s is taken from the cash box to the bank.")
    ),
    Transaction(
        _K.BANK_OUT, _T.MONEY, CASH, BANK, gettext_lazy("%(amount)s is fetched from the bank into the box.")
    ),
    Transaction(
        _K.BORROWED,
        _T.MONEY,
        CASH,
        BORROWED,
        gettext_lazy("The body borrows %(amount)s in cash from others."),
    ),
    Transaction(
        _K.REPAID, _T.MONEY, BORROWED, CASH, gettext_lazy("The body pays %(amount)s of its debts in cash.")
    ),
    Transaction(
        _K.CASH_SHORT,
        _T.MONEY,
        OTHER_COST,
        CASH,
        gettext_lazy("%(amount)s is missing in the box and counts as a cost."),
    ),
    Transaction(
        _K.CASH_OVER,
        _T.MONEY,
        CASH,
        OTHER_INCOME,
        gettext_lazy("%(amount)s too much is in the box and counts as income."),
    ),
)
TABLE: Mapping[TransactionKind, Transaction] = {row.kind: row for row in _ROWS}
SAVINGS_IN = {_K.PRINCIPAL_IN: PRINCIPAL, _K.MANDATORY_IN: MANDATORY, _K.VOLUNTARY_IN: VOLUNTARY}
SAVINGS_OUT = {
    _K.PRINCIPAL_OUT: PRINCIPAL,
    _K.MANDATORY_OUT: MANDATORY,
    _K.VOLUNTARY_OUT: VOLUNTARY,
    _K.SHARE_OUT: MEMBERS_SHARE,
}
ON_LEAVING = frozenset({_K.PRINCIPAL_OUT, _K.MANDATORY_OUT})


def sentence_of(
    transaction: Transaction,
    *,
    amount: int,
    member: Member | None = None,
    account: LedgerAccount | None = None,
) -> str:
    """What the transaction will record, in a sentence with the amount in digits."""
    return str(transaction.sentence) % {
        "amount": rupiah_text(amount),
        "member": member.name if member else "",
        "account": account.name if account else "",
    }


def effect_of(account: LedgerAccount, moved: int, member: Member | None = None) -> str:
    """What one line does, without a sign: "Cash grows by Rp50.000." `moved`: the line's signed amount."""
    words = {
        "account": account.name,
        "amount": rupiah_text(abs(moved)),
        "member": member.name if member else "",
    }
    if moved * account.sign > 0:
        if member is not None:
            return _("%(account)s of %(member)s grows by %(amount)s.") % words
        return _("%(account)s grows by %(amount)s.") % words
    if member is not None:
        return _("%(account)s of %(member)s shrinks by %(amount)s.") % words
    return _("%(account)s shrinks by %(amount)s.") % words


def kinds_by_topic(*, without: Iterable[TransactionKind] = ()) -> list[tuple[Text, list[TransactionKind]]]:
    """Every kind one may choose, under its heading, in the order of the table."""
    left_out = frozenset(without)
    return [
        (heading, [row.kind for row in _ROWS if row.topic == topic and row.kind not in left_out])
        for topic, heading in TOPICS.items()
    ]
